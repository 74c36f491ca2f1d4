/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One transaction on a worker's connection. When the connection dies before COMMIT nothing has
 * happened and the work may run again; when it dies during COMMIT the server is asked what became
 * of the transaction (pg_xact_status), and the work is never run again blindly. */

#include "osy-db-private.h"

#include <string.h>

#include "osy-failpoint.h"

#define RESOLVE_TIMEOUT_US (15 * G_USEC_PER_SEC)
#define RESOLVE_PAUSE_US (100 * 1000)

typedef struct {
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Hook;

struct _OsyDbTx {
  OsyDbConn *conn;
  const OsyDbScope *scope;
  GArray *hooks;    /* Hook, to run after COMMIT */
  OsyDbState state; /* of the last error */
};

static void
hook_clear (gpointer data)
{
  Hook *hook = data;
  if (hook->destroy != NULL)
    hook->destroy (hook->data);
}

static void
tx_init (OsyDbTx *tx, OsyDbConn *conn, const OsyDbScope *scope)
{
  *tx = (OsyDbTx){.conn = conn, .scope = scope};
  tx->hooks = g_array_new (FALSE, FALSE, sizeof (Hook));
  g_array_set_clear_func (tx->hooks, hook_clear);
}

static void
tx_clear (OsyDbTx *tx)
{
  g_clear_pointer (&tx->hooks, g_array_unref);
}

static void
run_hooks (OsyDbTx *tx)
{
  for (guint i = 0; i < tx->hooks->len; i++) {
    Hook *hook = &g_array_index (tx->hooks, Hook, i);
    /* Not g_main_context_invoke(): that would run it here when no loop is running. */
    g_autoptr (GSource) source = g_idle_source_new ();
    g_source_set_priority (source, G_PRIORITY_DEFAULT);
    g_source_set_callback (source, hook->func, hook->data, hook->destroy);
    g_source_attach (source, NULL);
    hook->destroy = NULL;
  }
}

void
osy_db_tx_on_commit (OsyDbTx *tx, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_return_if_fail (tx != NULL && func != NULL);

  Hook hook = {func, data, destroy};
  g_array_append_val (tx->hooks, hook);
}

const char *
osy_db_tx_restaurant (OsyDbTx *tx)
{
  return tx->scope->restaurant_id;
}

OsyDbRows *
osy_db_query (OsyDbTx *tx,
              const char *sql,
              const OsyDbParam *params,
              gsize n_params,
              GError **error)
{
  g_return_val_if_fail (tx != NULL && sql != NULL, NULL);

  g_autoptr (OsyDbArgs) args = osy_db_args_new (params, n_params, FALSE);
  PGresult *result = osy_db_conn_query (tx->conn, sql, args, tx->state, error);
  return result ? osy_db_rows_new (result) : NULL;
}

gboolean
osy_db_exec (OsyDbTx *tx,
             const char *sql,
             const OsyDbParam *params,
             gsize n_params,
             gint64 *affected,
             GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, sql, params, n_params, error);

  if (rows == NULL)
    return FALSE;
  if (affected != NULL)
    *affected = osy_db_rows_affected (rows);
  return TRUE;
}

/* Gone, or told by the server that it is about to be. */
static gboolean
is_lost (OsyDbTx *tx)
{
  return osy_db_conn_is_lost (tx->conn) || g_str_has_prefix (tx->state, "57P0") ||
         g_str_has_prefix (tx->state, "08");
}

/* Nothing was committed: end the transaction and say whether another run makes sense. */
static OsyDbOutcome
abandon (OsyDbTx *tx)
{
  OsyDbState ignored = "";

  if (is_lost (tx)) {
    osy_db_conn_close (tx->conn);
    return OSY_DB_AGAIN;
  }
  g_autoptr (PGresult) result = osy_db_conn_simple (tx->conn, "ROLLBACK", ignored, NULL);
  if (result == NULL)
    osy_db_conn_close (tx->conn);
  return osy_db_state_is_retryable (tx->state) ? OSY_DB_AGAIN : OSY_DB_FAILED;
}

/* Id of the transaction, which has none as long as it has written nothing. */
static gboolean
read_xid (OsyDbTx *tx, char **xid, GError **error)
{
  static const char sql[] = "SELECT pg_current_xact_id_if_assigned()::text AS xid";

  if (tx->scope->read_only)
    return TRUE;
  g_autoptr (OsyDbRows) rows = osy_db_query (tx, sql, OSY_NO_PARAMS, error);
  if (rows == NULL)
    return FALSE;
  *xid = g_strdup (osy_db_rows_text (rows, 0, "xid"));
  return TRUE;
}

/* What became of transaction @xid: "committed", "aborted", "in progress", "" unknown, NULL not to
 * be reached. */
static char *
ask_status (OsyDbConn *conn, const char *xid)
{
  static const char sql[] = "SELECT pg_xact_status($1::text::xid8) AS status";
  OsyDbState state = "";

  if (!osy_db_conn_open (conn, TRUE, NULL))
    return NULL;
  g_autoptr (OsyDbArgs) args = osy_db_args_new (OSY_PARAMS (OSY_P_TEXT (xid)), FALSE);
  PGresult *result = osy_db_conn_query (conn, sql, args, state, NULL);
  if (result == NULL) {
    osy_db_conn_close (conn);
    /* "22": the server does not know so young or so old a transaction. */
    return g_str_has_prefix (state, "22") ? g_strdup ("") : NULL;
  }
  g_autoptr (OsyDbRows) rows = osy_db_rows_new (result);
  const char *status = osy_db_rows_text (rows, 0, "status");
  return g_strdup (status ? status : "");
}

static OsyDbOutcome
resolve (OsyDbConn *conn, const char *xid, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + RESOLVE_TIMEOUT_US;

  osy_db_conn_close (conn);
  if (xid == NULL)
    return OSY_DB_COMMITTED;
  while (g_get_monotonic_time () < deadline) {
    g_autofree char *status = ask_status (conn, xid);
    if (g_strcmp0 (status, "committed") == 0)
      return OSY_DB_COMMITTED;
    if (g_strcmp0 (status, "aborted") == 0) {
      osy_db_error_set_lost (error);
      return OSY_DB_AGAIN;
    }
    if (g_strcmp0 (status, "") == 0)
      break;
    g_usleep (RESOLVE_PAUSE_US);
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                       "The database went away while saving, and whether it saved is not known; "
                       "look before you try again");
  return OSY_DB_FAILED;
}

static OsyDbOutcome
commit (OsyDbTx *tx, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *xid = NULL;

  if (!read_xid (tx, &xid, error))
    return abandon (tx);
  tx->state[0] = '\0';
  if (xid != NULL)
    OSY_FAILPOINT_OF_WORK ("tx.before-commit");
  gint64 since = g_get_monotonic_time ();
  g_autoptr (PGresult) result = osy_db_conn_simple (tx->conn, "COMMIT", tx->state, &local);
  osy_db_note_query (tx->conn->statements, "COMMIT", since);
  if (xid != NULL)
    OSY_FAILPOINT_OF_WORK ("tx.after-commit");
  if (result != NULL && strcmp (PQcmdStatus (result), "COMMIT") == 0)
    return OSY_DB_COMMITTED;
  if (result == NULL && is_lost (tx))
    return resolve (tx->conn, xid, error);
  if (result != NULL)
    g_set_error_literal (&local, OSY_ERROR, OSY_ERROR_INTERNAL,
                         "The work reported success after one of its statements had failed");
  g_propagate_error (error, g_steal_pointer (&local));
  /* A refused COMMIT has ended the transaction already. */
  return osy_db_state_is_retryable (tx->state) ? OSY_DB_AGAIN : OSY_DB_FAILED;
}

OsyDbOutcome
osy_db_tx_run (OsyDbConn *conn,
               const OsyDbScope *scope,
               OsyDbFunc func,
               gpointer data,
               GError **error)
{
  OsyDbTx tx;
  OsyDbOutcome outcome;

  if (!osy_db_conn_open (conn, FALSE, error))
    return OSY_DB_FAILED;
  tx_init (&tx, conn, scope);
  OSY_FAILPOINT_WORK (func);
  if (!osy_db_conn_begin (conn, scope, tx.state, error) || !func (&tx, data, error))
    outcome = abandon (&tx);
  else
    outcome = commit (&tx, error);
  if (outcome == OSY_DB_COMMITTED)
    run_hooks (&tx);
  tx_clear (&tx);
  return outcome;
}
