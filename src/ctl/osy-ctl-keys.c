/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl keys: asks for a change of keys by a row in the database. A daemon that runs does
 * the work; without one this command does, step by step, and either goes on where the other was cut
 * off. */

#include <string.h>

#include "osy-ctl-command.h"
#include "osy-ctl-session.h"
#include "osy-key-rotation.h"
#include "osy-keyring-turn.h"

#define LOOK_MS 500

/* A data directory opened by the role that changes keys. */
typedef struct {
  OsyCtlSession *session;
  OsyDbPool *pool;
  OsyKeyRotation *rotation;
  const char *kind;
  const char *target;
  OsyDbRows *rows;
} Keys;

static void
keys_clear (Keys *self)
{
  g_clear_pointer (&self->rows, osy_db_rows_free);
  g_clear_pointer (&self->rotation, osy_key_rotation_free);
  if (self->pool != NULL)
    osy_db_pool_close (self->pool);
  g_clear_object (&self->pool);
  g_clear_pointer (&self->session, osy_ctl_session_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static gboolean
keys_open (Keys *self, const char *data_dir, GError **error)
{
  self->session = osy_ctl_session_open (data_dir, NULL, 0, error);
  if (self->session == NULL)
    return FALSE;
  g_autofree char *conninfo = osy_ctl_session_conninfo (self->session, "ordersync_keys");
  self->pool = osy_db_pool_new (conninfo, 1);
  self->rotation = osy_key_rotation_new (osy_ctl_session_ring (self->session), self->pool,
                                         osy_ctl_session_data_dir (self->session));
  return TRUE;
}

/* ---- status ---- */

static gboolean
read_status (OsyDbTx *tx, gpointer data, GError **error)
{
  Keys *self = data;

  g_clear_pointer (&self->rows, osy_db_rows_free);
  self->rows = osy_db_query (
      tx,
      "SELECT 'data keys' AS name, format('%s, %s of them retired, the oldest of %s', count(*), "
      "  count(retired_at), coalesce(min(created_at)::date::text, '-')) AS value FROM data_key "
      "UNION ALL SELECT 'keys of people', format('%s, %s more destroyed', count(wrapped), "
      "  count(*) - count(wrapped)) FROM subject_key "
      "UNION ALL SELECT 'wrapped with another encryption key', "
      "  ((SELECT count(*) FROM data_key WHERE kek <> $1) + (SELECT count(*) FROM subject_key "
      "  WHERE kek <> $1 AND wrapped IS NOT NULL))::text "
      "UNION ALL SELECT 'index secrets', "
      "  greatest(count(*), 1)::text FROM key_material WHERE purpose LIKE 'index|%' "
      "UNION ALL SELECT 'signing keys', format('%s, %s of them retired, the newest of %s', "
      "  count(*), count(retired_at), coalesce(max(created_at)::date::text, '-')) FROM jwt_key "
      "UNION ALL SELECT 'keys of the audit log', (1 + count(*))::text || ', changed '"
      "  || coalesce(max(at)::date::text, 'never') FROM audit_key_change "
      "UNION ALL (SELECT 'change of ' || kind || ' keys', CASE WHEN finished_at IS NULL THEN "
      "    format('%s since %s, %s done', state, date_trunc('second', started_at), changed) "
      "    ELSE format('finished %s, %s done', date_trunc('second', finished_at), changed) END "
      "  || coalesce(E'\\n  ' || problem, '') FROM key_rotation ORDER BY started_at DESC LIMIT 8)",
      OSY_PARAMS (OSY_P_TEXT (self->target)), error);
  return self->rows != NULL;
}

int
osy_ctl_keys_status (const char *data_dir, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {{NULL}};
  const OsyDbScope scope = {.read_only = TRUE};
  g_auto (Keys) self = {NULL};

  if (!osy_ctl_parse (entries, argc, argv, NULL, error) || !keys_open (&self, data_dir, error))
    return -1;
  g_autofree char *mark = osy_key_provider_mark (data_dir);
  g_autofree char *name = osy_keyring_kek_name (osy_ctl_session_ring (self.session));
  self.target = name;
  if (!osy_db_pool_run (self.pool, &scope, read_status, &self, error))
    return -1;
  g_print ("encryption key: %s, kept by %s\n", name, mark);
  for (guint i = 0; i < osy_db_rows_count (self.rows); i++)
    g_print ("%s: %s\n", osy_db_rows_text (self.rows, i, "name"),
             osy_db_rows_text (self.rows, i, "value"));
  return OSY_CTL_OK;
}

/* ---- changing ---- */

static gboolean
ask (OsyDbTx *tx, gpointer data, GError **error)
{
  Keys *self = data;

  return osy_key_rotation_request (tx, osy_ctl_session_ring (self->session), self->kind,
                                   self->target, error);
}

static gboolean
look (OsyDbTx *tx, gpointer data, GError **error)
{
  Keys *self = data;

  g_clear_pointer (&self->rows, osy_db_rows_free);
  self->rows = osy_db_query (tx,
                             "SELECT state, problem, changed, finished_at IS NOT NULL AS finished "
                             "FROM key_rotation WHERE kind = $1 ORDER BY started_at DESC LIMIT 1",
                             OSY_PARAMS (OSY_P_TEXT (self->kind)), error);
  return self->rows != NULL;
}

/* Old signing keys verify until their last token has ended; nobody needs to wait for that. */
static gboolean
is_over (const Keys *self)
{
  return osy_db_rows_bool (self->rows, 0, "finished") ||
         (g_str_equal (self->kind, "jwt") &&
          g_strcmp0 (osy_db_rows_text (self->rows, 0, "state"), "FINISH") == 0);
}

static int
follow (Keys *self, GError **error)
{
  const OsyDbScope scope = {NULL};
  gboolean shared = osy_ctl_session_is_shared (self->session);
  g_autofree char *told = NULL;

  for (;;) {
    if ((!shared &&
         !osy_db_pool_run (self->pool, &scope, osy_key_rotation_step, self->rotation, error)) ||
        !osy_db_pool_run (self->pool, &scope, look, self, error))
      return -1;
    const char *problem = osy_db_rows_text (self->rows, 0, "problem");
    const char *state = problem ? problem : osy_db_rows_text (self->rows, 0, "state");
    if (g_strcmp0 (told, state) != 0)
      g_print ("%s: %s\n", self->kind, state);
    g_free (told);
    told = g_strdup (state);
    if (is_over (self))
      return OSY_CTL_OK;
    g_usleep (LOOK_MS * (shared || problem ? 1000 : 100));
  }
}

static int
change (Keys *self, const char *data_dir, gboolean no_wait, GError **error)
{
  const OsyDbScope scope = {NULL};
  g_autoptr (GError) local = NULL;

  if (!keys_open (self, data_dir, error))
    return -1;
  /* One that is under way is followed: the command may have been cut off. */
  if (!osy_db_pool_run (self->pool, &scope, ask, self, &local) &&
      (!osy_error_is (local, OSY_ERROR_CONFLICT) || self->target != NULL)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return -1;
  }
  return no_wait ? OSY_CTL_OK : follow (self, error);
}

int
osy_ctl_keys_rotate (const char *data_dir, int argc, char **argv, GError **error)
{
  static const char *const kinds[] = {"kek", "data", "index", "jwt", "audit", NULL};
  gboolean no_wait = FALSE;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"no-wait", 0, 0, G_OPTION_ARG_NONE, &no_wait, "Only ask; the daemon does it", NULL},
      {NULL},
  };
  g_auto (Keys) self = {NULL};

  if (!osy_ctl_parse (entries, argc, argv, &rest, error))
    return -1;
  if (g_strv_length (rest) != 2 || !g_strv_contains (kinds, rest[1])) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Say which keys: ordersyncctl keys rotate kek|data|index|jwt|audit.");
    return -1;
  }
  self.kind = rest[1];
  return change (&self, data_dir, no_wait, error);
}

static gboolean
check_target (const char *data_dir, const char *target, GError **error)
{
  g_autofree char *mark = osy_key_provider_mark (data_dir);

  if (target == NULL || (strcmp (target, "file") != 0 && strcmp (target, "secret-service") != 0)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Say where to: ordersyncctl keys move --to file|secret-service.");
    return FALSE;
  }
  if (mark == NULL || !g_str_has_prefix (mark, target))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "The key is kept by %s already.",
               target);
  return FALSE;
}

int
osy_ctl_keys_move (const char *data_dir, int argc, char **argv, GError **error)
{
  gboolean no_wait = FALSE;
  g_autofree char *target = NULL;
  const GOptionEntry entries[] = {
      {"to", 0, 0, G_OPTION_ARG_STRING, &target, "Who keeps it from now on", "file|secret-service"},
      {"no-wait", 0, 0, G_OPTION_ARG_NONE, &no_wait, "Only ask; the daemon does it", NULL},
      {NULL},
  };
  g_auto (Keys) self = {NULL};

  if (!osy_ctl_parse (entries, argc, argv, NULL, error) || !check_target (data_dir, target, error))
    return -1;
  self.kind = "kek";
  self.target = target;
  return change (&self, data_dir, no_wait, error);
}
