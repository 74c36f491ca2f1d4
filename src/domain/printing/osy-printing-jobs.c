/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the table print_job. */

#include "osy-clock.h"
#include "osy-printing-store.h"

#define HERE "restaurant_id = app_restaurant()"
#define JOB                                                                              \
  "id, printer_id, purpose, subject_type, subject_id, status, attempts, problem, copy, " \
  "created_at, "                                                                         \
  "done_at, version"
/* Whose turn it is at a printer: what nobody has set aside. $2: what failed before waits for a
 * person, who knows whether the food went out long ago. */
#define READY                                                                     \
  HERE " AND printer_id = $1::uuid AND (status = 'QUEUED' OR (status = 'FAILED' " \
       "AND created_at >= $2))"
#define DAY_US (24 * 3600 * (gint64)G_USEC_PER_SEC)

static OsyPrintJob *
read_job (const OsyDbRows *rows, guint i)
{
  OsyPrintJob *self = osy_print_job_new ();

  self->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  self->printer_id = g_strdup (osy_db_rows_text (rows, i, "printer_id"));
  self->purpose = g_strdup (osy_db_rows_text (rows, i, "purpose"));
  self->subject_type = g_strdup (osy_db_rows_text (rows, i, "subject_type"));
  self->subject_id = g_strdup (osy_db_rows_text (rows, i, "subject_id"));
  self->state = g_strdup (osy_db_rows_text (rows, i, "status"));
  self->attempts = osy_db_rows_int (rows, i, "attempts");
  self->problem = g_strdup (osy_db_rows_text (rows, i, "problem"));
  self->copy = osy_db_rows_int (rows, i, "copy");
  self->created_at = osy_db_rows_time (rows, i, "created_at");
  self->done_at = osy_db_rows_time (rows, i, "done_at");
  self->version = osy_db_rows_int (rows, i, "version");
  return self;
}

/* @rows: (transfer full) (nullable) */
static GPtrArray *
read_jobs (OsyDbRows *rows)
{
  g_autoptr (OsyDbRows) owned = rows;

  if (owned == NULL)
    return NULL;
  GPtrArray *jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_print_job_free);
  for (guint i = 0; i < osy_db_rows_count (owned); i++)
    g_ptr_array_add (jobs, read_job (owned, i));
  return jobs;
}

gboolean
osy_printing_store_insert_job (OsyDbTx *tx,
                               const OsyPrintJob *job,
                               const OsyPrintJobExtra *extra,
                               gboolean *inserted,
                               GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (
      tx,
      "INSERT INTO print_job (restaurant_id, id, printer_id, purpose, subject_type, subject_id, "
      "dedupe_key, status, attempts, copy, doubtful, actor, content_enc, created_at, next_at, "
      "version) VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7, 0, $8::int, "
      "false, $9, $10, $11, $11, 1) ON CONFLICT (restaurant_id, dedupe_key) DO NOTHING",
      OSY_PARAMS (OSY_P_TEXT (job->id), OSY_P_TEXT (job->printer_id), OSY_P_TEXT (job->purpose),
                  OSY_P_TEXT (job->subject_type), OSY_P_TEXT (job->subject_id),
                  OSY_P_TEXT (extra->dedupe_key), OSY_P_TEXT (job->state), OSY_P_INT (job->copy),
                  OSY_P_TEXT (extra->actor), OSY_P_BYTES (extra->content),
                  OSY_P_TIME (job->created_at)),
      &affected, error);

  *inserted = affected == 1;
  return ok;
}

gint64
osy_printing_store_copies (OsyDbTx *tx, const OsyPrintJob *job, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT coalesce(max(copy), 0) AS copies FROM print_job WHERE " HERE
                    " AND subject_type = $1 AND subject_id = $2 AND purpose = $3",
                    OSY_PARAMS (OSY_P_TEXT (job->subject_type), OSY_P_TEXT (job->subject_id),
                                OSY_P_TEXT (job->purpose)),
                    error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "copies") : -1;
}

GPtrArray *
osy_printing_store_jobs (OsyDbTx *tx, const OsyPrintJobQuery *query, GError **error)
{
  return read_jobs (osy_db_query (
      tx,
      "SELECT " JOB " FROM print_job WHERE " HERE " AND ($1::text IS NULL OR status = $1) "
      "AND ($2::uuid IS NULL OR id = $2::uuid) AND ($3::text[] IS NULL OR id = ANY ($3::uuid[])) "
      "AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid)) "
      "ORDER BY created_at DESC, id DESC LIMIT $6",
      OSY_PARAMS (OSY_P_TEXT (query->state), OSY_P_TEXT (query->id),
                  query->ids != NULL ? OSY_P_TEXTS (query->ids) : OSY_P_NULL,
                  OSY_P_TIME (query->before_at), OSY_P_TEXT (query->before_id),
                  OSY_P_INT (query->limit)),
      error));
}

gboolean
osy_printing_store_next (OsyDbTx *tx,
                         const char *printer_id,
                         gint64 since,
                         gint64 *at,
                         GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT min(next_at) AS at FROM print_job WHERE " READY,
                    OSY_PARAMS (OSY_P_TEXT (printer_id), OSY_P_TIME (since)), error);

  if (rows == NULL)
    return FALSE;
  *at = osy_db_rows_time (rows, 0, "at");
  return TRUE;
}

void
osy_print_claim_free (OsyPrintClaim *self)
{
  osy_print_job_free (self->job);
  g_free (self->actor);
  g_free (self->rerouted_from);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

gboolean
osy_printing_store_claim (OsyDbTx *tx,
                          const char *printer_id,
                          gint64 since,
                          OsyPrintClaim **ret,
                          GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE print_job j SET status = 'PRINTING', attempts = attempts + 1, next_at = $3, "
      "version = version + 1 WHERE j.restaurant_id = app_restaurant() AND j.id = ("
      " SELECT id FROM print_job WHERE " READY " AND next_at <= $3 "
      " ORDER BY created_at, id LIMIT 1 FOR UPDATE) "
      "RETURNING " JOB ", actor, doubtful, content_enc, (SELECT name FROM printer p "
      " WHERE p.restaurant_id = j.restaurant_id AND p.id = j.rerouted_from) AS rerouted_from",
      OSY_PARAMS (OSY_P_TEXT (printer_id), OSY_P_TIME (since), OSY_P_TIME (osy_clock_now ())),
      error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  OsyPrintClaim *claim = g_new0 (OsyPrintClaim, 1);
  claim->job = read_job (rows, 0);
  claim->actor = g_strdup (osy_db_rows_text (rows, 0, "actor"));
  claim->rerouted_from = g_strdup (osy_db_rows_text (rows, 0, "rerouted_from"));
  claim->doubtful = osy_db_rows_bool (rows, 0, "doubtful");
  claim->content = osy_db_rows_bytes (rows, 0, "content_enc");
  *ret = claim;
  return TRUE;
}

/* What a slip said is forgotten once it is on paper, or nobody wants it. */
GPtrArray *
osy_printing_store_change (OsyDbTx *tx,
                           const char *id,
                           const char *states,
                           const OsyPrintJobChange *change,
                           GError **error)
{
  return read_jobs (osy_db_query (
      tx,
      "UPDATE print_job SET status = $3, problem = $4, "
      "rerouted_from = CASE WHEN $5::uuid <> printer_id THEN printer_id ELSE rerouted_from END, "
      "printer_id = coalesce($5::uuid, printer_id), doubtful = doubtful OR $6, "
      "attempts = CASE WHEN $5::uuid IS NOT NULL THEN 0 ELSE attempts + $7::int END, "
      "next_at = coalesce($8, next_at), version = version + 1, "
      "done_at = CASE WHEN $3 IN ('DONE', 'DISMISSED') THEN $9::timestamptz END, "
      "content_enc = CASE WHEN $3 NOT IN ('DONE', 'DISMISSED') THEN content_enc END "
      "WHERE " HERE " AND id = $1::uuid AND status = ANY (string_to_array($2, ',')) "
      "RETURNING " JOB,
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (states), OSY_P_TEXT (change->state),
                  OSY_P_TEXT (change->problem), OSY_P_TEXT (change->printer_id),
                  OSY_P_BOOL (change->doubtful), OSY_P_INT (change->counts ? 1 : 0),
                  OSY_P_TIME (change->next_at), OSY_P_TIME (osy_clock_now ())),
      error));
}

GPtrArray *
osy_printing_store_waiting (OsyDbTx *tx, const char *printer_id, gboolean queued, GError **error)
{
  return read_jobs (osy_db_query (
      tx,
      "SELECT " JOB " FROM print_job WHERE " HERE " AND printer_id = $1::uuid AND (status = "
      "'QUEUED' OR (NOT $2 AND status IN ('PRINTING', 'FAILED'))) "
      "ORDER BY created_at, id LIMIT 500 FOR UPDATE",
      OSY_PARAMS (OSY_P_TEXT (printer_id), OSY_P_BOOL (queued)), error));
}

gboolean
osy_printing_store_recover (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE print_job SET status = 'QUEUED', doubtful = true, "
                      "version = version + 1 WHERE " HERE " AND status = 'PRINTING'",
                      OSY_NO_PARAMS, NULL, error);
}

gboolean
osy_printing_store_expire (OsyDbTx *tx, const char *printer_id, gint64 before, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE print_job SET status = 'QUEUED', doubtful = true, "
                      "version = version + 1 WHERE " HERE " AND printer_id = $1::uuid "
                      "AND status = 'PRINTING' AND next_at < $2",
                      OSY_PARAMS (OSY_P_TEXT (printer_id), OSY_P_TIME (before)), NULL, error);
}

gboolean
osy_printing_store_sweep (OsyDbTx *tx, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM print_job WHERE " HERE " AND (created_at < $2 "
                      "OR (status IN ('DONE', 'DISMISSED') AND created_at < $1))",
                      OSY_PARAMS (OSY_P_TIME (now - 7 * DAY_US), OSY_P_TIME (now - 30 * DAY_US)),
                      NULL, error);
}
