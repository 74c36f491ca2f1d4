/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of what was odd on a day. */

#include <string.h>

#include "osy-analytics-query.h"
#include "osy-analytics-room.h"
#include "osy-api.h"
#include "osy-finding.h"
#include "osy-json.h"
#include "osy-shop-service.h"

#define MAX_SUBJECT 100

typedef struct {
  OsyAnalyticsRoom *room;
  char day[11];
  JsonNode *body; /* owns the verdict's texts */
  OsyJsonReader *reader;
  OsyFindingVerdict verdict;
} Ask;

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_clear_pointer (&ask->reader, osy_json_reader_free);
  g_clear_pointer (&ask->body, json_node_unref);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static gboolean
work_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Ask *ask = data;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop != NULL)
    reply->body = osy_finding_list (tx, ask->room->ring, shop, ask->day, error);
  return reply->body != NULL;
}

static void
list_findings (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"day", NULL};
  OsyDbPool *pool = ((OsyAnalyticsRoom *)room)->pool;
  g_autoptr (Ask) ask = g_new0 (Ask, 1);
  g_autoptr (GError) error = NULL;

  ask->room = room;
  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_analytics_query_day (http, "day", ask->day, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_api_run (http, pool, NULL, work_list, g_steal_pointer (&ask), ask_free);
}

/* ---- useful or not ---- */

static gboolean
work_judge (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Ask *ask = data;

  reply->status = 204;
  return osy_finding_judge (tx, call, &ask->verdict, error);
}

static void
read_verdict (Ask *ask)
{
  OsyJsonReader *reader = ask->reader;
  OsyFindingVerdict *verdict = &ask->verdict;

  verdict->day = osy_json_reader_string (reader, "day", 10, 10);
  if (verdict->day != NULL && !osy_analytics_query_is_day (verdict->day))
    osy_json_reader_fault (reader, "day", "FORMAT", "A day is YYYY-MM-DD.");
  verdict->kind = osy_json_reader_enum (reader, "kind", osy_finding_kinds, NULL);
  verdict->subject = osy_json_reader_string (reader, "subject", 0, MAX_SUBJECT);
  verdict->useful = osy_json_reader_has (reader, "useful")
                        ? (int)osy_json_reader_opt_bool (reader, "useful", FALSE)
                        : -1;
}

static void
judge_finding (OsyHttpRequest *http, gpointer room)
{
  OsyDbPool *pool = ((OsyAnalyticsRoom *)room)->pool;
  g_autoptr (Ask) ask = g_new0 (Ask, 1);
  g_autoptr (GError) error = NULL;

  ask->room = room;
  ask->body = osy_http_request_json (http, &error);
  if (ask->body != NULL) {
    ask->reader = osy_json_reader_new (ask->body);
    read_verdict (ask);
  }
  if (ask->body == NULL || !osy_json_reader_finish (ask->reader, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_api_run (http, pool, NULL, work_judge, g_steal_pointer (&ask), ask_free);
}

#define FINDINGS "/api/v1/restaurants/me/analytics/findings"
const OsyRoute osy_finding_routes[] = {
    {"GET", FINDINGS, "listFindings", OSY_PERM_SALES_READ, 0, list_findings},
    {"PUT", FINDINGS, "judgeFinding", OSY_PERM_SALES_READ, 0, judge_finding},
    {NULL},
};
