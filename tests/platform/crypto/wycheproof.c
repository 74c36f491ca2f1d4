/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads Wycheproof's vectors, which lie beside the source and not in it. */

#include "wycheproof.h"

#include "config.h"

#include "osy-codec.h"

gboolean
wycheproof_each (const char *file, WycheproofFunc func, gpointer data)
{
  g_autofree char *path =
      g_build_filename (OSY_SOURCE_DIR, "..", "shared", "corpora", "wycheproof", file, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_autofree char *why = g_strdup_printf ("%s is not here: its vectors were not tried", path);
    g_test_skip (why);
    return FALSE;
  }
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  JsonArray *groups = json_object_get_array_member (
      json_node_get_object (json_parser_get_root (parser)), "testGroups");
  for (guint i = 0; i < json_array_get_length (groups); i++) {
    JsonObject *group = json_array_get_object_element (groups, i);
    JsonArray *tests = json_object_get_array_member (group, "tests");
    for (guint j = 0; j < json_array_get_length (tests); j++)
      func (group, json_array_get_object_element (tests, j), data);
  }
  return TRUE;
}

GBytes *
wycheproof_hex (JsonObject *object, const char *name)
{
  GBytes *bytes = osy_hex_decode (json_object_get_string_member (object, name));
  g_assert_nonnull (bytes);
  return bytes;
}
