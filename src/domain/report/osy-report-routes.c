/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of reports: facts on a worker, the drawing on a thread of its own, for it takes no rows. */

#include <string.h>

#include "osy-analytics-query.h"
#include "osy-api.h"
#include "osy-report-load.h"
#include "osy-report-paper.h"
#include "osy-report-room.h"
#include "osy-report-setup.h"

/** A report that somebody asked for. */
typedef struct {
  OsyReportRoom *room;
  OsyHttpRequest *http; /* main thread alone */
  OsyReportKind kind;
  char day[11];
  const char *language; /* (nullable): the shop's own */
  OsyReport *report;    /* nullable */
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  osy_http_request_unref (ask->http);
  g_clear_pointer (&ask->report, osy_report_free);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Ask *ask = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = g_task_propagate_pointer (G_TASK (result), &error);

  if (pdf == NULL) {
    osy_http_reply_error (ask->http, error);
    return;
  }
  g_autofree char *monday = osy_report_monday (ask->day);
  g_autofree char *name =
      osy_report_file_name (ask->kind, ask->kind == OSY_REPORT_WEEKLY ? monday : ask->day);
  g_autofree char *disposition = g_strdup_printf ("inline; filename=\"%s\"", name);
  osy_http_reply_add_header (ask->http, "Content-Disposition", disposition);
  osy_http_reply_add_header (ask->http, "Cache-Control", "no-store");
  osy_http_reply_bytes (ask->http, 200, "application/pdf", pdf);
}

static void
draw_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Ask *ask = data;
  GError *error = NULL;
  GBytes *pdf = osy_report_paper_draw (ask->report, &error);

  if (pdf != NULL)
    g_task_return_pointer (task, pdf, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
load_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Ask *ask = data;
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);

  if (setup == NULL)
    return FALSE;
  const char *language = ask->language != NULL ? ask->language : setup->language;
  g_clear_pointer (&ask->report, osy_report_free);
  ask->report = osy_report_load (tx, ask->room->ring, ask->kind, ask->day, language, error);
  return ask->report != NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (ask->http, error);
    return;
  }
  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&ask), ask_free);
  g_task_run_in_thread (task, draw_thread);
}

static gboolean
read_language (OsyHttpRequest *http, const char **ret, GError **error)
{
  const char *language = osy_http_request_query (http, "language");

  *ret = NULL;
  for (guint i = 0; language != NULL && osy_report_languages[i] != NULL; i++)
    if (strcmp (osy_report_languages[i], language) == 0) {
      *ret = osy_report_languages[i];
      return TRUE;
    }
  return language == NULL || osy_analytics_query_refuse ("language", "Send ko or en.", error);
}

static void
get_report (OsyHttpRequest *http, OsyReportRoom *room, OsyReportKind kind)
{
  static const char *const names[] = {"day", "week"};
  const char *const allowed[] = {names[kind], "language", NULL};
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http)),
                            .read_only = TRUE};
  g_autoptr (Ask) ask = g_new0 (Ask, 1);
  g_autoptr (GError) error = NULL;

  ask->room = room;
  ask->http = osy_http_request_ref (http);
  ask->kind = kind;
  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_analytics_query_day (http, names[kind], ask->day, &error) ||
      !read_language (http, &ask->language, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_db_pool_run_async (room->pool, &scope, load_work, ask, NULL, NULL, loaded_cb, ask);
  g_steal_pointer (&ask);
}

static void
get_daily (OsyHttpRequest *http, gpointer room)
{
  get_report (http, room, OSY_REPORT_DAILY);
}

static void
get_weekly (OsyHttpRequest *http, gpointer room)
{
  get_report (http, room, OSY_REPORT_WEEKLY);
}

#define REPORTS "/api/v1/restaurants/me/reports"
const OsyRoute osy_report_routes[] = {
    {"GET", REPORTS "/daily", "getDailyReport", OSY_PERM_SALES_READ, 0, get_daily},
    {"GET", REPORTS "/weekly", "getWeeklyReport", OSY_PERM_SALES_READ, 0, get_weekly},
    {NULL},
};
