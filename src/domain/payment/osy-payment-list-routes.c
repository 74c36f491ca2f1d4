/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET /restaurants/me/payments: a page of payments, newest first, by cursor. */

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"
#include "osy-payment-ask.h"

#define MAX_Q 40

typedef struct {
  OsyPaymentRoom *room;
  OsyHttpRequest *http; /* owns the texts of the query */
  const char *status;
  const char *day;
  const char *check_id;
  const char *q;
  gint64 number; /* of an order, when @q may be one */
  gint64 before;
  char *before_id;
  gint64 limit;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  osy_http_request_unref (list->http);
  g_free (list->before_id);
  g_free (list);
}

/* "created|id", so that the next page begins where this one ended whatever arrived meanwhile. */
static gboolean
read_cursor (List *list, const char *cursor)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;

  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  if (g_strv_length (parts) != 2 || !osy_id_is_valid (parts[1]) ||
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64 / 2, &list->before, NULL))
    return FALSE;
  list->before_id = g_strdup (parts[1]);
  return TRUE;
}

static gboolean
check_query (List *list, GError **error)
{
  if (list->status != NULL && !osy_state_table_has_state (&osy_payment_states, list->status))
    return osy_payment_ask_bad_query ("status", error);
  if (list->day != NULL && !osy_payment_ask_day (list->day))
    return osy_payment_ask_bad_query ("day", error);
  if (list->check_id != NULL && !osy_id_is_valid (list->check_id))
    return osy_payment_ask_bad_query ("check_id", error);
  if (list->q != NULL && (*list->q == '\0' || strlen (list->q) > MAX_Q))
    return osy_payment_ask_bad_query ("q", error);
  if (list->q != NULL && !g_ascii_string_to_signed (list->q, 10, 1, G_MAXINT, &list->number, NULL))
    list->number = 0;
  return TRUE;
}

static gboolean
read_query (List *list, GError **error)
{
  static const char *const names[] = {"status", "day", "check_id", "q", "cursor", "limit", NULL};
  OsyHttpRequest *http = list->http;
  const char *cursor = osy_http_request_query (http, "cursor");

  list->status = osy_http_request_query (http, "status");
  list->day = osy_http_request_query (http, "day");
  list->check_id = osy_http_request_query (http, "check_id");
  list->q = osy_http_request_query (http, "q");
  return osy_api_only_query (http, names, error) &&
         osy_api_limit (http, 100, 20, &list->limit, error) && check_query (list, error) &&
         (cursor == NULL || read_cursor (list, cursor) ||
          osy_payment_ask_bad_query ("cursor", error));
}

/* By the number of an order on its check, or by the approval number. */
static OsyDbRows *
find_page (OsyDbTx *tx, const List *list, GError **error)
{
  g_autoptr (GPtrArray) approvals =
      list->q != NULL ? osy_keyring_blind_indexes (list->room->ring, osy_db_tx_restaurant (tx),
                                                   "payment", "approval_no", list->q)
                      : NULL;

  return osy_db_query (
      tx,
      "SELECT id, created_at FROM payment p WHERE restaurant_id = app_restaurant() "
      "AND ($1::text IS NULL OR status = $1) AND ($2::date IS NULL OR business_day = $2) "
      "AND ($3::uuid IS NULL OR check_id = $3) "
      "AND ($4::bytea[] IS NULL OR approval_no_bidx = ANY ($4) OR EXISTS (SELECT FROM orders o "
      "  WHERE o.restaurant_id = p.restaurant_id AND o.check_id = p.check_id AND o.number = $5)) "
      "AND ($6::timestamptz IS NULL OR (created_at, id) < ($6, $7::uuid)) "
      "ORDER BY created_at DESC, id DESC LIMIT $8",
      OSY_PARAMS (OSY_P_TEXT (list->status), OSY_P_TEXT (list->day), OSY_P_TEXT (list->check_id),
                  approvals != NULL ? OSY_P_BLOBS (approvals) : OSY_P_NULL,
                  OSY_P_INT (list->number), OSY_P_TIME (list->before), OSY_P_TEXT (list->before_id),
                  OSY_P_INT (list->limit + 1)),
      error);
}

static void
add_cursor (JsonObject *body, const OsyPayment *last)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", last->created_at, last->id);
  g_autofree char *cursor = osy_base64url_encode ((const guint8 *)text, strlen (text));

  json_object_set_string_member (body, "next_cursor", cursor);
}

static gboolean
run_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  List *list = data;
  g_autoptr (OsyDbRows) rows = find_page (tx, list, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (rows == NULL)
    return FALSE;
  guint n = MIN (osy_db_rows_count (rows), (guint)list->limit);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, (gpointer)osy_db_rows_text (rows, i, "id"));
  g_autoptr (GPtrArray) payments = osy_payment_store_load (tx, list->room->ring, ids, error);
  if (payments == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < payments->len; i++)
    json_array_add_element (array, osy_payment_to_json (g_ptr_array_index (payments, i)));
  json_object_set_array_member (body, "payments", array);
  if (n < osy_db_rows_count (rows))
    add_cursor (body, g_ptr_array_index (payments, payments->len - 1));
  else
    json_object_set_null_member (body, "next_cursor");
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
list_payments (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  List *list = g_new0 (List, 1);

  list->room = room;
  list->http = osy_http_request_ref (http);
  if (!read_query (list, &error)) {
    osy_http_reply_error (http, error);
    list_free (list);
    return;
  }
  osy_api_run (http, list->room->pool, NULL, run_list, list, list_free);
}

const OsyRoute osy_payment_list_routes[] = {
    {"GET", "/api/v1/restaurants/me/payments", "listPayments", OSY_PERM_PAYMENT_TAKE, 0,
     list_payments},
    {NULL},
};
