/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/* ---- parameters: the only way a value reaches SQL ---- */

typedef enum {
  OSY_DB_NULL,
  OSY_DB_TEXT,
  OSY_DB_INT,
  OSY_DB_BOOL,
  OSY_DB_BYTES,
  OSY_DB_TIME, /* UTC microseconds as timestamptz; 0 is NULL */
  OSY_DB_TEXT_ARRAY,
  OSY_DB_INT_ARRAY,
  OSY_DB_BYTES_ARRAY,
  OSY_DB_TIME_ARRAY,
} OsyDbType;

typedef struct {
  OsyDbType type;
  const char *text;
  gint64 number;
  GBytes *bytes;
  GPtrArray *items; /* TEXT_ARRAY of char* (NULL item = SQL NULL), BYTES_ARRAY of GBytes* */
  GArray *numbers;  /* INT_ARRAY, TIME_ARRAY of gint64 */
} OsyDbParam;

#define OSY_P_NULL ((OsyDbParam){.type = OSY_DB_NULL})
/** Text, uuid, jsonb, date: cast in the SQL ($1::uuid). NULL pointer is SQL NULL. */
#define OSY_P_TEXT(v) ((OsyDbParam){.type = OSY_DB_TEXT, .text = (v)})
#define OSY_P_INT(v) ((OsyDbParam){.type = OSY_DB_INT, .number = (v)})
#define OSY_P_BOOL(v) ((OsyDbParam){.type = OSY_DB_BOOL, .number = !!(v)})
#define OSY_P_BYTES(v) ((OsyDbParam){.type = OSY_DB_BYTES, .bytes = (v)})
#define OSY_P_TIME(v) ((OsyDbParam){.type = OSY_DB_TIME, .number = (v)})
#define OSY_P_TEXTS(v) ((OsyDbParam){.type = OSY_DB_TEXT_ARRAY, .items = (v)})
#define OSY_P_INTS(v) ((OsyDbParam){.type = OSY_DB_INT_ARRAY, .numbers = (v)})
#define OSY_P_BLOBS(v) ((OsyDbParam){.type = OSY_DB_BYTES_ARRAY, .items = (v)})
#define OSY_P_TIMES(v) ((OsyDbParam){.type = OSY_DB_TIME_ARRAY, .numbers = (v)})

/** OSY_PARAMS(OSY_P_TEXT (id), OSY_P_INT (3)): an array and its length, two arguments. */
#define OSY_PARAMS(...) \
  ((const OsyDbParam[]){__VA_ARGS__}), G_N_ELEMENTS (((const OsyDbParam[]){__VA_ARGS__}))
#define OSY_NO_PARAMS NULL, 0

/* ---- rows ---- */

typedef struct _OsyDbRows OsyDbRows;
/** osy_db_rows_free: frees the rows; their texts go with them. */
void osy_db_rows_free (OsyDbRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDbRows, osy_db_rows_free)

/** Rows returned; for INSERT/UPDATE/DELETE without RETURNING see _affected. */
guint osy_db_rows_count (const OsyDbRows *self);
gint64 osy_db_rows_affected (const OsyDbRows *self);
gboolean osy_db_rows_is_null (const OsyDbRows *self, guint row, const char *column);
/** (transfer none), NULL for SQL NULL. An unknown column is logged and reads as NULL. */
const char *osy_db_rows_text (const OsyDbRows *self, guint row, const char *column);
gint64 osy_db_rows_int (const OsyDbRows *self, guint row, const char *column);
gboolean osy_db_rows_bool (const OsyDbRows *self, guint row, const char *column);
/** UTC microseconds, 0 for NULL. */
gint64 osy_db_rows_time (const OsyDbRows *self, guint row, const char *column);
/** (transfer full) (nullable): a bytea. */
GBytes *osy_db_rows_bytes (const OsyDbRows *self, guint row, const char *column);

/* ---- transactions ---- */

/** A transaction on a worker's connection; valid inside the function it was given to. */
typedef struct _OsyDbTx OsyDbTx;

/** osy_db_query: one statement with parameters. Returns: (transfer full): rows, or NULL with
 * @error. */
OsyDbRows *osy_db_query (OsyDbTx *tx,
                         const char *sql,
                         const OsyDbParam *params,
                         gsize n_params,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_db_exec: the same when the rows do not matter. @affected: (out) (nullable). */
gboolean osy_db_exec (OsyDbTx *tx,
                      const char *sql,
                      const OsyDbParam *params,
                      gsize n_params,
                      gint64 *affected,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_db_tx_on_commit: @func runs on the main context after this transaction has committed. */
void osy_db_tx_on_commit (OsyDbTx *tx, GSourceFunc func, gpointer data, GDestroyNotify destroy);

/** Restaurant of the scope, or NULL. */
const char *osy_db_tx_restaurant (OsyDbTx *tx);

/** Whom row level security lets see what (set_config(..., true) inside the transaction). */
typedef struct {
  const char *restaurant_id; /* NULL: no tenant row is visible */
  const char *user_id;       /* NULL: none */
  gboolean read_only;        /* and all that is read is of one moment */
} OsyDbScope;

/** The work of one transaction. TRUE commits. It may run again after a serialization failure, so
 *  it must have no effect outside @tx before it returns. */
typedef gboolean (*OsyDbFunc) (OsyDbTx *tx, gpointer data, GError **error);

#define OSY_TYPE_DB_POOL (osy_db_pool_get_type ())
G_DECLARE_FINAL_TYPE (OsyDbPool, osy_db_pool, OSY, DB_POOL, GObject)

/** osy_db_pool_new: @conninfo: libpq connection string; connections open lazily and reopen alone.
 */
OsyDbPool *osy_db_pool_new (const char *conninfo, guint n_workers);
/** osy_db_pool_new_named: @name: static word under which its figures are shown; "other" for those
 * of osy_db_pool_new(). */
OsyDbPool *osy_db_pool_new_named (const char *name, const char *conninfo, guint n_workers);
/** osy_db_pool_new_sibling: another pool of the same database. Work inside a transaction of @self
 *  may wait for one of the sibling, where waiting for @self's own workers could last for ever. */
OsyDbPool *osy_db_pool_new_sibling (OsyDbPool *self, guint n_workers);
/** osy_db_pool_run: in the calling thread's stead, synchronously. Not on the daemon's main thread.
 */
gboolean osy_db_pool_run (OsyDbPool *self,
                          const OsyDbScope *scope,
                          OsyDbFunc func,
                          gpointer data,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_db_pool_run_async: @scope is copied; @data is freed by @destroy on the main context.
 *  More than 512 waiting jobs: OSY_ERROR_UNAVAILABLE at once. */
void osy_db_pool_run_async (OsyDbPool *self,
                            const OsyDbScope *scope,
                            OsyDbFunc func,
                            gpointer data,
                            GDestroyNotify destroy,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean osy_db_pool_run_finish (OsyDbPool *self, GAsyncResult *result, GError **error);
/** osy_db_pool_close: finishes what was queued, then closes. */
void osy_db_pool_close (OsyDbPool *self);

/* ---- the pipelined connection of the order writer, on the main context ---- */

#define OSY_TYPE_DB_PIPE (osy_db_pipe_get_type ())
G_DECLARE_FINAL_TYPE (OsyDbPipe, osy_db_pipe, OSY, DB_PIPE, GObject)

/** osy_db_pipe_new: @conninfo: libpq connection string; connects at once and again when lost. On
 *  the main thread, like everything of it. */
OsyDbPipe *osy_db_pipe_new (const char *conninfo);

/**
 * OsyDbPipeDone:
 * @rows: (nullable): of the statement; NULL with @error. The transaction has committed or not;
 *   when the connection was lost during COMMIT, @error is OSY_ERROR_UNAVAILABLE and the outcome
 *   unknown: the caller asks again with its idempotency key.
 */
typedef void (*OsyDbPipeDone) (const OsyDbRows *rows, const GError *error, gpointer user_data);

/** One statement and its parameters: {sql, OSY_PARAMS (…)} or {sql, OSY_NO_PARAMS}. */
typedef struct {
  const char *sql;
  const OsyDbParam *params;
  gsize n_params;
} OsyDbStatement;

/** osy_db_pipe_submit: BEGIN, scope, one statement, COMMIT in one round trip. The parameters are
 *  copied. */
void osy_db_pipe_submit (OsyDbPipe *self,
                         const OsyDbScope *scope,
                         const OsyDbStatement *statement,
                         OsyDbPipeDone done,
                         gpointer user_data);
/** Transactions sent and not yet answered. */
guint osy_db_pipe_in_flight (OsyDbPipe *self);
void osy_db_pipe_close (OsyDbPipe *self);

/* ---- schema ---- */

/**
 * osy_db_migrate:
 * @conninfo: of the role that owns the schema
 * @resource_prefix: GResource folder with NNN-room-what.sql, forward only
 *
 * Applies what is missing, each in its own transaction, under one advisory lock; checks the
 * checksums of what was applied. OSY_ERROR_NEWER_DATA when the database knows more than we do.
 */
gboolean osy_db_migrate (const char *conninfo, const char *resource_prefix, GError **error);

/**
 * osy_db_administer:
 * @conninfo: of a superuser
 * @queries: (array zero-terminated): constants of ours; each answers, in its column "statement",
 *   the statements still to be run, and none when there is nothing to do
 *
 * Makes roles and databases, outside of any transaction; may be repeated.
 */
gboolean osy_db_administer (const char *conninfo,
                            const char *const *queries,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_db_check_durability: refuses unless fsync, full_page_writes and synchronous_commit are on.
 */
gboolean osy_db_check_durability (const char *conninfo, GError **error);

G_END_DECLS
