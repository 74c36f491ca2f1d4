/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET /restaurants/me/orders: a page of orders, newest first, by cursor. */

#include <string.h>

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-order-find-key.h"
#include "osy-order-room.h"
#include "osy-order-service.h"
#include "osy-json.h"

#define MAX_WORDS 100

typedef struct {
  OsyOrderRoom *room;
  OsyHttpRequest *http; /* owns the texts of the query */
  OsyOrderQuery query;
  char **statuses;
  gint64 amount;
  char *before_id;
  OsyMenu *menu; /* nullable */
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_clear_pointer (&list->query.statuses, g_ptr_array_unref);
  g_strfreev (list->statuses);
  g_free (list->before_id);
  g_clear_object (&list->menu);
  osy_http_request_unref (list->http);
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
is_day (const char *text)
{
  g_autofree char *noon = g_strconcat (text, "T12:00:00Z", NULL);
  gint64 us;

  return strlen (text) == strlen ("2026-11-21") && osy_clock_parse (noon, &us);
}

static gboolean
read_figures (List *list, OsyHttpRequest *http, GError **error)
{
  const char *day = osy_http_request_query (http, "day");
  const char *number = osy_http_request_query (http, "number");
  const char *amount = osy_http_request_query (http, "amount");

  if (day != NULL && !is_day (day))
    return bad_query ("day", "Send a day such as 2026-11-21.", error);
  if (number != NULL &&
      !g_ascii_string_to_signed (number, 10, 1, G_MAXINT32, &list->query.number, NULL))
    return bad_query ("number", "Send the number of an order.", error);
  if (amount != NULL && !osy_order_find_read_won (amount, &list->amount))
    return bad_query ("amount", "Send an amount in won, such as 12000 or 12,000.", error);
  list->query.day = day;
  list->query.amount = amount ? &list->amount : NULL;
  return TRUE;
}

static gboolean
read_words (List *list, OsyHttpRequest *http, GError **error)
{
  const struct {
    const char *name;
    const char **ret;
  } words[] = {{"phone", &list->query.phone}, {"item", &list->query.item}, {"q", &list->query.q}};

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    const char *text = osy_http_request_query (http, words[i].name);
    if (text != NULL && (*text == '\0' || g_utf8_strlen (text, -1) > MAX_WORDS))
      return bad_query (words[i].name, "Send 1 to 100 characters.", error);
    *words[i].ret = text;
  }
  return TRUE;
}

static gboolean
read_query (List *list, OsyHttpRequest *http, GError **error)
{
  static const char *const allowed[] = {"status", "from", "to", "day",    "number", "amount",
                                        "phone",  "item", "q",  "cursor", "limit",  NULL};
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
         read_figures (list, http, error) && read_words (list, http, error);
}

static gboolean
read_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  List *list = data;
  OsyOrderQuery query = list->query;

  query.limit++; /* one more tells whether there is a next page */
  query.menu = list->menu;
  g_autoptr (GPtrArray) orders = osy_order_service_list (tx, list->room->ring, call, &query, error);
  if (orders == NULL)
    return FALSE;

  gboolean more = orders->len > list->query.limit;
  guint n = more ? (guint)list->query.limit : orders->len;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < n; i++)
    json_array_add_element (array, osy_order_to_masked_json (g_ptr_array_index (orders, i)));
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

/* Items are looked for by the names they have now and by those they were sold under. */
static void
menu_loaded (OsyMenu *menu, const GError *error, gpointer user_data)
{
  List *list = user_data;

  if (menu == NULL) {
    osy_http_reply_error (list->http, error);
    list_free (list);
    return;
  }
  list->menu = g_object_ref (menu);
  osy_api_run (list->http, list->room->pool, NULL, read_list, list, list_free);
}

static void
list_orders (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  List *list = g_new0 (List, 1);

  list->room = room;
  list->http = osy_http_request_ref (http);
  if (!read_query (list, http, &error)) {
    osy_http_reply_error (http, error);
    list_free (list);
    return;
  }
  if (list->query.item == NULL && list->query.q == NULL) {
    osy_api_run (http, list->room->pool, NULL, read_list, list, list_free);
    return;
  }
  osy_menu_cache_get_async (list->room->menus,
                            osy_principal_restaurant_id (osy_http_request_principal (http)),
                            menu_loaded, list);
}

const OsyRoute osy_order_list_routes[] = {
    {"GET", "/api/v1/restaurants/me/orders", "listOrders", OSY_PERM_ORDER_READ, 0, list_orders},
    {NULL},
};
