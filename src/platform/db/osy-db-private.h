/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

/* What the files of this folder share; nobody outside includes it. */

#include <libpq-fe.h>

#include "osy-db.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

/* ---- parameters in libpq's form ---- */

typedef struct {
  int n;
  Oid *types;
  const char **values;
  int *lengths;
  int *formats;
  GPtrArray *owned; /* memory behind @values that is not the caller's */
} OsyDbArgs;

/** osy_db_args_new: @copy: the values outlive the caller's. Returns: (transfer full). */
OsyDbArgs *osy_db_args_new (const OsyDbParam *params, gsize n_params, gboolean copy);
void osy_db_args_free (OsyDbArgs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDbArgs, osy_db_args_free)

/** osy_db_rows_new: @result: (transfer full) */
OsyDbRows *osy_db_rows_new (PGresult *result);

/* ---- errors ---- */

/** SQLSTATE with its NUL; "" when there was none. */
typedef char OsyDbState[6];

/** osy_db_error_set: @error from a failed @result; the one table SQLSTATE → OsyErrorCode. */
void osy_db_error_set (GError **error, const PGresult *result, OsyDbState state);

/** osy_db_error_set_lost: @error for a connection that is gone. */
void osy_db_error_set_lost (GError **error);

/** osy_db_state_is_retryable: serialization failure or deadlock. */
gboolean osy_db_state_is_retryable (const OsyDbState state);

/* ---- one connection ---- */

typedef struct {
  char *conninfo;
  PGconn *pg;             /* NULL: not connected */
  GHashTable *prepared;   /* parameter types and SQL → statement name */
  GHashTable *statements; /* SQL → its OsyMetricSeries */
  guint last_name;        /* number of the last statement name given out */
  gint64 not_before;      /* monotonic time of the next attempt to connect */
  guint backoff_ms;
  gint64 answer_timeout; /* microseconds to wait for an answer */
} OsyDbConn;

/** osy_db_conn_new: not connected yet; see osy_db_conn_open(). */
OsyDbConn *osy_db_conn_new (const char *conninfo);
/** osy_db_conn_free: closes it. */
void osy_db_conn_free (OsyDbConn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDbConn, osy_db_conn_free)

/** osy_db_conn_params: fills keyword and value arrays of six for PQconnect*Params. */
void osy_db_conn_params (const char *conninfo, const char *keys[6], const char *values[6]);

/** osy_db_ignore_notice: a PQnoticeReceiver that drops what it is told. */
void osy_db_ignore_notice (void *arg, const PGresult *result);

/** osy_db_conn_open: connects when not connected. Inside the pause after a failed attempt it fails
 *  at once, unless @insist. */
gboolean osy_db_conn_open (OsyDbConn *self, gboolean insist, GError **error);
void osy_db_conn_close (OsyDbConn *self);

/** osy_db_conn_is_lost: TRUE when there is no usable connection. */
gboolean osy_db_conn_is_lost (OsyDbConn *self);

/** osy_db_conn_prepared_key: Returns: (transfer full): key of @sql with @args in @prepared. */
char *osy_db_conn_prepared_key (const char *sql, const OsyDbArgs *args);

/** osy_db_conn_query: one prepared statement. Returns: (transfer full): its result, or NULL. */
PGresult *osy_db_conn_query (OsyDbConn *self,
                             const char *sql,
                             const OsyDbArgs *args,
                             OsyDbState state,
                             GError **error);

/** osy_db_conn_begin: opens a transaction with @scope in one round trip. */
gboolean
osy_db_conn_begin (OsyDbConn *self, const OsyDbScope *scope, OsyDbState state, GError **error);

/** osy_db_conn_simple: SQL text without parameters, possibly several statements. */
PGresult *osy_db_conn_simple (OsyDbConn *self, const char *sql, OsyDbState state, GError **error);

/* ---- figures ---- */

extern OsyMetric osy_db_pool_connections, osy_db_pool_busy, osy_db_pool_wait, osy_db_pool_refused;

/** osy_db_statement_name: Returns: (transfer full): "INSERT orders" of @sql. */
char *osy_db_statement_name (const char *sql);
/** osy_db_note_query: @sql was answered; it was sent at @since (monotonic µs). @statements: of one
 * connection. */
void osy_db_note_query (GHashTable *statements, const char *sql, gint64 since);

/* ---- a whole transaction ---- */

typedef enum {
  OSY_DB_COMMITTED,
  OSY_DB_FAILED,
  OSY_DB_AGAIN, /* nothing was done; worth another run */
} OsyDbOutcome;

/** osy_db_tx_run: BEGIN, @func, COMMIT or ROLLBACK. */
OsyDbOutcome osy_db_tx_run (OsyDbConn *conn,
                            const OsyDbScope *scope,
                            OsyDbFunc func,
                            gpointer data,
                            GError **error);

#define OSY_DB_SCOPE_SQL \
  "SELECT set_config('app.restaurant',$1,true),set_config('app.user',$2,true)"

G_END_DECLS
