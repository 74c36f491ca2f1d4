/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts by e-mail: plain text, through SendGrid. */

#include "osy-alert-mail.h"

#include <string.h>

#include "osy-crypto.h"
#include "osy-json.h"

#define MAX_SUBJECT 120

/* One line of it: what comes first. */
static char *
subject_of (const OsyAlertNote *note)
{
  g_autofree char *line = g_strndup (note->text, strcspn (note->text, "\n"));
  g_autofree char *subject = g_strdup_printf ("[%s] %s", note->shop, line);

  return g_utf8_strlen (subject, -1) > MAX_SUBJECT ? g_utf8_substring (subject, 0, MAX_SUBJECT)
                                                   : g_strdup (subject);
}

static JsonObject *
person (const char *email, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "email", email);
  json_object_set_string_member (object, "name", name);
  return object;
}

/* (transfer full): an array of @object alone (transfer full). */
static JsonArray *
only (JsonObject *object)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, object);
  return array;
}

static JsonObject *
body_of (const OsyAlertNote *note)
{
  JsonObject *object = json_object_new ();
  JsonObject *personalization = json_object_new ();
  JsonObject *content = json_object_new ();
  JsonObject *args = json_object_new ();
  g_autofree char *subject = subject_of (note);

  json_object_set_array_member (personalization, "to",
                                only (person (note->target->address, note->target->name)));
  json_object_set_string_member (content, "type", "text/plain");
  json_object_set_string_member (content, "value", note->text);
  json_object_set_string_member (args, "ordersync_message", note->id);
  json_object_set_array_member (object, "personalizations", only (personalization));
  json_object_set_object_member (object, "from", person (note->target->from, note->shop));
  json_object_set_string_member (object, "subject", subject);
  json_object_set_array_member (object, "content", only (content));
  json_object_set_object_member (object, "custom_args", args);
  return object;
}

void
osy_alert_mail_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call)
{
  g_autoptr (JsonNode) body = osy_json_take_object (body_of (note));
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  char *bearer = g_strconcat ("Bearer ", note->target->key, NULL);

  g_strv_builder_add_many (headers, "Authorization", bearer, NULL);
  osy_wipe (bearer, strlen (bearer));
  g_free (bearer);
  call->method = g_strdup ("POST");
  call->url = g_strconcat (base_url, "/v3/mail/send", NULL);
  call->body = osy_json_print_bytes (body);
  call->headers = g_strv_builder_end (headers);
}

void
osy_alert_note_call (const OsyAlertNote *note,
                     const char *sendgrid_url,
                     gboolean private_hooks,
                     OsyFetchCall *call)
{
  if (note->target->channel == OSY_ALERT_EMAIL) {
    osy_alert_mail_call (note, sendgrid_url, call);
  } else {
    call->public_only = !private_hooks;
    osy_alert_hook_call (note, call);
  }
  call->what = g_ascii_strdown (osy_alert_channels[note->target->channel], -1);
}
