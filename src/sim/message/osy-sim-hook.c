/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An incoming webhook of Slack and PagerDuty's Events API v2. Both want what is sent to be signed
 * by a secret that a test has told. */

#include <string.h>

#include "osy-clock.h"
#include "osy-rest.h"
#include "osy-sim-message.h"

#define LEEWAY_S 300

/* ---- signatures ---- */

static gboolean
is_signature (const char *secret, const char *timestamp, GBytes *body, const char *signature)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (body, &size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *)secret, strlen (secret));

  g_hmac_update (hmac, (const guchar *)timestamp, -1);
  g_hmac_update (hmac, (const guchar *)".", 1);
  g_hmac_update (hmac, bytes, (gssize)size);
  g_autofree char *wanted = g_strconcat ("v1=", g_hmac_get_string (hmac), NULL);
  return g_str_equal (wanted, signature);
}

static gboolean
is_signed (OsySimMessages *self, const OsySimCall *call)
{
  const char *timestamp = soup_message_headers_get_one (call->headers, "X-OrderSync-Timestamp");
  const char *signature = soup_message_headers_get_one (call->headers, "X-OrderSync-Signature");
  const char *delivery = soup_message_headers_get_one (call->headers, "X-OrderSync-Delivery");
  gint64 at = timestamp != NULL ? g_ascii_strtoll (timestamp, NULL, 10) : 0;

  if (delivery != NULL && signature != NULL &&
      ABS (osy_clock_now () / G_USEC_PER_SEC - at) <= LEEWAY_S)
    for (guint i = 0; i < self->secrets->len; i++)
      if (is_signature (self->secrets->pdata[i], timestamp, call->body, signature))
        return TRUE;
  osy_sim_message_violate (self, "a webhook is not signed");
  return FALSE;
}

static JsonObject *
note_of (const OsySimCall *call, const char *text)
{
  JsonObject *note = json_object_new ();

  json_object_set_string_member (note, "path", call->path);
  json_object_set_string_member (
      note, "delivery", soup_message_headers_get_one (call->headers, "X-OrderSync-Delivery"));
  json_object_set_string_member (note, "text", text);
  return note;
}

/* ---- Slack ---- */

static OsySimAnswer
slack_says (guint status, const char *word)
{
  return (OsySimAnswer){status, "text/plain", g_strdup (word)};
}

static gboolean
is_block (OsySimMessages *self, JsonNode *node)
{
  JsonObject *block = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *text = block != NULL ? osy_sim_message_object (block, "text") : NULL;
  const char *type = block != NULL ? osy_rest_text (block, "type", "") : "";
  glong max = g_str_equal (type, "header") ? 150 : 3000;

  if (text == NULL || !g_regex_match_simple ("\\A(header|section)\\z", type, 0, 0) ||
      !osy_sim_message_only (self, block, "type text block_id") ||
      !osy_sim_message_only (self, text, "type text emoji"))
    return FALSE;
  glong length = g_utf8_strlen (osy_rest_text (text, "text", ""), -1);
  return g_str_equal (osy_rest_text (text, "type", ""), "plain_text") && length >= 1 &&
         length <= max;
}

static gboolean
are_blocks (OsySimMessages *self, JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "blocks");
  JsonArray *blocks =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return TRUE;
  if (blocks == NULL || json_array_get_length (blocks) > 50)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (blocks); i++)
    if (!is_block (self, json_array_get_element (blocks, i)))
      return FALSE;
  return TRUE;
}

OsySimAnswer
osy_sim_slack (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (JsonNode) node = osy_sim_message_body (call);
  JsonObject *body = node != NULL ? json_node_get_object (node) : NULL;
  const char *text = body != NULL ? osy_rest_text (body, "text", "") : "";

  if (g_str_has_suffix (call->path, "/gone"))
    return slack_says (404, "no_service");
  if (!is_signed (self, call))
    return slack_says (403, "invalid_token");
  if (body == NULL || !osy_sim_message_only (self, body, "text blocks") || !are_blocks (self, body))
    return slack_says (400, "invalid_payload");
  if (*text == '\0' || g_utf8_strlen (text, -1) > 40000)
    return slack_says (400, "no_text");
  osy_sim_message_take (self, "slack", note_of (call, text));
  return slack_says (200, "ok");
}

/* ---- PagerDuty ---- */

static OsySimAnswer
pagerduty_refuses (const char *why)
{
  JsonObject *body = json_object_new ();
  JsonArray *errors = json_array_new ();

  json_array_add_string_element (errors, why);
  json_object_set_string_member (body, "status", "invalid event");
  json_object_set_string_member (body, "message", "Event object is invalid");
  json_object_set_array_member (body, "errors", errors);
  return osy_sim_message_json (400, body);
}

static const char *
find_payload_fault (OsySimMessages *self, JsonObject *payload)
{
  const char *summary = osy_rest_text (payload, "summary", "");
  gint64 at = 0;

  if (!osy_sim_message_only (self, payload,
                             "summary source severity timestamp component group class "
                             "custom_details"))
    return "payload has a member that is not known";
  if (*summary == '\0' || g_utf8_strlen (summary, -1) > 1024)
    return "'payload.summary' is missing, blank or too long";
  if (*osy_rest_text (payload, "source", "") == '\0')
    return "'payload.source' is missing or blank";
  if (!g_regex_match_simple ("\\A(critical|error|warning|info)\\z",
                             osy_rest_text (payload, "severity", ""), 0, 0))
    return "'payload.severity' is invalid";
  return osy_clock_parse (osy_rest_text (payload, "timestamp", ""), &at)
             ? NULL
             : "'payload.timestamp' is invalid";
}

static gboolean
is_resolve (JsonObject *body)
{
  return g_str_equal (osy_rest_text (body, "event_action", ""), "resolve");
}

static const char *
find_event_fault (OsySimMessages *self, JsonObject *body)
{
  const char *key = osy_rest_text (body, "dedup_key", "");

  if (!osy_sim_message_only (self, body,
                             "routing_key event_action dedup_key payload client client_url links "
                             "images"))
    return "the event has a member that is not known";
  if (!g_regex_match_simple ("\\A[A-Za-z0-9]{32}\\z", osy_rest_text (body, "routing_key", ""), 0,
                             0))
    return "Length of 'routing_key' is incorrect (should be 32 characters)";
  if (!g_regex_match_simple ("\\A(trigger|resolve)\\z", osy_rest_text (body, "event_action", ""), 0,
                             0))
    return "'event_action' must be one of [trigger acknowledge resolve]";
  if (*key == '\0' || strlen (key) > 255)
    return "'dedup_key' is missing or too long";
  if (is_resolve (body))
    return json_object_has_member (body, "payload") ? "what is resolved has no 'payload'" : NULL;
  JsonObject *payload = osy_sim_message_object (body, "payload");
  return payload != NULL ? find_payload_fault (self, payload) : "'payload' is missing or blank";
}

/* What was last done with the incident of @key; "" when there never was one. */
static const char *
last_action (OsySimMessages *self, const char *key)
{
  for (guint i = self->taken->len; i > 0; i--) {
    JsonObject *one = self->taken->pdata[i - 1];
    if (g_str_equal (osy_rest_text (one, "service", ""), "pagerduty") &&
        g_str_equal (osy_rest_text (one, "dedup_key", ""), key))
      return osy_rest_text (one, "action", "");
  }
  return "";
}

/* The real one takes all of it; a correct client opens, and then closes, once. */
static void
check_order (OsySimMessages *self, JsonObject *body)
{
  const char *key = osy_rest_text (body, "dedup_key", "");
  const char *last = last_action (self, key);

  if (is_resolve (body) && !g_str_equal (last, "trigger"))
    osy_sim_message_violate (self, "an incident that is not open is resolved: %s", key);
  if (!is_resolve (body) && g_str_equal (last, "resolve"))
    osy_sim_message_violate (self, "an incident that is resolved is opened: %s", key);
}

OsySimAnswer
osy_sim_pagerduty (OsySimMessages *self, const OsySimCall *call)
{
  g_autoptr (JsonNode) node = osy_sim_message_body (call);
  JsonObject *body = node != NULL ? json_node_get_object (node) : NULL;
  const char *fault = body != NULL ? find_event_fault (self, body) : "Invalid JSON";

  if (fault != NULL || !is_signed (self, call))
    return pagerduty_refuses (fault != NULL ? fault : "not signed");
  g_autoptr (JsonObject) none = json_object_new ();
  JsonObject *payload = is_resolve (body) ? none : osy_sim_message_object (body, "payload");
  JsonObject *note = note_of (call, osy_rest_text (payload, "summary", ""));
  check_order (self, body);
  json_object_set_string_member (note, "action", osy_rest_text (body, "event_action", ""));
  json_object_set_string_member (note, "severity", osy_rest_text (payload, "severity", ""));
  json_object_set_string_member (note, "dedup_key", osy_rest_text (body, "dedup_key", ""));
  osy_sim_message_take (self, "pagerduty", note);
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "status", "success");
  json_object_set_string_member (answer, "message", "Event processed");
  json_object_set_string_member (answer, "dedup_key", osy_rest_text (body, "dedup_key", ""));
  return osy_sim_message_json (202, answer);
}
