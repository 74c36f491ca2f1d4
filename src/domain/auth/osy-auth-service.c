/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of accounts: how a shop gets its owner, and what a person may know of himself. */

#include "osy-auth-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-pin.h"
#include "osy-auth-totp.h"
#include "osy-business-number.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-password.h"
#include "osy-shop-service.h"

OsyAuthNewShop *
osy_auth_new_shop_new (void)
{
  return g_new0 (OsyAuthNewShop, 1);
}

void
osy_auth_new_shop_free (OsyAuthNewShop *self)
{
  g_free (self->name);
  g_free (self->business_number);
  g_free (self->owner_email);
  g_free (self->owner_name);
  g_free (self->owner_id);
  g_free (self->password_hash);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *pointer, const char *code, const char *detail)
{
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (fault, pointer, code, detail);
  g_propagate_error (error, fault);
  return FALSE;
}

gboolean
osy_auth_service_check_new_shop (const OsyAuthNewShop *shop, const char *password, GError **error)
{
  g_autofree char *email = osy_auth_email_normalise (shop->owner_email);

  if (email == NULL)
    return refuse (error, "/owner_email", "EMAIL", "The owner's e-mail address is not valid.");
  if (shop->business_number != NULL) {
    g_autofree char *digits = osy_business_number_normalise (shop->business_number);
    if (digits == NULL)
      return refuse (error, "/business_number", "CHECK_DIGIT",
                     "The business number is not right: check its ten digits.");
  }
  g_autofree char *local = g_strndup (email, strcspn (email, "@"));
  const char *const words[] = {shop->name, email, local, NULL};
  return osy_password_check (password, words, "/owner_password", error);
}

/* One at a time, so that two first runs cannot both be first. */
static gboolean
check_first (OsyDbTx *tx, GError **error)
{
  if (!osy_db_exec (tx, "SELECT pg_advisory_xact_lock (hashtextextended ('setup', 0))",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  int any = osy_shop_service_any (tx, error);
  if (any > 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_ALREADY_SET_UP,
                         "A shop was set up here already: sign in, or add a further shop.");
  return any == 0;
}

static char *
make_owner (OsyDbTx *tx, OsyKeyring *ring, const OsyAuthNewShop *shop, gint64 now, GError **error)
{
  g_autoptr (OsyAuthUser) user = osy_auth_user_new ();

  user->id = osy_id_new ();
  user->email = osy_auth_email_normalise (shop->owner_email);
  user->name = shop->owner_name && *shop->owner_name ? g_strdup (shop->owner_name) : NULL;
  user->password_hash = g_strdup (shop->password_hash);
  if (user->email == NULL || user->password_hash == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "An owner needs an e-mail address and a password.");
    return NULL;
  }
  if (!osy_auth_store_insert_user (tx, ring, user, now, error))
    return NULL;
  return g_strdup (user->id);
}

static gboolean
make_shop (OsyDbTx *tx,
           OsyKeyring *ring,
           const OsyCall *call,
           const OsyAuthNewShop *shop,
           GError **error)
{
  g_autofree char *organisation = NULL;

  if (shop->owner_id != NULL &&
      (!osy_auth_store_act_as (tx, shop->owner_id, error) ||
       !osy_auth_store_find_organisation (tx, shop->owner_id, &organisation, error)))
    return FALSE;
  OsyShopDraft draft = {
      .organisation_id = organisation,
      .name = shop->name,
      .business_number = shop->business_number,
      .owner_name = shop->owner_name,
  };
  g_autoptr (OsyShop) made = osy_shop_service_create (tx, ring, call, &draft, error);
  return made != NULL;
}

gboolean
osy_auth_service_create_shop (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyAuthNewShop *shop,
                              char **owner_id,
                              GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (OsyPrincipal) setup = osy_principal_new_system (osy_db_tx_restaurant (tx), "setup");
  OsyCall call = {.principal = setup};

  if (shop->first && !check_first (tx, error))
    return FALSE;
  if (!make_shop (tx, ring, &call, shop, error))
    return FALSE;
  g_autofree char *owner =
      shop->owner_id ? g_strdup (shop->owner_id) : make_owner (tx, ring, shop, now, error);
  if (owner == NULL || !osy_auth_store_insert_membership (tx, owner, OSY_ROLE_OWNER, now, error))
    return FALSE;
  OsyAuditEntry entry = {.action = "auth.owner_added", .object_type = "user", .object_id = owner};
  if (!osy_audit_record (tx, ring, &call, &entry, error))
    return FALSE;
  g_free (*owner_id);
  *owner_id = g_steal_pointer (&owner);
  return TRUE;
}

OsyAuthPerson *
osy_auth_service_person (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, GError **error)
{
  const char *user_id = osy_principal_user_id (call->principal);
  g_autoptr (OsyAuthPerson) person = osy_auth_person_new ();

  person->restaurant_id = g_strdup (osy_principal_restaurant_id (call->principal));
  person->role = osy_principal_role (call->principal);
  if (user_id == NULL) {
    /* A device is nobody in particular, and works in its one shop. */
    person->user_id = g_strdup (osy_principal_session_id (call->principal));
    return g_steal_pointer (&person);
  }
  person->user_id = g_strdup (user_id);
  if (!osy_auth_store_act_as (tx, user_id, error) ||
      !osy_auth_store_load_name (tx, ring, user_id, &person->name, error) ||
      !osy_auth_totp_exists (tx, user_id, &person->totp, error) ||
      !osy_auth_pin_exists (tx, user_id, &person->pin, error))
    return NULL;
  GPtrArray *memberships = osy_auth_store_memberships (tx, user_id, error);
  if (memberships == NULL)
    return NULL;
  g_ptr_array_unref (person->memberships);
  person->memberships = memberships;
  return g_steal_pointer (&person);
}

OsyPasswordHasher *
osy_auth_service_hasher (OsyKeyring *ring)
{
  guint8 pepper[OSY_KEY_SIZE];

  osy_keyring_derive (ring, "password-pepper", pepper);
  OsyPasswordHasher *hasher = osy_password_hasher_new (pepper);
  osy_wipe (pepper, sizeof pepper);
  return hasher;
}

gboolean
osy_auth_service_find_user (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const char *email,
                            OsyAuthUser **ret,
                            GError **error)
{
  g_autofree char *normal = osy_auth_email_normalise (email);

  *ret = NULL;
  return normal == NULL || osy_auth_store_find_user (tx, ring, normal, ret, error);
}

char *
osy_auth_service_actor_name (OsyDbTx *tx, OsyKeyring *ring, const char *actor, GError **error)
{
  g_autofree char *name = NULL;

  if (g_str_has_prefix (actor, "system:"))
    return g_strdup ("system");
  if (g_str_has_prefix (actor, "device:"))
    return g_strdup ("device");
  if (!g_str_has_prefix (actor, "user:"))
    return g_strdup (actor);
  if (!osy_auth_store_load_name (tx, ring, actor + strlen ("user:"), &name, error))
    return NULL;
  return name != NULL ? g_steal_pointer (&name) : g_strdup ("staff");
}
