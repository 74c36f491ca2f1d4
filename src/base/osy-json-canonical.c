/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One form for equal documents, so that a repeated request is known again. */

#include "osy-json-canonical.h"

#include <string.h>

static void add_node (GChecksum *sum, JsonNode *node);

static void
add_text (GChecksum *sum, const char *tag, const char *text)
{
  g_autofree char *length = g_strdup_printf ("%s%" G_GSIZE_FORMAT ":", tag, strlen (text));

  g_checksum_update (sum, (const guchar *)length, -1);
  g_checksum_update (sum, (const guchar *)text, -1);
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
add_object (GChecksum *sum, JsonObject *object)
{
  g_autoptr (GList) names = g_list_sort (json_object_get_members (object), by_name);

  add_text (sum, "{", "");
  for (GList *l = names; l != NULL; l = l->next) {
    add_text (sum, "m", l->data);
    add_node (sum, json_object_get_member (object, l->data));
  }
  add_text (sum, "}", "");
}

static void
add_array (GChecksum *sum, JsonArray *array)
{
  add_text (sum, "[", "");
  for (guint i = 0; i < json_array_get_length (array); i++)
    add_node (sum, json_array_get_element (array, i));
  add_text (sum, "]", "");
}

static void
add_node (GChecksum *sum, JsonNode *node)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT: add_object (sum, json_node_get_object (node)); break;
  case JSON_NODE_ARRAY: add_array (sum, json_node_get_array (node)); break;
  case JSON_NODE_NULL: add_text (sum, "n", ""); break;
  case JSON_NODE_VALUE: {
    g_autofree char *text = json_to_string (node, FALSE);
    add_text (sum, "v", text);
    break;
  }
  default: break;
  }
}

void
osy_json_fingerprint (JsonNode *node, const char *salt, guint8 out[32])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 32;

  add_text (sum, "s", salt);
  if (node != NULL)
    add_node (sum, node);
  g_checksum_get_digest (sum, out, &size);
}
