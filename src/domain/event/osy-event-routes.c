/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GET /restaurants/me/feed: the slow, certain way to what the WebSocket tells at once. */

#include "osy-api.h"
#include "osy-event-feed.h"
#include "osy-id.h"
#include "osy-json.h"

typedef struct {
  const OsyEventFeed *feed;
  char *epoch;
  gint64 after;
  gint64 limit;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->epoch);
  g_free (request);
}

static gboolean
read_feed (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Request *request = data;
  g_autoptr (OsyEventPage) page = osy_event_feed_read (request->feed, tx, request->epoch,
                                                       request->after, request->limit, error);
  if (page == NULL)
    return FALSE;

  JsonArray *events = json_array_new ();
  for (guint i = 0; i < page->events->len; i++)
    json_array_add_element (events, osy_event_feed_to_json (request->feed, page, i));
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "epoch", page->epoch);
  json_object_set_int_member (body, "head", page->head);
  json_object_set_array_member (body, "events", events);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static gboolean
parse_request (OsyHttpRequest *http, Request *request, GError **error)
{
  static const char *const allowed[] = {"epoch", "after", "limit", NULL};
  const char *after = osy_http_request_query (http, "after");
  const char *epoch = osy_http_request_query (http, "epoch");

  if (!osy_api_only_query (http, allowed, error) ||
      !osy_api_limit (http, 500, 100, &request->limit, error))
    return FALSE;
  if (after != NULL &&
      !g_ascii_string_to_signed (after, 10, 0, G_MAXINT64, &request->after, NULL)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "after is the number of the last event you have, 0 or more.");
    return FALSE;
  }
  if (epoch != NULL && !osy_id_is_valid (epoch)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "epoch is the id that the feed gave before.");
    return FALSE;
  }
  request->epoch = g_strdup (epoch);
  return TRUE;
}

static void
get_feed (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  Request *request = g_new0 (Request, 1);

  request->feed = room;
  if (!parse_request (http, request, &error)) {
    request_free (request);
    osy_http_reply_error (http, error);
    return;
  }
  osy_api_run (http, request->feed->pool, NULL, read_feed, request, request_free);
}

const OsyRoute osy_event_routes[] = {
    {"GET", "/api/v1/restaurants/me/feed", "getFeed", OSY_PERM_ORDER_READ, 0, get_feed},
    {NULL},
};
