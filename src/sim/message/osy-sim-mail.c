/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SendGrid's v3/mail/send: one key that begins with SG., errors in its own form. */

#include <string.h>

#include "osy-rest.h"
#include "osy-sim-message.h"

#define EMAIL "\\A[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\z"

static OsySimAnswer
refuse (guint status, const char *message, const char *field)
{
  JsonObject *body = json_object_new ();
  JsonObject *fault = json_object_new ();
  JsonArray *errors = json_array_new ();

  json_object_set_string_member (fault, "message", message);
  if (field != NULL)
    json_object_set_string_member (fault, "field", field);
  else
    json_object_set_null_member (fault, "field");
  json_object_set_null_member (fault, "help");
  json_array_add_object_element (errors, fault);
  json_object_set_array_member (body, "errors", errors);
  return osy_sim_message_json (status, body);
}

static gboolean
is_person (OsySimMessages *self, JsonObject *person)
{
  return person != NULL && osy_sim_message_only (self, person, "email name") &&
         g_regex_match_simple (EMAIL, osy_rest_text (person, "email", ""), 0, 0);
}

/* (nullable) (transfer none): the first of an array of objects. */
static JsonObject *
first_of (JsonObject *parent, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *first =
      array != NULL && json_array_get_length (array) > 0 ? json_array_get_element (array, 0) : NULL;

  return first != NULL && JSON_NODE_HOLDS_OBJECT (first) ? json_node_get_object (first) : NULL;
}

/* Whether each personalization has somebody of its own. */
static gboolean
are_people (OsySimMessages *self, JsonObject *body)
{
  JsonArray *all = json_object_get_array_member (body, "personalizations");

  for (guint i = 0; i < json_array_get_length (all); i++) {
    JsonNode *node = json_array_get_element (all, i);
    JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
    if (one == NULL || !osy_sim_message_only (self, one, "to") ||
        !is_person (self, first_of (one, "to")))
      return FALSE;
  }
  return TRUE;
}

/* Whether @text is base64 in one line. */
static gboolean
is_base64 (const char *text)
{
  gsize length = strlen (text);
  gsize letters = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

  return length > 0 && length % 4 == 0 && length - letters <= 2 &&
         strspn (text + letters, "=") == length - letters;
}

static gboolean
is_file (OsySimMessages *self, JsonObject *file)
{
  return file != NULL && osy_sim_message_only (self, file, "content type filename disposition") &&
         is_base64 (osy_rest_text (file, "content", "")) &&
         g_regex_match_simple ("\\A[A-Za-z0-9._-]+\\z", osy_rest_text (file, "filename", ""), 0, 0);
}

/* (nullable): the member at fault. */
static const char *
find_fault (OsySimMessages *self, JsonObject *body)
{
  JsonObject *personalization = first_of (body, "personalizations");
  JsonObject *to = personalization != NULL ? first_of (personalization, "to") : NULL;
  JsonObject *content = first_of (body, "content");
  const char *subject = osy_rest_text (body, "subject", "");

  if (!osy_sim_message_only (self, body,
                             "personalizations from reply_to subject content custom_args "
                             "attachments"))
    return "body";
  if (!is_person (self, to))
    return "personalizations.0.to.0.email";
  if (!are_people (self, body))
    return "personalizations";
  if (json_object_has_member (body, "attachments") &&
      !is_file (self, first_of (body, "attachments")))
    return "attachments.0.content";
  if (!is_person (self, osy_sim_message_object (body, "from")))
    return "from.email";
  if (*subject == '\0' || strpbrk (subject, "\r\n") != NULL)
    return "subject";
  if (content == NULL || *osy_rest_text (content, "value", "") == '\0' ||
      !g_regex_match_simple ("\\Atext/(plain|html)\\z", osy_rest_text (content, "type", ""), 0, 0))
    return "content.0.value";
  return NULL;
}

OsySimAnswer
osy_sim_sendgrid (OsySimMessages *self, const OsySimCall *call)
{
  const char *bearer = soup_message_headers_get_one (call->headers, "Authorization");
  g_autoptr (JsonNode) node = osy_sim_message_body (call);
  JsonObject *body = node != NULL ? json_node_get_object (node) : NULL;

  if (g_strcmp0 (bearer, "Bearer SG.simulated-key-of-sendgrid") != 0)
    return refuse (401, "The provided authorization grant is invalid, expired, or revoked", NULL);
  const char *field = body != NULL ? find_fault (self, body) : "body";
  if (field != NULL)
    return refuse (400, "Bad Request", field);
  JsonObject *note = json_object_new ();
  JsonObject *args = osy_sim_message_object (body, "custom_args");
  JsonObject *to = first_of (first_of (body, "personalizations"), "to");
  json_object_set_string_member (note, "to", osy_rest_text (to, "email", ""));
  json_object_set_string_member (note, "subject", osy_rest_text (body, "subject", ""));
  json_object_set_string_member (note, "text",
                                 osy_rest_text (first_of (body, "content"), "value", ""));
  json_object_set_string_member (note, "delivery",
                                 args != NULL ? osy_rest_text (args, "ordersync_message", "") : "");
  JsonArray *all = json_object_get_array_member (body, "personalizations");
  JsonArray *people = json_array_new ();
  for (guint i = 0; i < json_array_get_length (all); i++)
    json_array_add_string_element (
        people,
        osy_rest_text (first_of (json_array_get_object_element (all, i), "to"), "email", ""));
  json_object_set_array_member (note, "all", people);
  JsonObject *file = first_of (body, "attachments");
  if (file != NULL) {
    json_object_set_string_member (note, "filename", osy_rest_text (file, "filename", ""));
    json_object_set_string_member (note, "file", osy_rest_text (file, "content", ""));
  }
  osy_sim_message_take (self, "sendgrid", note);
  return (OsySimAnswer){202, "text/plain", g_strdup ("")};
}
