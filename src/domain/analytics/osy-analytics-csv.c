/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One part of the figures as CSV (RFC 4180): the members of the API are the columns. */

#include "osy-analytics-csv.h"

#include <string.h>

#include "osy-analytics-query.h"
#include "osy-analytics-room.h"
#include "osy-api.h"
#include "osy-audit-csv.h"
#include "osy-shop-service.h"

#define MAX_COLUMNS 6

static const struct {
  const char *name;
  const char *columns[MAX_COLUMNS]; /* up to a NULL; none: a line for each member */
} parts[] = {
    {"totals", {NULL}},
    {"hours", {"hour", "sales", "orders", "against_sales", "against_orders", NULL}},
    {"days", {"day", "sales", "orders", "guests", NULL}},
    {"against_days", {"day", "sales", "orders", "guests", NULL}},
    {"channels", {"channel", "sales", "orders", "fee", NULL}},
    {"types", {"type", "sales", "orders", NULL}},
    {"tenders", {"tender", "amount", "count", NULL}},
    {"items", {"item_id", "name", "quantity", "sales", NULL}},
    {"heat", {"weekday", "hour", "sales", "orders", "days", NULL}},
    {"options", {"option_id", "name", "item_id", "count", "of", NULL}},
    {"sold_out", {"item_id", "name", "minutes", NULL}},
    {"prep", {"from_seconds", "orders", NULL}},
};

typedef struct {
  OsyHttpRequest *http;
  OsyAnalyticsSpan span;
  gsize part;
  GBytes *file; /* nullable */
} Export;

static void
export_free (Export *self)
{
  osy_http_request_unref (self->http);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
add_cell (GString *text, JsonNode *value)
{
  if (json_node_get_value_type (value) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (value));
  else
    osy_audit_csv_cell (text, json_node_get_string (value));
}

static void
add_members (GString *text, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  g_string_append (text, "figure,value\r\n");
  for (GList *at = names; at != NULL; at = at->next) {
    g_string_append_printf (text, "%s,", (const char *)at->data);
    add_cell (text, json_object_get_member (object, at->data));
    g_string_append (text, "\r\n");
  }
}

static void
add_table (GString *text, JsonArray *array, const char *const *columns)
{
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", columns[i]);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    for (guint j = 0; columns[j] != NULL; j++) {
      g_string_append (text, j > 0 ? "," : "\r\n");
      add_cell (text, json_object_get_member (object, columns[j]));
    }
  }
  g_string_append (text, "\r\n");
}

static gboolean
export_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Export *self = data;
  const char *name = parts[self->part].name;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  g_autoptr (JsonNode) view =
      shop != NULL ? osy_analytics_view (tx, shop, &self->span, error) : NULL;

  if (view == NULL)
    return FALSE;
  /* The mark by which spreadsheets know UTF-8. */
  GString *text = g_string_new ("\xef\xbb\xbf");
  JsonNode *part = json_object_get_member (json_node_get_object (view), name);
  if (JSON_NODE_HOLDS_OBJECT (part))
    add_members (text, json_node_get_object (part));
  else
    add_table (text, json_node_get_array (part), parts[self->part].columns);
  g_clear_pointer (&self->file, g_bytes_unref);
  self->file = g_string_free_to_bytes (text);
  return TRUE;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (self->http, error);
    return;
  }
  g_autofree char *disposition =
      g_strdup_printf ("attachment; filename=\"%s-%s-%s.csv\"", parts[self->part].name,
                       self->span.from, self->span.to);
  osy_http_reply_add_header (self->http, "Content-Disposition", disposition);
  osy_http_reply_bytes (self->http, 200, "text/csv; charset=utf-8", self->file);
}

static gboolean
read_part (OsyHttpRequest *http, gsize *ret, GError **error)
{
  const char *name = osy_http_request_query (http, "part");

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, name) == 0) {
      *ret = i;
      return TRUE;
    }
  return osy_analytics_query_refuse ("part", "Send a part of the figures, such as days.", error);
}

void
osy_analytics_get_csv (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"part", "from", "to", "against", "until", NULL};
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http)),
                            .read_only = TRUE};
  g_autoptr (Export) self = g_new0 (Export, 1);
  g_autoptr (GError) error = NULL;

  self->http = osy_http_request_ref (http);
  if (!osy_api_only_query (http, allowed, &error) || !read_part (http, &self->part, &error) ||
      !osy_analytics_query_span (http, &self->span, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_db_pool_run_async (((OsyAnalyticsRoom *)room)->pool, &scope, export_work, self, NULL, NULL,
                         exported_cb, self);
  g_steal_pointer (&self);
}
