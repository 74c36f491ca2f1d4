/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the figures, and of the orders behind a mark of a chart. */

#include <string.h>

#include "osy-analytics-csv.h"
#include "osy-analytics-query.h"
#include "osy-analytics-room.h"
#include "osy-analytics-xlsx.h"
#include "osy-api.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-store.h"
#include "osy-shop-service.h"

typedef struct {
  OsyAnalyticsRoom *room;
  OsyHttpRequest *http; /* owns the texts of the query */
  OsyAnalyticsSpan span;
  OsyAnalyticsQuery query;
  char *before_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  osy_http_request_unref (work->http);
  g_free (work->before_id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static Work *
work_new (OsyHttpRequest *http, gpointer room)
{
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->http = osy_http_request_ref (http);
  return work;
}

/* ---- all figures ---- */

static gboolean
view_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop != NULL)
    reply->body = osy_analytics_view (tx, shop, &work->span, error);
  return reply->body != NULL;
}

static void
get_analytics (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from", "to", "against", "until", NULL};
  OsyDbPool *pool = ((OsyAnalyticsRoom *)room)->pool;
  g_autoptr (Work) work = work_new (http, room);
  g_autoptr (GError) error = NULL;

  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_analytics_query_span (http, &work->span, &error))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, pool, NULL, view_work, g_steal_pointer (&work), work_free);
}

/* ---- the orders behind a mark ---- */

/* "created|id", so that the next page begins where this one ended whatever arrived meanwhile. */
static char *
cursor_of (const OsyDbRows *rows, guint i)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT "|%s", osy_db_rows_time (rows, i, "created_at"),
                       osy_db_rows_text (rows, i, "id"));

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (Work *work, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64 / 2, &work->query.before_created,
                                 NULL))
    return FALSE;
  work->before_id = g_strdup (parts[1]);
  work->query.before_id = work->before_id;
  return TRUE;
}

static gboolean
read_number (Work *work, const char *name, gint64 max, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_query (work->http, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, *ret + 1, max, ret, NULL))
    return TRUE;
  return osy_analytics_query_refuse (name, "Send a number that a mark has.", error);
}

static gboolean
read_filter (Work *work, GError **error)
{
  OsyAnalyticsQuery *query = &work->query;
  const char *cursor = osy_http_request_query (work->http, "cursor");

  query->hour = -1;
  query->channel = osy_http_request_query (work->http, "channel");
  query->type = osy_http_request_query (work->http, "type");
  query->item_id = osy_http_request_query (work->http, "item_id");
  query->tender = osy_http_request_query (work->http, "tender");
  if (!osy_api_limit (work->http, 100, 50, &query->limit, error) ||
      !read_number (work, "hour", 23, &query->hour, error) ||
      !read_number (work, "weekday", 7, &query->weekday, error))
    return FALSE;
  if (query->item_id != NULL && !osy_id_is_valid (query->item_id))
    return osy_analytics_query_refuse ("item_id", "Send the id of an item.", error);
  if (cursor != NULL && !read_cursor (work, cursor))
    return osy_analytics_query_refuse ("cursor", "Send next_cursor as it was given.", error);
  return TRUE;
}

/* The orders of @rows in their order. */
static JsonArray *
load_orders (OsyDbTx *tx, OsyKeyring *ring, const OsyDbRows *rows, guint n, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer)osy_db_rows_text (rows, i, "id"));
  g_autoptr (GPtrArray) orders = osy_order_store_load (tx, ring, ids, error);
  if (orders == NULL)
    return NULL;
  for (guint i = 0; i < orders->len; i++)
    g_hash_table_insert (by_id, osy_order_data (orders->pdata[i])->id, orders->pdata[i]);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < n; i++) {
    OsyOrder *order = g_hash_table_lookup (by_id, ids->pdata[i]);
    if (order != NULL)
      json_array_add_element (array, osy_order_to_masked_json (order));
  }
  return array;
}

static gboolean
orders_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  OsyAnalyticsQuery query = work->query;

  if (shop == NULL)
    return FALSE;
  query.range = osy_analytics_range (shop, &work->span);
  query.limit++; /* one more tells whether there is a next page */
  g_autoptr (OsyDbRows) rows = osy_analytics_store_orders (tx, &query, error);
  if (rows == NULL)
    return FALSE;
  guint n = MIN (osy_db_rows_count (rows), (guint)work->query.limit);
  JsonArray *orders = load_orders (tx, work->room->ring, rows, n, error);
  if (orders == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "orders", orders);
  if (osy_db_rows_count (rows) > n) {
    g_autofree char *cursor = cursor_of (rows, n - 1);
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
list_orders (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from", "to",      "until",  "hour",   "weekday", "channel",
                                        "type", "item_id", "tender", "cursor", "limit",   NULL};
  OsyDbPool *pool = ((OsyAnalyticsRoom *)room)->pool;
  g_autoptr (Work) work = work_new (http, room);
  g_autoptr (GError) error = NULL;

  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_analytics_query_span (http, &work->span, &error) || !read_filter (work, &error))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, pool, NULL, orders_work, g_steal_pointer (&work), work_free);
}

#define ANALYTICS "/api/v1/restaurants/me/analytics"
const OsyRoute osy_analytics_routes[] = {
    {"GET", ANALYTICS, "getAnalytics", OSY_PERM_SALES_READ, 0, get_analytics},
    {"GET", ANALYTICS "/csv", "exportAnalytics", OSY_PERM_SALES_READ, 0, osy_analytics_get_csv},
    {"GET", ANALYTICS "/xlsx", "exportAnalyticsBook", OSY_PERM_SALES_READ, 0,
     osy_analytics_get_xlsx},
    {"GET", ANALYTICS "/orders", "listAnalyticsOrders", OSY_PERM_SALES_READ, 0, list_orders},
    {NULL},
};
