/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of when reports are made, of those that were, and of making one now. */

#include "osy-analytics-query.h"
#include "osy-api.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-report-desk.h"
#include "osy-report-store.h"
#include "osy-shop-service.h"

typedef struct {
  OsyReportRoom *room;
  JsonNode *body; /* nullable */
  gint64 if_version;
  gint64 limit;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
run (OsyHttpRequest *http, OsyReportRoom *room, gboolean with_body, OsyApiFunc func)
{
  static const char *const allowed[] = {"limit", NULL};
  static const char *const none[] = {NULL};
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->room = room;
  if (osy_api_only_query (http, with_body ? none : allowed, &error) &&
      osy_api_limit (http, 100, 30, &work->limit, &error) && with_body &&
      osy_api_if_match (http, &work->if_version, &error))
    work->body = osy_http_request_json (http, &error);
  if (error != NULL) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_api_run (http, room->pool, NULL, func, g_steal_pointer (&work), work_free);
}

/* ---- set-up ---- */

static gboolean
setup_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyReportSetup) setup =
      work->body != NULL
          ? osy_report_setup_save (tx, work->room->ring, call, work->body, work->if_version, error)
          : osy_report_setup_load (tx, error);

  if (setup == NULL)
    return FALSE;
  if (work->body != NULL)
    osy_report_desk_wake_after (tx, work->room);
  reply->body = osy_report_setup_to_json (tx, work->room->ring, setup, error);
  reply->version = setup->version;
  return reply->body != NULL;
}

static void
get_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, setup_work);
}

static void
put_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, setup_work);
}

/* ---- those that were made ---- */

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;

  reply->body = osy_report_store_list (tx, NULL, work->limit, error);
  return reply->body != NULL;
}

static void
list_reports (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, list_work);
}

/* ---- one now ---- */

/** What somebody wants to have made. */
typedef struct {
  OsyReportKind kind;
  char *day;
} Wish;

static gboolean
read_wish (JsonNode *body, Wish *wish, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *kind = osy_json_reader_enum (reader, "kind", osy_report_kinds, NULL);
  const char *day = osy_json_reader_string (reader, "day", 10, 10);

  if (day != NULL && !osy_analytics_query_is_day (day))
    osy_json_reader_fault (reader, "day", "FORMAT", "A day is YYYY-MM-DD.");
  if (!osy_json_reader_finish (reader, error))
    return FALSE;
  wish->kind = g_str_equal (kind, osy_report_kinds[OSY_REPORT_WEEKLY]) ? OSY_REPORT_WEEKLY
                                                                       : OSY_REPORT_DAILY;
  wish->day = wish->kind == OSY_REPORT_WEEKLY ? osy_report_monday (day) : g_strdup (day);
  return TRUE;
}

/* The one that goes out by itself would not go out any more, and this one would not be whole. */
static gboolean
check_over (OsyDbTx *tx, const Wish *wish, GError **error)
{
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop == NULL)
    return FALSE;
  g_autofree char *today = osy_shop_business_day (shop, osy_clock_now ());
  g_autofree char *after = osy_report_day_after (wish->day, osy_report_plan_step (wish->kind));
  if (g_strcmp0 (after, today) <= 0)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT, "These days are not over yet.");
  return FALSE;
}

static gboolean
make_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  Wish wish = {OSY_REPORT_DAILY, NULL};
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);

  if (setup == NULL || !read_wish (work->body, &wish, error))
    return FALSE;
  g_autofree char *day = wish.day;
  g_autofree char *id = check_over (tx, &wish, error)
                            ? osy_report_store_make (tx, setup, wish.kind, day, error)
                            : NULL;
  g_autoptr (JsonNode) list = id != NULL ? osy_report_store_list (tx, id, 1, error) : NULL;
  if (list == NULL)
    return FALSE;
  JsonArray *made = json_object_get_array_member (json_node_get_object (list), "reports");
  reply->status = 202;
  reply->body = json_node_copy (json_array_get_element (made, 0));
  osy_report_desk_wake_after (tx, work->room);
  return TRUE;
}

static void
make_report (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, make_work);
}

#define REPORTS "/api/v1/restaurants/me/reports"
#define SETUP "/api/v1/restaurants/me/report-setup"
const OsyRoute osy_report_setup_routes[] = {
    {"GET", REPORTS, "listReports", OSY_PERM_SALES_READ, 0, list_reports},
    {"POST", REPORTS, "makeReport", OSY_PERM_SHOP_MANAGE, 0, make_report},
    {"GET", SETUP, "getReportSetup", OSY_PERM_SHOP_MANAGE, 0, get_setup},
    {"PUT", SETUP, "putReportSetup", OSY_PERM_SHOP_MANAGE, 0, put_setup},
    {NULL},
};
