/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The room put together, and what it reads before the door opens. */

#include "osy-auth-routes.h"

#include "osy-auth-service.h"
#include "osy-auth-setup.h"
#include "osy-auth-store.h"
#include "osy-clock.h"
#include "osy-shop-service.h"

OsyAuthRoom *
osy_auth_room_new (OsyDbPool *pool, OsyKeyring *ring, const char *data_dir)
{
  OsyAuthRoom *self = g_new0 (OsyAuthRoom, 1);

  self->pool = g_object_ref (pool);
  self->ring = g_object_ref (ring);
  self->data_dir = g_strdup (data_dir);
  self->keys = osy_auth_keys_new ();
  self->hasher = osy_auth_service_hasher (ring);
  self->gate = osy_auth_gate_new (self->keys);
  self->sessions = (OsyAuthSessions){.ring = ring, .keys = self->keys, .gate = self->gate};
  return self;
}

void
osy_auth_room_free (OsyAuthRoom *self)
{
  g_clear_object (&self->threats);
  g_object_unref (self->gate);
  g_object_unref (self->hasher);
  osy_auth_keys_free (self->keys);
  g_object_unref (self->ring);
  g_object_unref (self->pool);
  g_free (self->data_dir);
  g_free (self);
}

void
osy_auth_room_set_threats (OsyAuthRoom *self, OsyThreats *threats)
{
  g_set_object (&self->threats, threats);
  osy_auth_gate_set_threats (self->gate, threats);
}

static gboolean
ensure_key (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAuthRoom *self = data;

  return osy_auth_keys_ensure (tx, self->ring, error);
}

/** What is read at the start. */
typedef struct {
  OsyAuthRoom *room;
  OsyDbRows *revoked;
  int any_shop;
} Start;

static gboolean
read_start (OsyDbTx *tx, gpointer data, GError **error)
{
  Start *start = data;
  OsyAuthRoom *self = start->room;

  if (!osy_auth_keys_load (self->keys, tx, self->ring, error))
    return FALSE;
  g_clear_pointer (&start->revoked, osy_db_rows_free);
  start->revoked = osy_auth_store_revoked (tx, osy_clock_now (), error);
  start->any_shop = osy_shop_service_any (tx, error);
  return start->revoked != NULL && start->any_shop >= 0;
}

static void
refuse_as_before (OsyAuthGate *gate, const OsyDbRows *rows, guint row)
{
  const char *session_id = osy_db_rows_text (rows, row, "session_id");
  gint64 before = osy_db_rows_time (rows, row, "issued_before");

  if (before != 0)
    osy_auth_gate_outdate (gate, session_id, before);
  else
    osy_auth_gate_revoke (gate, session_id, osy_db_rows_time (rows, row, "until"));
}

gboolean
osy_auth_room_load (OsyAuthRoom *self, GError **error)
{
  OsyDbScope scope = {NULL};
  Start start = {.room = self};

  /* The key is committed before anything is signed with it. */
  gboolean ok = osy_db_pool_run (self->pool, &scope, ensure_key, self, error) &&
                osy_db_pool_run (self->pool, &scope, read_start, &start, error);
  if (ok) {
    for (guint i = 0; i < osy_db_rows_count (start.revoked); i++)
      refuse_as_before (self->gate, start.revoked, i);
    if (start.any_shop == 0)
      ok = osy_auth_setup_write_code (self->data_dir, error);
  }
  g_clear_pointer (&start.revoked, osy_db_rows_free);
  if (!ok)
    g_prefix_error (error, "cannot load the accounts: ");
  return ok;
}

static gboolean
reload_keys (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAuthRoom *self = data;

  return osy_auth_keys_load (self->keys, tx, self->ring, error);
}

static void
keys_reloaded (GObject *pool, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (pool), result, &error))
    g_warning ("the signing keys could not be read anew: %s", error->message);
  osy_auth_gate_forget (user_data);
}

void
osy_auth_room_reload_keys (OsyAuthRoom *self)
{
  const OsyDbScope scope = {.read_only = TRUE};

  osy_db_pool_run_async (self->pool, &scope, reload_keys, self, NULL, NULL, keys_reloaded,
                         self->gate);
}
