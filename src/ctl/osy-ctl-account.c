/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl account reset-password: the way back in for an owner whom nobody else can invite.
 * Whoever may run it holds the data directory and its keys already. */

#include <string.h>

#include "osy-account-recovery.h"
#include "osy-auth-service.h"
#include "osy-auth-store.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"

typedef struct {
  OsyAccountRecovery recovery;
  char *email;
  char *password;
  OsyAuthUser *user;
  GPtrArray *shops; /* of OsyMembership */
  char *hash;
} Reset;

static void
reset_clear (Reset *self)
{
  if (self->password != NULL)
    osy_wipe (self->password, strlen (self->password));
  g_free (self->password);
  g_free (self->email);
  g_clear_pointer (&self->user, osy_auth_user_free);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_free (self->hash);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reset, reset_clear)

static gboolean
find (OsyDbTx *tx, gpointer data, GError **error)
{
  Reset *self = data;

  g_clear_pointer (&self->user, osy_auth_user_free);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  if (!osy_auth_service_find_user (tx, self->recovery.ring, self->email, &self->user, error))
    return FALSE;
  if (self->user == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "No account has this e-mail address.");
    return FALSE;
  }
  if (osy_auth_store_act_as (tx, self->user->id, error))
    self->shops = osy_auth_store_memberships (tx, self->user->id, error);
  if (self->shops != NULL && self->shops->len > 0)
    return TRUE;
  if (self->shops != NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "This account works in no shop any more: invite it anew.");
  return FALSE;
}

static gboolean
prepare (Reset *self, GError **error)
{
  const OsyAuthUser *user = self->user;
  g_autofree char *local = g_strndup (user->email, strcspn (user->email, "@"));
  const char *const words[] = {user->email, local, user->name, NULL};
  g_autoptr (OsyPasswordHasher) hasher = osy_auth_service_hasher (self->recovery.ring);

  if (!osy_password_check (self->password, words, "/password", error))
    return FALSE;
  self->hash = osy_password_hasher_hash (hasher, self->password, error);
  self->recovery.user_id = user->id;
  self->recovery.hash = self->hash;
  return self->hash != NULL;
}

/* The first shop's transaction does it; every shop's log tells of it. */
static gboolean
run (Reset *self, OsyDbPool *pool, GError **error)
{
  const OsyDbScope nobody = {.read_only = TRUE};

  if (!osy_db_pool_run (pool, &nobody, find, self, error) || !prepare (self, error))
    return FALSE;
  for (guint i = 0; i < self->shops->len; i++) {
    const OsyMembership *shop = self->shops->pdata[i];
    const OsyDbScope scope = {.restaurant_id = shop->restaurant_id};

    self->recovery.only_note = i > 0;
    if (!osy_db_pool_run (pool, &scope, osy_account_recovery_run, &self->recovery, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
usage (const Reset *self, gboolean by_stdin, GError **error)
{
  if (self->email != NULL && g_utf8_validate (self->email, -1, NULL) && by_stdin)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Say whose: ordersyncctl account reset-password --email EMAIL "
                       "--password-stdin, the password on standard input.");
  return FALSE;
}

int
osy_ctl_account_reset_password (const char *data_dir, int argc, char **argv, GError **error)
{
  g_auto (Reset) self = {.email = NULL};
  gboolean by_stdin = FALSE;
  const GOptionEntry entries[] = {
      {"email", 0, 0, G_OPTION_ARG_FILENAME, &self.email, "Who signs in by it", "EMAIL"},
      {"password-stdin", 0, 0, G_OPTION_ARG_NONE, &by_stdin,
       "Read the new password from standard input", NULL},
      {NULL},
  };

  if (!osy_ctl_parse (entries, argc, argv, NULL, error) || !usage (&self, by_stdin, error) ||
      (self.password = osy_ctl_read_password (error)) == NULL)
    return -1;
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, 0, error);
  if (session == NULL)
    return -1;
  self.recovery.ring = osy_ctl_session_ring (session);
  if (!run (&self, osy_ctl_session_pool (session), error))
    return -1;
  g_print ("The password is set, and every sign-in of the account has ended.\n");
  return OSY_CTL_OK;
}
