/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the daemon said last. Its lines are of the whole installation, so they are told on the
 * machine itself alone. */

#include "osy-daemon-log.h"

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-error.h"
#include "osy-json.h"
#include "osy-log-ring.h"

#define USUAL 200

static JsonNode *
lines_to_json (GPtrArray *lines, gint64 started_at)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autofree char *started = osy_clock_format (started_at);

  for (guint i = 0; i < lines->len; i++) {
    const OsyLogLine *line = g_ptr_array_index (lines, i);
    JsonObject *one = json_object_new ();
    g_autofree char *at = osy_clock_format (line->at);

    json_object_set_int_member (one, "seq", line->seq);
    json_object_set_string_member (one, "at", at);
    json_object_set_string_member (one, "level", line->level);
    json_object_set_string_member (one, "where", line->where);
    json_object_set_string_member (one, "message", line->message);
    json_array_add_object_element (array, one);
  }
  json_object_set_string_member (object, "started_at", started);
  json_object_set_array_member (object, "lines", array);
  return osy_json_take_object (object);
}

static gboolean
read_after (OsyHttpRequest *http, gint64 *after, GError **error)
{
  const char *text = osy_http_request_query (http, "after");
  guint64 value = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &value, NULL)) {
    g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                                      "after: Send the seq of a line.");
    osy_error_add_field (refusal, "?after", "INVALID", "Send the seq of a line as it was given.");
    g_propagate_error (error, g_steal_pointer (&refusal));
    return FALSE;
  }
  *after = (gint64)value;
  return TRUE;
}

static void
list_log (OsyHttpRequest *http, gpointer data)
{
  static const char *const allowed[] = {"after", "limit", NULL};
  const OsyDaemonRoom *room = data;
  g_autoptr (GError) error = NULL;
  gint64 after = 0;
  gint64 limit = 0;

  if (!osy_api_only_query (http, allowed, &error) || !read_after (http, &after, &error) ||
      !osy_api_limit (http, OSY_LOG_RING_LINES, USUAL, &limit, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  g_autoptr (GPtrArray) lines = osy_log_ring_since (after, (guint)limit);
  g_autoptr (JsonNode) body = lines_to_json (lines, room->started_at);
  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_http_reply_json (http, 200, body);
}

const OsyRoute osy_daemon_log_routes[] = {
    {"GET", "/api/v1/restaurants/me/log", "listDaemonLog", OSY_PERM_AUDIT_READ, OSY_ROUTE_LOOPBACK,
     list_log},
    {NULL},
};
