/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET /restaurants/me/checks: a page of checks, newest first, by cursor. */

#include "osy-bill-list-routes.h"

#include <string.h>

#include "osy-api.h"
#include "osy-bill-room.h"
#include "osy-bill-service.h"
#include "osy-bill-store.h"
#include "osy-check.h"
#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"

typedef struct {
  OsyBillRoom *room;
  OsyHttpRequest *http; /* owns the texts of the query */
  OsyBillQuery query;
  char *before_id;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  osy_http_request_unref (list->http);
  g_free (list->before_id);
  g_free (list);
}

static gboolean
bad_query (const char *name, GError **error)
{
  g_autofree char *pointer = g_strconcat ("/", name, NULL);
  g_autoptr (GError) refusal = g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                            "The query %s is not what it should be.", name);

  osy_error_add_field (refusal, pointer, "FORMAT", refusal->message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
is_day (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);
  gint64 numbers[3];

  if (strlen (text) != 10 || g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_signed (parts[i], 10, 1, 9999, &numbers[i], NULL))
      return FALSE;
  return g_date_valid_dmy ((GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]);
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
      !g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64 / 2, &list->query.before, NULL))
    return FALSE;
  list->before_id = g_strdup (parts[1]);
  list->query.before_id = list->before_id;
  return TRUE;
}

static char *
cursor_of (const OsyDbRows *rows, guint i)
{
  g_autofree char *text =
      g_strdup_printf ("%" G_GINT64_FORMAT "|%s", osy_db_rows_time (rows, i, "created_at"),
                       osy_db_rows_text (rows, i, "id"));

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_query (List *list, GError **error)
{
  static const char *const names[] = {"status", "day", "table_id", "q", "cursor", "limit", NULL};
  OsyHttpRequest *http = list->http;
  const char *cursor = osy_http_request_query (http, "cursor");
  const char *q = osy_http_request_query (http, "q");
  OsyBillQuery *query = &list->query;

  query->status = osy_http_request_query (http, "status");
  query->day = osy_http_request_query (http, "day");
  query->table_id = osy_http_request_query (http, "table_id");
  if (!osy_api_only_query (http, names, error) ||
      !osy_api_limit (http, 50, 20, &query->limit, error))
    return FALSE;
  if (query->status != NULL && !osy_state_table_has_state (&osy_check_states, query->status))
    return bad_query ("status", error);
  if (query->day != NULL && !is_day (query->day))
    return bad_query ("day", error);
  if (query->table_id != NULL && !osy_id_is_valid (query->table_id))
    return bad_query ("table_id", error);
  if (q != NULL && !g_ascii_string_to_signed (q, 10, 1, G_MAXINT, &query->number, NULL))
    return bad_query ("q", error);
  return cursor == NULL || read_cursor (list, cursor) || bad_query ("cursor", error);
}

static gboolean
run_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  List *list = data;
  gint64 limit = list->query.limit++; /* one more tells whether there is another page */
  g_autoptr (OsyDbRows) rows = osy_bill_store_list (tx, &list->query, error);
  JsonArray *array = json_array_new ();
  g_autoptr (JsonObject) body = json_object_new ();

  list->query.limit = limit;
  json_object_set_array_member (body, "checks", array);
  if (rows == NULL)
    return FALSE;
  guint n = MIN (osy_db_rows_count (rows), (guint)limit);
  for (guint i = 0; i < n; i++) {
    g_autoptr (OsyBill) bill =
        osy_bill_service_get (tx, list->room->ring, call, osy_db_rows_text (rows, i, "id"), error);
    if (bill == NULL)
      return FALSE;
    json_array_add_element (array, osy_bill_to_json (bill));
  }
  if (n < osy_db_rows_count (rows)) {
    g_autofree char *cursor = cursor_of (rows, n - 1);
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
  reply->body = osy_json_take_object (g_steal_pointer (&body));
  return TRUE;
}

void
osy_bill_list_checks (OsyHttpRequest *http, gpointer room)
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
