/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One connection of a worker: opens lazily, waits with a deadline of its own (a stopped server
 * must not hold a worker for ever), and prepares each statement once. */

#include "osy-db-private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* Ours is longer than the server's, which gives the better message. */
#define ANSWER_TIMEOUT_US (15 * G_USEC_PER_SEC)
#define MAX_BACKOFF_MS 1000
#define MAX_PREPARED 256

static const char session_options[] = "-c statement_timeout=10s -c lock_timeout=8s "
                                      "-c idle_in_transaction_session_timeout=10s "
                                      "-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres "
                                      "-c bytea_output=hex -c client_min_messages=error";

OsyDbConn *
osy_db_conn_new (const char *conninfo)
{
  OsyDbConn *self = g_new0 (OsyDbConn, 1);
  self->conninfo = g_strdup (conninfo);
  self->answer_timeout = ANSWER_TIMEOUT_US;
  self->prepared = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
osy_db_conn_free (OsyDbConn *self)
{
  osy_db_conn_close (self);
  g_hash_table_unref (self->prepared);
  g_hash_table_unref (self->statements);
  g_free (self->conninfo);
  g_free (self);
}

void
osy_db_conn_close (OsyDbConn *self)
{
  g_clear_pointer (&self->pg, PQfinish);
  g_hash_table_remove_all (self->prepared);
}

gboolean
osy_db_conn_is_lost (OsyDbConn *self)
{
  return self->pg == NULL || PQstatus (self->pg) != CONNECTION_OK;
}

void
osy_db_conn_params (const char *conninfo, const char *keys[6], const char *values[6])
{
  static const char *const names[] = {"dbname",          "options",          "client_encoding",
                                      "connect_timeout", "application_name", NULL};
  const char *const settings[] = {conninfo, session_options, "UTF8", "5", "ordersync", NULL};

  memcpy (keys, names, sizeof names);
  memcpy (values, settings, sizeof settings);
}

void
osy_db_ignore_notice (void *arg, const PGresult *result)
{
}

static void
note_failed_attempt (OsyDbConn *self)
{
  self->backoff_ms = self->backoff_ms == 0 ? 50 : MIN (self->backoff_ms * 2, MAX_BACKOFF_MS);
  self->not_before = g_get_monotonic_time () + self->backoff_ms * 1000;
}

gboolean
osy_db_conn_open (OsyDbConn *self, gboolean insist, GError **error)
{
  const char *keys[6], *values[6];

  if (!osy_db_conn_is_lost (self))
    return TRUE;
  osy_db_conn_close (self);
  if (insist || g_get_monotonic_time () >= self->not_before) {
    osy_db_conn_params (self->conninfo, keys, values);
    self->pg = PQconnectdbParams (keys, values, 1);
    if (PQstatus (self->pg) == CONNECTION_OK && PQsetnonblocking (self->pg, 1) == 0) {
      PQsetNoticeReceiver (self->pg, osy_db_ignore_notice, NULL);
      self->backoff_ms = 0;
      return TRUE;
    }
    osy_db_conn_close (self);
    note_failed_attempt (self);
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                       "The database cannot be reached; try again shortly");
  return FALSE;
}

/* One round of poll(); FALSE when the connection is gone or the deadline has passed. */
static gboolean
wait_for_input (PGconn *pg, gint64 deadline)
{
  for (;;) {
    int flush = PQflush (pg);
    if (flush < 0)
      return FALSE;
    gint64 left = deadline - g_get_monotonic_time ();
    struct pollfd fd = {.fd = PQsocket (pg), .events = POLLIN | (flush > 0 ? POLLOUT : 0)};
    int n = left > 0 ? poll (&fd, 1, (int)MIN (left / 1000 + 1, 60000)) : 0;
    if ((n == 0 && left <= 0) || (n < 0 && errno != EINTR))
      return FALSE;
    if (n > 0 && (fd.revents & ~POLLOUT) != 0)
      return PQconsumeInput (pg) == 1;
  }
}

/* Next result, NULL at the end of a command. @alive turns FALSE with the connection. */
static PGresult *
next_result (OsyDbConn *self, gint64 deadline, gboolean *alive)
{
  while (PQisBusy (self->pg)) {
    if (wait_for_input (self->pg, deadline))
      continue;
    /* What the server said last may still be in the buffer; without it the connection is no use. */
    if (PQstatus (self->pg) == CONNECTION_BAD && !PQisBusy (self->pg))
      break;
    osy_db_conn_close (self);
    *alive = FALSE;
    return NULL;
  }
  return PQgetResult (self->pg);
}

static gboolean
result_is_good (const PGresult *result)
{
  ExecStatusType status = PQresultStatus (result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The last result of one command that was sent, or the first bad one. */
static PGresult *
collect (OsyDbConn *self, OsyDbState state, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + self->answer_timeout;
  g_autoptr (PGresult) kept = NULL;
  gboolean alive = TRUE;

  for (;;) {
    PGresult *result = next_result (self, deadline, &alive);
    if (result == NULL)
      break;
    if (kept == NULL || result_is_good (kept)) {
      g_clear_pointer (&kept, PQclear);
      kept = result;
    } else {
      PQclear (result);
    }
  }
  if (!alive || kept == NULL) {
    osy_db_error_set_lost (error);
    return NULL;
  }
  if (!result_is_good (kept)) {
    osy_db_error_set (error, kept, state);
    return NULL;
  }
  return g_steal_pointer (&kept);
}

PGresult *
osy_db_conn_simple (OsyDbConn *self, const char *sql, OsyDbState state, GError **error)
{
  if (osy_db_conn_is_lost (self) || !PQsendQuery (self->pg, sql)) {
    osy_db_error_set_lost (error);
    return NULL;
  }
  return collect (self, state, error);
}

char *
osy_db_conn_prepared_key (const char *sql, const OsyDbArgs *args)
{
  GString *key = g_string_new (NULL);

  for (int i = 0; i < args->n; i++)
    g_string_append_printf (key, "%u,", args->types[i]);
  g_string_append (key, sql);
  return g_string_free (key, FALSE);
}

/* Returns: (transfer none): the name under which @sql is prepared. */
static const char *
ensure_prepared (OsyDbConn *self,
                 const char *sql,
                 const OsyDbArgs *args,
                 OsyDbState state,
                 GError **error)
{
  g_autofree char *key = osy_db_conn_prepared_key (sql, args);
  const char *known = g_hash_table_lookup (self->prepared, key);

  if (known != NULL)
    return known;
  g_autofree char *name = g_strdup_printf ("s%u", ++self->last_name);
  if (!PQsendPrepare (self->pg, name, sql, args->n, args->types)) {
    osy_db_error_set_lost (error);
    return NULL;
  }
  g_autoptr (PGresult) result = collect (self, state, error);
  if (result == NULL)
    return NULL;
  known = name;
  g_hash_table_insert (self->prepared, g_steal_pointer (&key), g_steal_pointer (&name));
  return known;
}

PGresult *
osy_db_conn_query (OsyDbConn *self,
                   const char *sql,
                   const OsyDbArgs *args,
                   OsyDbState state,
                   GError **error)
{
  if (osy_db_conn_is_lost (self)) {
    osy_db_error_set_lost (error);
    return NULL;
  }
  gint64 since = g_get_monotonic_time ();
  const char *name = ensure_prepared (self, sql, args, state, error);
  if (name == NULL)
    return NULL;
  if (!PQsendQueryPrepared (self->pg, name, args->n, args->values, args->lengths, args->formats,
                            0)) {
    osy_db_error_set_lost (error);
    return NULL;
  }
  PGresult *result = collect (self, state, error);
  osy_db_note_query (self->statements, sql, since);
  return result;
}

/* Reads the answers of a pipeline up to its sync; keeps the first error. */
static gboolean
drain_pipeline (OsyDbConn *self, OsyDbState state, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + self->answer_timeout;
  gboolean alive = TRUE, good = TRUE;
  guint ends = 0;

  /* A NULL ends each command; two in a row come only from a connection that is gone. */
  while (ends < 2) {
    g_autoptr (PGresult) result = next_result (self, deadline, &alive);
    if (!alive)
      break;
    ends = result == NULL ? ends + 1 : 0;
    if (result == NULL)
      continue;
    ExecStatusType status = PQresultStatus (result);
    if (status == PGRES_PIPELINE_SYNC)
      return good;
    if (good && !result_is_good (result)) {
      osy_db_error_set (error, result, state);
      good = FALSE;
    }
  }
  osy_db_conn_close (self);
  if (good)
    osy_db_error_set_lost (error);
  return FALSE;
}

static gboolean
send_begin (OsyDbConn *self, const OsyDbScope *scope)
{
  const char *begin =
      scope->read_only ? "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" : "BEGIN";
  const char *values[] = {scope->restaurant_id ? scope->restaurant_id : "",
                          scope->user_id ? scope->user_id : ""};
  const char *name = g_hash_table_lookup (self->prepared, OSY_DB_SCOPE_SQL);

  if (!PQsendQueryParams (self->pg, begin, 0, NULL, NULL, NULL, NULL, 0))
    return FALSE;
  if (name == NULL) {
    name = "scope";
    if (!PQsendPrepare (self->pg, name, OSY_DB_SCOPE_SQL, 2, NULL))
      return FALSE;
    g_hash_table_insert (self->prepared, g_strdup (OSY_DB_SCOPE_SQL), g_strdup (name));
  }
  return PQsendQueryPrepared (self->pg, name, 2, values, NULL, NULL, 0) &&
         PQpipelineSync (self->pg);
}

static gboolean
forget_prepared (OsyDbConn *self, OsyDbState state, GError **error)
{
  if (g_hash_table_size (self->prepared) <= MAX_PREPARED)
    return TRUE;
  g_autoptr (PGresult) result = osy_db_conn_simple (self, "DEALLOCATE ALL", state, error);
  g_hash_table_remove_all (self->prepared);
  return result != NULL;
}

gboolean
osy_db_conn_begin (OsyDbConn *self, const OsyDbScope *scope, OsyDbState state, GError **error)
{
  if (!forget_prepared (self, state, error))
    return FALSE;
  if (PQenterPipelineMode (self->pg) && send_begin (self, scope)) {
    if (drain_pipeline (self, state, error) && PQexitPipelineMode (self->pg))
      return TRUE;
  }
  /* A transaction that cannot even begin: start anew with a fresh connection. */
  osy_db_conn_close (self);
  if (error != NULL && *error == NULL)
    osy_db_error_set_lost (error);
  return FALSE;
}
