/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whatever the validator lets through json-glib reads, prints, and reads alike; what policy lets
 * through the grammar does too. */

#include <string.h>

#include "fuzz.h"
#include "osy-json.h"

static void
check_printed (JsonNode *node)
{
  g_autofree char *text = osy_json_print (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) again = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_true (json_node_equal (node, again));
  g_autofree char *second = osy_json_print (again);
  g_assert_cmpstr (text, ==, second);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *)data;
  gboolean grammar = osy_json_validate (text, size, OSY_JSON_GRAMMAR, NULL);
  gboolean policy = osy_json_validate (text, size, OSY_JSON_POLICY, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, size, &error);

  g_assert_true (grammar || !policy);
  g_assert_true (policy == (node != NULL));
  g_assert_true (policy == (error == NULL));
  if (node != NULL)
    check_printed (node);
  return 0;
}
