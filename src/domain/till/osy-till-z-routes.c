/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of all closes, newest first. */

#include "osy-api.h"
#include "osy-json.h"
#include "osy-till-query.h"
#include "osy-till-room.h"
#include "osy-till-store.h"

#define MAX_PAGE 100

typedef struct {
  OsyTillRoom *room;
  OsyTillSpan span;
  gint64 before;
  gint64 limit;
} Work;

static gboolean
do_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  const OsyTillPage page = {.from = osy_till_query_day (work->span.from),
                            .to = osy_till_query_day (work->span.to),
                            .before = work->before,
                            .limit = work->limit + 1};
  JsonArray *array = osy_till_store_list (tx, work->room->ring, &page, error);

  if (array == NULL)
    return FALSE;
  JsonObject *object = json_object_new ();
  json_object_set_null_member (object, "next_cursor");
  if (json_array_get_length (array) > work->limit) {
    json_array_remove_element (array, (guint)work->limit);
    JsonObject *last = json_array_get_object_element (array, (guint)work->limit - 1);
    g_autofree char *cursor =
        g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (last, "number"));
    json_object_set_string_member (object, "next_cursor", cursor);
  }
  json_object_set_array_member (object, "closes", array);
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
list_z (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from", "to", "cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");
  g_autofree Work *work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->room = room;
  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_till_query_span (http, FALSE, &work->span, &error) ||
      !osy_api_limit (http, MAX_PAGE, MAX_PAGE / 2, &work->limit, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  if (cursor != NULL &&
      !g_ascii_string_to_signed (cursor, 10, 1, G_MAXINT64, &work->before, NULL)) {
    osy_till_query_refuse ("cursor", "Send next_cursor as it was given.", &error);
    osy_http_reply_error (http, error);
    return;
  }
  osy_api_run (http, ((OsyTillRoom *)room)->pool, NULL, do_list, g_steal_pointer (&work), g_free);
}

#define Z "/api/v1/restaurants/me/till/z"
const OsyRoute osy_till_z_routes[] = {
    {"GET", Z, "listTillZ", OSY_PERM_TILL_MANAGE, 0, list_z},
    {"GET", Z "/csv", "exportTillZ", OSY_PERM_TILL_MANAGE, 0, osy_till_export},
    {NULL},
};
