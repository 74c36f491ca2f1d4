/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Webhooks: an incoming webhook of Slack (text and blocks) and PagerDuty's Events API v2. What
 * others may take for markup is plain text there. */

#include "osy-alert-hook.h"

#include <string.h>

#include "osy-channel-sign.h"
#include "osy-clock.h"
#include "osy-json.h"

#define MAX_TITLE 150
#define MAX_SECTION 3000
#define MAX_SUMMARY 1024

/* (transfer full): at most @max characters. */
static char *
cut (const char *text, glong max)
{
  return g_utf8_strlen (text, -1) > max ? g_utf8_substring (text, 0, max) : g_strdup (text);
}

/* ---- Slack ---- */

static JsonObject *
plain_text (const char *text, glong max)
{
  JsonObject *object = json_object_new ();
  g_autofree char *short_enough = cut (text, max);

  json_object_set_string_member (object, "type", "plain_text");
  json_object_set_string_member (object, "text", short_enough);
  return object;
}

static void
add_block (JsonArray *blocks, const char *type, const char *text, glong max)
{
  JsonObject *block = json_object_new ();

  json_object_set_string_member (block, "type", type);
  json_object_set_object_member (block, "text", plain_text (text, max));
  json_array_add_object_element (blocks, block);
}

/* Outside of blocks text is markup with three signs of its own. */
static char *
escape (const char *text)
{
  g_autoptr (GString) escaped = g_string_new (text);

  g_string_replace (escaped, "&", "&amp;", 0);
  g_string_replace (escaped, "<", "&lt;", 0);
  g_string_replace (escaped, ">", "&gt;", 0);
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

static JsonObject *
slack_body (const OsyAlertNote *note)
{
  JsonObject *object = json_object_new ();
  JsonArray *blocks = json_array_new ();
  g_autofree char *line = g_strdup_printf ("%s: %s", note->shop, note->text);
  g_autofree char *text = escape (line);

  add_block (blocks, "header", note->shop, MAX_TITLE);
  add_block (blocks, "section", note->text, MAX_SECTION);
  json_object_set_string_member (object, "text", text);
  json_object_set_array_member (object, "blocks", blocks);
  return object;
}

/* ---- PagerDuty ---- */

static const char *
severity_of (const OsyAlertNote *note)
{
  const char *severity = "info";

  for (guint i = 0; i < note->alerts->len; i++) {
    OsyAlertKind kind = ((const OsyAlert *)note->alerts->pdata[i])->kind;
    if (kind == OSY_ALERT_OUTAGE || kind == OSY_ALERT_THREAT)
      return "critical";
    if (kind != OSY_ALERT_TEST)
      severity = "warning";
  }
  return severity;
}

static JsonObject *
details_of (const OsyAlertNote *note)
{
  JsonObject *details = json_object_new ();
  JsonArray *alerts = json_array_new ();

  for (guint i = 0; i < note->alerts->len; i++) {
    const OsyAlert *alert = note->alerts->pdata[i];
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "id", alert->id);
    json_object_set_string_member (object, "kind", osy_alert_kinds[alert->kind]);
    json_object_set_member (object, "facts", json_node_copy (alert->facts));
    json_array_add_object_element (alerts, object);
  }
  json_object_set_string_member (details, "text", note->text);
  json_object_set_array_member (details, "alerts", alerts);
  return details;
}

static JsonObject *
pagerduty_payload (const OsyAlertNote *note)
{
  const OsyAlert *first = note->alerts->pdata[0];
  JsonObject *payload = json_object_new ();
  g_autofree char *line = g_strdup_printf ("%s: %s", note->shop, note->text);
  g_autofree char *summary = cut (line, MAX_SUMMARY);
  g_autofree char *at = osy_clock_format (first->raised_at);

  json_object_set_string_member (payload, "summary", summary);
  json_object_set_string_member (payload, "source", note->shop);
  json_object_set_string_member (payload, "severity", severity_of (note));
  json_object_set_string_member (payload, "timestamp", at);
  json_object_set_string_member (payload, "class", osy_alert_kinds[first->kind]);
  json_object_set_object_member (payload, "custom_details", details_of (note));
  return payload;
}

/* What ends an incident needs nothing but its key. */
static JsonObject *
pagerduty_body (const OsyAlertNote *note)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "routing_key", note->target->key);
  json_object_set_string_member (object, "event_action", note->resolves ? "resolve" : "trigger");
  json_object_set_string_member (object, "dedup_key", note->id);
  if (note->resolves)
    return object;
  json_object_set_string_member (object, "client", "OrderSync");
  json_object_set_object_member (object, "payload", pagerduty_payload (note));
  return object;
}

/* ---- the call ---- */

static char **
headers_of (const OsyAlertNote *note, GBytes *body)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, osy_clock_now () / G_USEC_PER_SEC);
  g_autofree char *signature = osy_channel_sign (note->target->secret, now, body);
  g_autofree char *delivery = g_strconcat (note->id, note->resolves ? "-resolve" : NULL, NULL);

  g_strv_builder_add_many (headers, "X-OrderSync-Timestamp", now, "X-OrderSync-Signature",
                           signature, "X-OrderSync-Delivery", delivery, NULL);
  return g_strv_builder_end (headers);
}

void
osy_alert_hook_call (const OsyAlertNote *note, OsyFetchCall *call)
{
  g_autoptr (JsonNode) body = osy_json_take_object (
      note->target->channel == OSY_ALERT_SLACK ? slack_body (note) : pagerduty_body (note));

  call->method = g_strdup ("POST");
  call->url = g_strdup (note->target->address);
  call->body = osy_json_print_bytes (body);
  call->headers = headers_of (note, call->body);
}
