/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The forms and answers of Aligo. */

#include "osy-alert-aligo.h"

#include "osy-json.h"

void
osy_alert_aligo_field (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

void
osy_alert_aligo_fill (OsyFetchCall *call,
                      const char *base_url,
                      const char *path,
                      GString *form,
                      const char *what)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();

  g_strv_builder_add_many (headers, "Content-Type", "application/x-www-form-urlencoded", NULL);
  call->method = g_strdup ("POST");
  call->url = g_strconcat (base_url, path, NULL);
  call->headers = g_strv_builder_end (headers);
  call->body = g_string_free_to_bytes (form);
  call->what = g_strdup (what);
}

JsonNode *
osy_alert_aligo_answer (const OsyFetchCall *call)
{
  gsize size = 0;
  const char *text = call->answer != NULL ? g_bytes_get_data (call->answer, &size) : NULL;
  g_autoptr (JsonNode) node = size > 0 ? osy_json_parse (text, size, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

const char *
osy_alert_aligo_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                 json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : "";
}

gint64
osy_alert_aligo_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  return g_ascii_strtoll (osy_alert_aligo_text (object, name), NULL, 10);
}

/* -101 with "-IP" at the end of its words: this house's address is not among those that the
 * account allows, which is what goes wrong most. */
char *
osy_alert_aligo_word (JsonObject *answer, gint64 code)
{
  if (code == -101 && g_str_has_suffix (osy_alert_aligo_text (answer, "message"), "-IP"))
    return g_strdup ("ALIGO_IP");
  return g_strdup_printf ("ALIGO_%d", (int)CLAMP (ABS (code), 0, 99999));
}
