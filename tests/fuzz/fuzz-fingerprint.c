/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The fingerprint of a body behind an Idempotency-Key: neither blanks nor the order of members
 * count, every value does. */

#include <string.h>

#include "fuzz.h"
#include "osy-json-canonical.h"
#include "osy-json.h"

static JsonNode *reversed (JsonNode *node);

static JsonNode *
reversed_object (JsonObject *object)
{
  JsonObject *result = json_object_new ();
  g_autoptr (GList) names = g_list_reverse (json_object_get_members (object));

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (result, l->data, reversed (json_object_get_member (object, l->data)));
  return osy_json_take_object (result);
}

/* The same document with its members the other way round. */
static JsonNode *
reversed (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return reversed_object (json_node_get_object (node));
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return json_node_copy (node);
  JsonArray *array = json_node_get_array (node);
  JsonArray *result = json_array_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    json_array_add_element (result, reversed (json_array_get_element (array, i)));
  JsonNode *copy = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (copy, result);
  return copy;
}

static gboolean
alike (JsonNode *one, const char *one_salt, JsonNode *two, const char *two_salt)
{
  guint8 first[32];
  guint8 second[32];

  osy_json_fingerprint (one, one_salt, first);
  osy_json_fingerprint (two, two_salt, second);
  return memcmp (first, second, sizeof first) == 0;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (JsonNode) node = osy_json_parse ((const char *)data, size, NULL);

  if (node == NULL)
    return 0;
  g_autofree char *text = osy_json_print (node);
  g_autoptr (JsonNode) again = osy_json_parse (text, strlen (text), NULL);
  g_autoptr (JsonNode) other = reversed (node);
  g_autofree char *more = g_strconcat ("[", text, ",0]", NULL);
  g_autoptr (JsonNode) longer = osy_json_parse (more, strlen (more), NULL);

  g_assert_true (alike (node, "salt", again, "salt"));
  g_assert_true (alike (node, "salt", other, "salt"));
  g_assert_false (alike (node, "salt", node, "salts"));
  g_assert_false (longer != NULL && alike (node, "salt", longer, "salt"));
  return 0;
}
