/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Prints what our own validator reads: json-glib writes 1e+22.0, which is no JSON, and fractions
 * with more digits than our policy allows. */

#include <math.h>
#include <string.h>

#include "osy-json.h"

static void print_node (GString *out, JsonNode *node);

static void
print_char (GString *out, char c)
{
  static const char letters[] = "btn?fr"; /* from U+0008; U+000B has none */

  if (c == '"' || c == '\\')
    g_string_append_printf (out, "\\%c", c);
  else if (c >= '\b' && c <= '\r' && c != '\v')
    g_string_append_printf (out, "\\%c", letters[c - '\b']);
  else
    g_string_append_printf (out, "\\u%04x", (guint)c);
}

static void
print_string (GString *out, const char *text)
{
  /* Text that is not UTF-8 would spoil the whole document. */
  g_autofree char *valid = g_utf8_validate (text, -1, NULL) ? NULL : g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *p = valid ? valid : text; *p != '\0';) {
    const char *from = p;
    while ((guchar)*p >= 0x20 && *p != '"' && *p != '\\')
      p++;
    g_string_append_len (out, from, p - from);
    if (*p != '\0')
      print_char (out, *p++);
  }
  g_string_append_c (out, '"');
}

static void
print_double (GString *out, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value)) {
    g_string_append (out, "null");
    return;
  }
  g_ascii_formatd (digits, sizeof digits, "%.15g", value);
  g_string_append (out, digits);
  /* It is to be read as a fraction again; a sixteenth digit would be refused. */
  if (strpbrk (digits, ".e") == NULL)
    g_string_append (out, fabs (value) < 1e14 ? ".0" : "e0");
}

static void
print_value (GString *out, JsonNode *node)
{
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    if (json_node_get_string (node) != NULL)
      print_string (out, json_node_get_string (node));
    else
      g_string_append (out, "null");
    break;
  case G_TYPE_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    break;
  case G_TYPE_DOUBLE: print_double (out, json_node_get_double (node)); break;
  default: g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node)); break;
  }
}

static void
print_object (GString *out, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  char before = '{';

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_string_append_c (out, before);
    before = ',';
    print_string (out, name);
    g_string_append_c (out, ':');
    print_node (out, node);
  }
  g_string_append (out, before == '{' ? "{}" : "}");
}

static void
print_array (GString *out, JsonArray *array)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    print_node (out, json_array_get_element (array, i));
  }
  g_string_append_c (out, ']');
}

static void
print_node (GString *out, JsonNode *node)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT: print_object (out, json_node_get_object (node)); break;
  case JSON_NODE_ARRAY: print_array (out, json_node_get_array (node)); break;
  case JSON_NODE_VALUE: print_value (out, node); break;
  case JSON_NODE_NULL:
  default: g_string_append (out, "null"); break;
  }
}

char *
osy_json_print (JsonNode *node)
{
  GString *out = g_string_sized_new (256);

  print_node (out, node);
  return g_string_free (out, FALSE);
}

GBytes *
osy_json_print_bytes (JsonNode *node)
{
  GString *out = g_string_sized_new (256);

  print_node (out, node);
  return g_string_free_to_bytes (out);
}
