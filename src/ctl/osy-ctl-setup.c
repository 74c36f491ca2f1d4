/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* setup: the first shop of an empty data directory. shop add: a further one. */

#include <string.h>

#include "osy-auth-service.h"
#include "osy-auth-setup.h"
#include "osy-ctl-command.h"
#include "osy-ctl-menu.h"
#include "osy-ctl-session.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-password.h"
#include "osy-shop-service.h"

/** The options of both commands. */
typedef struct {
  char *shop_name;
  char *owner_email;
  char *owner_name;
  char *business_number;
  char *key_provider;
  char *menu;
  gboolean password_stdin;
  gboolean json;
  char *password;
} Options;

static void
options_clear (Options *options)
{
  g_clear_pointer (&options->shop_name, g_free);
  g_clear_pointer (&options->owner_email, g_free);
  g_clear_pointer (&options->owner_name, g_free);
  g_clear_pointer (&options->business_number, g_free);
  g_clear_pointer (&options->key_provider, g_free);
  g_clear_pointer (&options->menu, g_free);
  if (options->password != NULL)
    osy_wipe (options->password, strlen (options->password));
  g_clear_pointer (&options->password, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
usage (GError **error, const char *message)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, message);
  return FALSE;
}

static gboolean
check_text (const Options *options, GError **error)
{
  const char *const values[] = {options->shop_name, options->owner_email, options->owner_name,
                                options->business_number, options->key_provider};

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i] != NULL && !g_utf8_validate (values[i], -1, NULL))
      return usage (error, "Names and addresses must be UTF-8 text.");
  return TRUE;
}

/* FILENAME takes the bytes as they are: STRING would refuse Korean where the locale is "C". */
static gboolean
read_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
      {"shop-name", 0, 0, G_OPTION_ARG_FILENAME, &options->shop_name, "Name of the shop", "NAME"},
      {"owner-email", 0, 0, G_OPTION_ARG_FILENAME, &options->owner_email,
       "The owner signs in by it", "EMAIL"},
      {"owner-name", 0, 0, G_OPTION_ARG_FILENAME, &options->owner_name, "Name of the owner",
       "NAME"},
      {"owner-password-stdin", 0, 0, G_OPTION_ARG_NONE, &options->password_stdin,
       "Read the owner's password from standard input", NULL},
      {"business-number", 0, 0, G_OPTION_ARG_FILENAME, &options->business_number,
       "Business registration number, 10 digits", "NUMBER"},
      {"key-provider", 0, 0, G_OPTION_ARG_FILENAME, &options->key_provider,
       "Where the encryption key goes: auto, secret-service or file", "PROVIDER"},
      {"menu", 0, 0, G_OPTION_ARG_FILENAME, &options->menu, "Menu file to begin with", "FILE"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print the ids as JSON", NULL},
      {NULL},
  };

  if (!osy_ctl_parse (entries, argc, argv, NULL, error) || !check_text (options, error))
    return FALSE;
  if (options->shop_name == NULL)
    return usage (error, "Say how the shop is called with --shop-name.");
  if (options->owner_email == NULL)
    return usage (error, "Say who owns the shop with --owner-email.");
  if (!options->password_stdin)
    return usage (error, "Add --owner-password-stdin and give the password on standard input.");
  options->password = osy_ctl_read_password (error);
  return options->password != NULL;
}

/** One shop being made. */
typedef struct {
  OsyKeyring *ring;
  OsyAuthNewShop *shop;
  OsyAuthUser *found;
  char *owner_id;
  GBytes *menu; /* nullable */
} Making;

static void
making_clear (Making *making)
{
  g_clear_pointer (&making->shop, osy_auth_new_shop_free);
  g_clear_pointer (&making->found, osy_auth_user_free);
  g_clear_pointer (&making->owner_id, g_free);
  g_clear_pointer (&making->menu, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
find_owner (OsyDbTx *tx, gpointer data, GError **error)
{
  Making *making = data;

  g_clear_pointer (&making->found, osy_auth_user_free);
  return osy_auth_service_find_user (tx, making->ring, making->shop->owner_email, &making->found,
                                     error);
}

/* Whoever makes a shop here knows their way: the other first steps wait on the board. */
static gboolean
settle_steps (OsyDbTx *tx, const Making *making, GError **error)
{
  g_autoptr (OsyPrincipal) self = osy_principal_new_system (osy_db_tx_restaurant (tx), "ctl");
  OsyCall call = {self, NULL};
  g_autoptr (OsyShopPatch) steps = osy_shop_patch_new ();

  if (making->shop->business_number == NULL)
    steps->setup[OSY_SHOP_STEP_BUSINESS_NUMBER] = OSY_SHOP_STEP_SKIPPED;
  steps->setup[OSY_SHOP_STEP_MENU] =
      making->menu != NULL ? OSY_SHOP_STEP_DONE : OSY_SHOP_STEP_SKIPPED;
  steps->setup[OSY_SHOP_STEP_SOUND] = OSY_SHOP_STEP_SKIPPED;
  steps->setup[OSY_SHOP_STEP_PRINTER] = OSY_SHOP_STEP_SKIPPED;
  steps->setup[OSY_SHOP_STEP_FIRST_ORDER] = OSY_SHOP_STEP_SKIPPED;
  g_autoptr (OsyShop) shop = osy_shop_service_update (tx, making->ring, &call, 0, steps, error);
  return shop != NULL;
}

static gboolean
create (OsyDbTx *tx, gpointer data, GError **error)
{
  Making *making = data;

  return osy_auth_service_create_shop (tx, making->ring, making->shop, &making->owner_id, error) &&
         (making->menu == NULL || osy_ctl_menu_put (tx, making->ring, making->menu, error)) &&
         settle_steps (tx, making, error);
}

/* An owner who is known shows it by his password; a new one gets an account. */
static gboolean
settle_owner (Making *making, OsyPasswordHasher *hasher, const Options *options, GError **error)
{
  if (making->found == NULL) {
    making->shop->password_hash = osy_password_hasher_hash (hasher, options->password, error);
    return making->shop->password_hash != NULL;
  }
  if (!osy_password_hasher_verify (hasher, options->password, making->found->password_hash)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_CREDENTIALS,
                         "This owner has an account already, and that is not its password.");
    return FALSE;
  }
  making->shop->owner_id = g_strdup (making->found->id);
  return TRUE;
}

static void
print_ids (const char *restaurant_id, const char *owner_id, gboolean json)
{
  if (json)
    g_print ("{\"restaurant_id\":\"%s\",\"owner_id\":\"%s\"}\n", restaurant_id, owner_id);
  else
    g_print ("The shop is ready.\nrestaurant %s\nowner      %s\n", restaurant_id, owner_id);
}

static gboolean
make_shop (OsyCtlSession *session, Making *making, const Options *options, GError **error)
{
  OsyDbPool *pool = osy_ctl_session_pool (session);
  g_autofree char *restaurant_id = osy_id_new ();
  OsyDbScope nobody = {.read_only = TRUE};
  OsyDbScope scope = {.restaurant_id = restaurant_id};

  making->ring = osy_ctl_session_ring (session);
  g_autoptr (OsyPasswordHasher) hasher = osy_auth_service_hasher (making->ring);
  if (!making->shop->first && !osy_db_pool_run (pool, &nobody, find_owner, making, error))
    return FALSE;
  if (!settle_owner (making, hasher, options, error) ||
      !osy_db_pool_run (pool, &scope, create, making, error))
    return FALSE;
  osy_auth_setup_remove_code (osy_ctl_session_data_dir (session));
  print_ids (restaurant_id, making->owner_id, options->json);
  return TRUE;
}

static int
run (const char *data_dir, int argc, char **argv, gboolean first, GError **error)
{
  g_auto (Options) options = {NULL};
  g_auto (Making) making = {NULL};

  if (!read_options (argc, argv, &options, error))
    return -1;
  making.shop = osy_auth_new_shop_new ();
  making.shop->name = g_strdup (options.shop_name);
  making.shop->business_number = g_strdup (options.business_number);
  making.shop->owner_email = g_strdup (options.owner_email);
  making.shop->owner_name = g_strdup (options.owner_name);
  making.shop->first = first;
  /* Everything that can be refused is refused before the directory is touched. */
  if (!osy_auth_service_check_new_shop (making.shop, options.password, error))
    return -1;
  if (options.menu != NULL && (making.menu = osy_ctl_menu_read (options.menu, error)) == NULL)
    return -1;
  g_autoptr (OsyCtlSession) session =
      osy_ctl_session_open (data_dir, options.key_provider, first ? OSY_CTL_CREATE : 0, error);
  if (session == NULL || !make_shop (session, &making, &options, error))
    return -1;
  return OSY_CTL_OK;
}

int
osy_ctl_setup (const char *data_dir, int argc, char **argv, GError **error)
{
  return run (data_dir, argc, argv, TRUE, error);
}

int
osy_ctl_shop_add (const char *data_dir, int argc, char **argv, GError **error)
{
  return run (data_dir, argc, argv, FALSE, error);
}
