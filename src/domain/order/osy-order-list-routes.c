/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET /restaurants/me/orders: a page of orders, newest first, by cursor. */

#include <string.h>

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-order-room.h"
#include "osy-order-service.h"
#include "osy-json.h"

typedef struct {
  OsyOrderRoom *room;
  OsyOrderQuery query;
  char **statuses;
  char *phone; /* nullable: digits looked for as a phone number */
  char *before_id;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_clear_pointer (&list->query.statuses, g_ptr_array_unref);
  g_clear_pointer (&list->query.phone_bidx, g_bytes_unref);
  g_strfreev (list->statuses);
  g_free (list->phone);
  g_free (list->before_id);
  g_free (list);
}

/* "created|id", so that the next page begins where this one ended whatever arrived meanwhile. */
static char *
cursor_of (const OsyOrderData *order)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", order->created_at, order->id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (List *list, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &list->query.before_created, NULL))
    return FALSE;
  list->before_id = g_strdup (parts[1]);
  list->query.before_id = list->before_id;
  return TRUE;
}

static gboolean
bad_query (const char *name, const char *detail, GError **error)
{
  g_autofree char *pointer = g_strconcat ("?", name, NULL);
  g_autoptr (GError) refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: %s", name, detail);

  osy_error_add_field (refusal, pointer, "INVALID", detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
read_statuses (List *list, const char *text, GError **error)
{
  if (text == NULL)
    return TRUE;
  list->statuses = g_strsplit (text, ",", 16);
  list->query.statuses = g_ptr_array_new ();
  for (guint i = 0; list->statuses[i] != NULL; i++) {
    if (!osy_state_table_has_state (&osy_order_states, list->statuses[i]))
      return bad_query ("status", "Send states of an order, separated by commas.", error);
    g_ptr_array_add (list->query.statuses, list->statuses[i]);
  }
  return TRUE;
}

static gboolean
read_search (List *list, const char *text, GError **error)
{
  gsize digits = 0;

  if (text == NULL)
    return TRUE;
  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isdigit (*p) && strchr ("+- ", *p) == NULL)
      return bad_query ("q", "Search by order number or by phone number.", error);
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  }
  if (digits == 0 || digits > 15)
    return bad_query ("q", "Search by order number or by phone number.", error);
  list->phone = g_strdup (text);
  /* A number out of reach finds nothing, so that only the phone counts. */
  list->query.number = digits <= 6 ? g_ascii_strtoll (text, NULL, 10) : 0;
  return TRUE;
}

static gboolean
read_query (List *list, OsyHttpRequest *http, GError **error)
{
  static const char *const allowed[] = {"status", "from", "to", "q", "cursor", "limit", NULL};
  const char *from = osy_http_request_query (http, "from");
  const char *to = osy_http_request_query (http, "to");
  const char *cursor = osy_http_request_query (http, "cursor");

  if (!osy_api_only_query (http, allowed, error) ||
      !osy_api_limit (http, 100, 50, &list->query.limit, error))
    return FALSE;
  if (from != NULL && !osy_clock_parse (from, &list->query.from))
    return bad_query ("from", "Send a time such as 2026-11-21T00:00:00Z.", error);
  if (to != NULL && !osy_clock_parse (to, &list->query.to))
    return bad_query ("to", "Send a time such as 2026-11-21T00:00:00Z.", error);
  if (cursor != NULL && !read_cursor (list, cursor))
    return bad_query ("cursor", "Send next_cursor as it was given.", error);
  return read_statuses (list, osy_http_request_query (http, "status"), error) &&
         read_search (list, osy_http_request_query (http, "q"), error);
}

static gboolean
read_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  List *list = data;
  OsyOrderQuery query = list->query;

  query.limit++; /* one more tells whether there is a next page */
  if (list->phone != NULL && list->query.phone_bidx == NULL)
    list->query.phone_bidx = query.phone_bidx =
        osy_order_cells_phone_index (list->room->ring, osy_db_tx_restaurant (tx), list->phone);
  g_autoptr (GPtrArray) orders = osy_order_service_list (tx, list->room->ring, call, &query, error);
  if (orders == NULL)
    return FALSE;

  gboolean more = orders->len > list->query.limit;
  guint n = more ? (guint)list->query.limit : orders->len;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (array, osy_order_to_json (g_ptr_array_index (orders, i)));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "orders", array);
  if (more) {
    g_autofree char *cursor = cursor_of (osy_order_data (g_ptr_array_index (orders, n - 1)));
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
  g_autoptr (GError) error = NULL;
  List *list = g_new0 (List, 1);

  list->room = room;
  if (!read_query (list, http, &error)) {
    osy_http_reply_error (http, error);
    list_free (list);
    return;
  }
  osy_api_run (http, list->room->pool, NULL, read_list, list, list_free);
}

const OsyRoute osy_order_list_routes[] = {
    {"GET", "/api/v1/restaurants/me/orders", "listOrders", OSY_PERM_ORDER_READ, 0, list_orders},
    {NULL},
};
