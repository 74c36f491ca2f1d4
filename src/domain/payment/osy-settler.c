/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fetches the two lists of a day, one shop after the other: what was moved, what is paid out. */

#include "osy-settler.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-fetch.h"
#include "osy-toss.h"

#define LOOK_S 3600
#define FIRST_LOOK_S 60
#define TIMEOUT_MS 60000
#define ROWS 5000 /* the service's own limit: far more than a shop sells in a day */

struct _OsySettler {
  gatomicrefcount refs;
  OsyDbPool *pool;
  OsyKeyring *ring;
  char *base_url;
  OsyFetch *fetch;
  GCancellable *ended;
  guint timer;
};

/* One day of one shop on its way. */
typedef struct {
  OsySettler *settler;
  OsySettlementDay *day;
  OsySettled func; /* nullable */
  gpointer user_data;
} Job;

OsySettler *
osy_settler_new (OsyDbPool *pool, OsyKeyring *ring, const char *base_url)
{
  OsySettler *self = g_new0 (OsySettler, 1);

  g_atomic_ref_count_init (&self->refs);
  self->pool = g_object_ref (pool);
  self->ring = g_object_ref (ring);
  self->base_url = g_strdup (base_url);
  self->fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, TIMEOUT_MS);
  self->ended = g_cancellable_new ();
  return self;
}

void
osy_settler_free (OsySettler *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_object_unref (self->pool);
  g_object_unref (self->ring);
  g_object_unref (self->fetch);
  g_object_unref (self->ended);
  g_free (self->base_url);
  g_free (self);
}

static void
end_job (Job *job, const GError *error)
{
  /* Who asked for it is told himself. */
  if (error != NULL && job->func == NULL)
    g_warning ("the payment service's book of %s could not be taken in: %s",
               job->day->day != NULL ? job->day->day : "a day", error->message);
  else if (error == NULL && job->day->n_findings > 0)
    g_warning ("%" G_GINT64_FORMAT " payments of %s are in one book alone", job->day->n_findings,
               job->day->day);
  if (job->func != NULL)
    job->func (error, job->user_data);
  osy_settlement_day_free (job->day);
  osy_settler_free (job->settler);
  g_free (job);
}

static void
run (Job *job, OsyDbFunc func, GAsyncReadyCallback callback)
{
  const OsyDbScope scope = {.restaurant_id = job->day->restaurant_id};

  osy_db_pool_run_async (job->settler->pool, &scope, func, job->day, NULL, NULL, callback, job);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  end_job (data, error);
}

/* (transfer full) (nullable): NULL with UNAVAILABLE. */
static GBytes *
take_answer (GObject *source, GAsyncResult *result, GError **error)
{
  g_autoptr (GBytes) body = NULL;
  guint status = osy_fetch_finish (OSY_FETCH (source), result, &body, error);

  if (status == 200)
    return g_steal_pointer (&body);
  g_clear_error (error);
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "The payment service answered its list with %u.", status);
  return NULL;
}

static void
ask (Job *job, const char *path, GAsyncReadyCallback callback)
{
  g_autofree char *url = g_strconcat (job->settler->base_url, path, NULL);
  g_autofree char *authorization = osy_toss_authorization (job->day->secret);
  const char *headers[] = {"Authorization", authorization, "Accept", "application/json", NULL};
  const OsyFetchRequest request = {.method = "GET", .url = url, .headers = headers};

  osy_fetch_async (job->settler->fetch, &request, job->settler->ended, callback, job);
  osy_wipe (authorization, strlen (authorization));
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->day->settled = take_answer (source, result, &error);
  if (error != NULL)
    end_job (job, error);
  else
    run (job, osy_settlement_apply, applied_cb);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  job->day->moved = take_answer (source, result, &error);
  if (error != NULL) {
    end_job (job, error);
    return;
  }
  g_autofree char *path =
      g_strdup_printf ("/v1/settlements?startDate=%s&endDate=%s&dateType=soldDate&page=1&size=%d",
                       job->day->since, job->day->day, ROWS);
  ask (job, path, settled_cb);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) &&
      (job->day->day == NULL || job->day->secret == NULL))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_PAYMENT_METHOD_UNAVAILABLE,
                                 "There is no contract with the payment service, or no such day.");
  if (error != NULL) {
    end_job (job, error);
    return;
  }
  g_autofree char *path =
      g_strdup_printf ("/v1/transactions?startDate=%sT00:00:00&endDate=%sT23:59:59&limit=%d",
                       job->day->day, job->day->day, ROWS);
  ask (job, path, moved_cb);
}

void
osy_settler_fetch (OsySettler *self,
                   const char *restaurant_id,
                   const char *day,
                   OsySettled func,
                   gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_inc (&self->refs);
  job->settler = self;
  job->day = g_new0 (OsySettlementDay, 1);
  job->day->ring = self->ring;
  job->day->restaurant_id = g_strdup (restaurant_id);
  job->day->day = g_strdup (day);
  job->func = func;
  job->user_data = user_data;
  run (job, osy_settlement_find, found_cb);
}

/* ---- every day ---- */

typedef struct {
  OsySettler *settler;
  OsyDbRows *shops;
} Look;

static gboolean
find_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  Look *look = data;

  g_clear_pointer (&look->shops, osy_db_rows_free);
  look->shops =
      osy_db_query (tx,
                    "SELECT id FROM payment_shops_to_reconcile(($1::timestamptz AT TIME ZONE "
                    "'Asia/Seoul')::date) AS id",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
  return look->shops != NULL;
}

static void
shops_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Look *look = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("whose days are to be held against each other cannot be read: %s", error->message);
  for (guint i = 0; error == NULL && i < osy_db_rows_count (look->shops); i++)
    osy_settler_fetch (look->settler, osy_db_rows_text (look->shops, i, "id"), NULL, NULL, NULL);
  g_clear_pointer (&look->shops, osy_db_rows_free);
  osy_settler_free (look->settler);
  g_free (look);
}

static gboolean
look_cb (gpointer data)
{
  static const OsyDbScope nobody = {NULL};
  OsySettler *self = data;
  Look *look = g_new0 (Look, 1);

  g_atomic_ref_count_inc (&self->refs);
  look->settler = self;
  osy_db_pool_run_async (self->pool, &nobody, find_shops, look, NULL, NULL, shops_cb, look);
  self->timer = g_timeout_add_seconds (LOOK_S, look_cb, self);
  return G_SOURCE_REMOVE;
}

void
osy_settler_start (OsySettler *self)
{
  self->timer = g_timeout_add_seconds (FIRST_LOOK_S, look_cb, self);
}

void
osy_settler_stop (OsySettler *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->ended);
}
