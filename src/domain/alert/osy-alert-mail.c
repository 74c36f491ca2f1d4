/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts by e-mail: plain text, through SendGrid. */

#include "osy-alert-mail.h"

#include <string.h>

#include "osy-alert-alimtalk.h"
#include "osy-alert-sms.h"
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

/* What every mail has; @to: (transfer full): personalizations. */
static JsonObject *
body_of (JsonArray *to, const OsyAlertTarget *sender, const char *shop, const char *id)
{
  JsonObject *object = json_object_new ();
  JsonObject *args = json_object_new ();

  json_object_set_array_member (object, "personalizations", to);
  json_object_set_object_member (object, "from", person (sender->from, shop));
  json_object_set_string_member (args, "ordersync_message", id);
  json_object_set_object_member (object, "custom_args", args);
  return object;
}

static void
set_words (JsonObject *body, const char *subject, const char *text)
{
  JsonObject *content = json_object_new ();

  json_object_set_string_member (content, "type", "text/plain");
  json_object_set_string_member (content, "value", text);
  json_object_set_string_member (body, "subject", subject);
  json_object_set_array_member (body, "content", only (content));
}

/* (transfer full): a personalization. */
static JsonObject *
recipient (const char *address, const char *name)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, "to", only (person (address, name)));
  return object;
}

/* @object: (transfer full). */
static void
fill_call (JsonObject *object, const char *key, const char *base_url, OsyFetchCall *call)
{
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  char *bearer = g_strconcat ("Bearer ", key, NULL);

  g_strv_builder_add_many (headers, "Authorization", bearer, NULL);
  osy_wipe (bearer, strlen (bearer));
  g_free (bearer);
  call->method = g_strdup ("POST");
  call->url = g_strconcat (base_url, "/v3/mail/send", NULL);
  call->body = osy_json_print_bytes (body);
  call->headers = g_strv_builder_end (headers);
}

void
osy_alert_mail_call (const OsyAlertNote *note, const char *base_url, OsyFetchCall *call)
{
  const OsyAlertTarget *target = note->target;
  g_autofree char *subject = subject_of (note);
  JsonObject *body =
      body_of (only (recipient (target->address, target->name)), target, note->shop, note->id);

  set_words (body, subject, note->text);
  fill_call (body, target->key, base_url, call);
}

void
osy_alert_letter_call (const OsyAlertLetter *letter, const char *base_url, OsyFetchCall *call)
{
  JsonArray *to = json_array_new ();
  JsonObject *file = json_object_new ();
  gsize size;
  const guchar *data = g_bytes_get_data (letter->file, &size);
  g_autofree char *content = g_base64_encode (data, size);

  for (guint i = 0; letter->to[i] != NULL; i++)
    json_array_add_object_element (to, recipient (letter->to[i], letter->to[i]));
  JsonObject *body = body_of (to, letter->sender, letter->shop, letter->id);
  set_words (body, letter->subject, letter->text);
  json_object_set_string_member (file, "content", content);
  json_object_set_string_member (file, "type", letter->file_type);
  json_object_set_string_member (file, "filename", letter->file_name);
  json_object_set_string_member (file, "disposition", "attachment");
  json_object_set_array_member (body, "attachments", only (file));
  fill_call (body, letter->sender->key, base_url, call);
}

OsyAlertOutcome
osy_alert_outcome_of (const OsyFetchCall *call, char **problem)
{
  *problem = NULL;
  if (call->status >= 200 && call->status < 300)
    return OSY_ALERT_TAKEN;
  if (call->status == 0)
    *problem =
        g_strdup (osy_error_is (call->error, OSY_ERROR_TIMEOUT) ? "NO_ANSWER" : "UNREACHABLE");
  else
    *problem = g_strdup_printf ("HTTP_%u", call->status);
  return call->status == 0 || call->status == 408 || call->status == 429 || call->status >= 500
             ? OSY_ALERT_AGAIN
             : OSY_ALERT_REFUSED;
}

void
osy_alert_note_call (const OsyAlertNote *note, const OsyAlertRoom *room, OsyFetchCall *call)
{
  switch (note->target->channel) {
  case OSY_ALERT_SMS:
    if (note->doubt)
      osy_alert_sms_look_call (note, room->aligo_url, call);
    else
      osy_alert_sms_call (note, room->aligo_url, call);
    return;
  case OSY_ALERT_ALIMTALK: osy_alert_alimtalk_call (note, room->alimtalk_url, call); return;
  case OSY_ALERT_EMAIL: osy_alert_mail_call (note, room->sendgrid_url, call); break;
  default: call->public_only = !room->private_hooks; osy_alert_hook_call (note, call);
  }
  call->what = g_ascii_strdown (osy_alert_channels[note->target->channel], -1);
}
