/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The validator against JSONTestSuite and against each rule of the policy. */

#include "config.h"

#include <math.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "osy-error.h"
#include "osy-json.h"

static char *
corpus_dir (void)
{
  g_autofree char *dir =
      g_build_filename (OSY_SOURCE_DIR, "..", "shared", "corpora", "JSONTestSuite", NULL);
  if (g_file_test (dir, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&dir);
  return NULL;
}

/* The rule that refused, "" when the text is good. */
static char *
rule_of (const char *text, gsize len, OsyJsonMode mode)
{
  g_autoptr (GError) error = NULL;

  if (osy_json_validate (text, len, mode, &error)) {
    g_assert_no_error (error);
    return g_strdup ("");
  }
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_JSON);
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  JsonArray *errors = json_object_get_array_member (json_node_get_object (problem), "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 1);
  JsonObject *field = json_array_get_object_element (errors, 0);
  return g_strdup (json_object_get_string_member (field, "code"));
}

static void
test_corpus (void)
{
  g_autofree char *dir = corpus_dir ();
  guint accepted = 0, refused = 0, either = 0;
  const char *name;

  if (dir == NULL) {
    g_test_skip ("../shared/corpora/JSONTestSuite is not here: 318 files not read");
    return;
  }
  g_autoptr (GDir) files = g_dir_open (dir, 0, NULL);
  while ((name = g_dir_read_name (files)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    g_autofree char *text = NULL;
    gsize len;
    if (!g_str_has_suffix (name, ".json"))
      continue;
    g_assert_true (g_file_get_contents (path, &text, &len, NULL));
    /* A copy without a NUL behind it, so that a sanitizer sees one byte read too far. */
    g_autofree char *exact = g_memdup2 (text, MAX (len, 1));
    g_autofree char *grammar = rule_of (exact, len, OSY_JSON_GRAMMAR);
    g_autofree char *policy = rule_of (exact, len, OSY_JSON_POLICY);

    if (name[0] == 'y')
      g_assert_cmpstr (grammar, ==, "");
    if (name[0] == 'n')
      g_assert_cmpstr (grammar, !=, "");
    if (*grammar != '\0')
      g_assert_cmpstr (policy, !=, "");
    accepted += name[0] == 'y';
    refused += name[0] == 'n';
    either += name[0] == 'i';

    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = osy_json_parse (exact, len, &error);
    g_assert_true ((node != NULL) == (*policy == '\0'));
  }
  g_assert_cmpuint (accepted, ==, 95);
  g_assert_cmpuint (refused, ==, 188);
  g_assert_cmpuint (either, ==, 35);
}

static void
check (const char *text, const char *rule)
{
  g_autofree char *got = rule_of (text, strlen (text), OSY_JSON_POLICY);

  if (g_strcmp0 (got, rule) != 0)
    g_error ("%.60s: %s instead of %s", text, got, rule);
}

static void
test_policy (void)
{
  static const struct {
    const char *text;
    const char *rule;
  } cases[] = {
      {"", "EMPTY"},
      {" \n\t", "EMPTY"},
      {"{}", ""},
      {"\xef\xbb\xbf{}", "SYNTAX"},
      {"[1][2]", "SYNTAX"},
      {"{\"a\":1,}", "SYNTAX"},
      {"{\"a\" 1}", "SYNTAX"},
      {"{a:1}", "SYNTAX"},
      {"['a']", "SYNTAX"},
      {"[1}", "SYNTAX"},
      {"{\"a\":1]", "SYNTAX"},
      {"[tru]", "SYNTAX"},
      {"/* */ {}", "SYNTAX"},
      {"[0x1F]", "SYNTAX"},
      {"[01]", "SYNTAX"},
      {"[-]", "SYNTAX"},
      {"[1.]", "SYNTAX"},
      {"[1e]", "SYNTAX"},
      {"[\"\\x\"]", "SYNTAX"},
      {"[\"\\u12g4\"]", "SYNTAX"},
      {"[\"\t\"]", "SYNTAX"},
      {"[\"", "SYNTAX"},
      {"[\"\\", "SYNTAX"},
      {"[\"\\u", "SYNTAX"},
      {"[\"\\ud834", "SURROGATE"},
      {"{\"a\":1,\"b\":2}", ""},
      {"{\"a\":1,\"a\":2}", "DUPLICATE_NAME"},
      {"{\"a\":1,\"\\u0061\":2}", "DUPLICATE_NAME"},
      {"{\"\xea\xb0\x80\":1,\"\\uac00\":2}", "DUPLICATE_NAME"},
      {"{\"\xf0\x9d\x84\x9e\":1,\"\\ud834\\udd1e\":2}", "DUPLICATE_NAME"},
      {"{\"\":1,\"\":2}", "DUPLICATE_NAME"},
      {"{\"a\":{\"a\":{\"a\":1}}}", ""},
      {"{\"a\":{\"b\":1},\"b\":[{\"b\":1},{\"b\":2}]}", ""},
      {"{\"x\":{\"b\":1,\"c\":2},\"y\":3,\"x\":4}", "DUPLICATE_NAME"},
      {"{\"x\":{\"b\":1,\"b\":2}}", "DUPLICATE_NAME"},
      {"{\"ab\":1,\"a\":2,\"abc\":3}", ""},
      {"[\"x\\u0000y\"]", "NUL"},
      {"{\"x\\u0000y\":1}", "NUL"},
      {"[\"\\ud800\"]", "SURROGATE"},
      {"[\"\\udc00\"]", "SURROGATE"},
      {"[\"\\ud800\\ud800\"]", "SURROGATE"},
      {"[\"\\ud834\\udd1e\"]", ""},
      {"[\"\xff\"]", "UTF8"},
      {"[\"\xc0\xaf\"]", "UTF8"},
      {"[\"\xed\xa0\x80\"]", "UTF8"},
      {"[\"\xf4\x90\x80\x80\"]", "UTF8"},
      {"[\"\xe2\x82", "UTF8"},
      {"\xff", "SYNTAX"},
      {"[9007199254740992,-9007199254740992]", ""},
      {"[9007199254740993]", "NUMBER"},
      {"[-9007199254740993]", "NUMBER"},
      {"[9223372036854775808]", "NUMBER"},
      {"[123456789012345678901234567890]", "NUMBER"},
      {"[1.23456789012345]", ""},
      {"[1.234567890123456]", "NUMBER"},
      {"[-0.000001234567890123456]", "NUMBER"},
      {"[-0.00000123456789012345]", ""},
      {"[1e300]", ""},
      {"[1e301]", "NUMBER"},
      {"[4819E+300]", "NUMBER"},
      {"[0.0001e-297]", "NUMBER"},
      {"[1e-301]", "NUMBER"},
      {"[1e99999999999999999999999]", "NUMBER"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    check (cases[i].text, cases[i].rule);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < 32; i++)
    g_string_append (text, i % 2 ? "{\"a\":" : "[");
  g_string_append_c (text, '1');
  for (int i = 31; i >= 0; i--)
    g_string_append_c (text, i % 2 ? '}' : ']');
  check (text->str, "");
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  check (text->str, "DEPTH");
}

/* Recursion would end in a crash, and work per level beyond the suite's time limit. */
static void
test_deep_nesting (void)
{
  const gsize len = 1000000;
  g_autofree char *text = g_malloc (len);

  memset (text, '[', len);
  for (int mode = OSY_JSON_GRAMMAR; mode <= OSY_JSON_POLICY; mode++)
    for (int i = 0; i < 5; i++) {
      g_autoptr (GError) error = NULL;

      g_assert_false (osy_json_validate (text, len, mode, &error));
      g_assert_nonnull (error);
    }
}

static char *
object_of (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"m%u\":%u", i ? "," : "", i, i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_members (void)
{
  g_autofree char *most = object_of (1000);
  g_autofree char *more = object_of (1001);

  check (most, "");
  check (more, "MEMBERS");
}

static void
test_offset (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_json_validate ("{\"a\": tru}", 10, OSY_JSON_POLICY, &error));
  g_assert_nonnull (strstr (error->message, "at byte 6:"));
  g_clear_error (&error);
  g_assert_false (osy_json_validate ("{\"a\":1,\"a\":1}", 13, OSY_JSON_POLICY, &error));
  g_assert_nonnull (strstr (error->message, "at byte 7:"));
}

static void
test_length_counts (void)
{
  /* What stands behind the given length is not part of the text. */
  check ("[1]x", "SYNTAX");
  g_autofree char *rule = rule_of ("[1]x", 3, OSY_JSON_POLICY);
  g_assert_cmpstr (rule, ==, "");
  g_autoptr (JsonNode) node = osy_json_parse ("[12]34", 4, NULL);
  g_autofree char *text = osy_json_print (node);
  g_assert_cmpstr (text, ==, "[12]");
  g_autofree char *nothing = rule_of (NULL, 0, OSY_JSON_POLICY);
  g_assert_cmpstr (nothing, ==, "EMPTY");
  g_autofree char *nul = rule_of ("[1]\0", 4, OSY_JSON_POLICY);
  g_assert_cmpstr (nul, ==, "SYNTAX");
}

static void
append_random (GRand *rand, GString *text, int depth)
{
  static const char *const pieces[] = {
      "\"\\u00e9\"",
      "\"\xed\x95\x9c\xea\xb8\x80\"",
      "\"a\\\"b\\\\c\\/\\b\\f\\n\\r\\t\"",
      "true",
      "false",
      "null",
      "-0",
      "1e22",
      "1E-300",
      "123456789.012345",
      "0.1",
      "1.23456789012345e-4",
      "1.4e14",
      "1.5e3",
      "\"\x7f\"",
      "\"\\ud83c\\udf5c\"",
  };

  switch (depth < 6 ? g_rand_int_range (rand, 0, 4) : 3) {
  case 0:
  case 1: {
    gboolean object = g_rand_boolean (rand);
    int n = g_rand_int_range (rand, 0, 6);
    g_string_append_c (text, object ? '{' : '[');
    for (int i = 0; i < n; i++) {
      g_string_append (text, i ? " , " : "");
      if (object)
        g_string_append_printf (text, "\"k%d\" :\t", i);
      append_random (rand, text, depth + 1);
    }
    g_string_append_c (text, object ? '}' : ']');
    return;
  }
  case 2:
    g_string_append_printf (text, "%" G_GINT64_FORMAT,
                            (gint64)(g_rand_double (rand) * 9007199254740992.0));
    return;
  default: g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  }
}

/* What we accept json-glib reads, and what we print we accept and print alike. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);

  for (int i = 0; i < 3000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    append_random (rand, text, 0);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = osy_json_parse (text->str, text->len, &error);
    g_assert_no_error (error);
    g_autofree char *printed = osy_json_print (node);
    g_autoptr (JsonNode) again = osy_json_parse (printed, strlen (printed), &error);
    g_assert_no_error (error);
    g_autofree char *reprinted = osy_json_print (again);
    g_assert_cmpstr (printed, ==, reprinted);
    g_assert_true (json_node_equal (node, again));
    g_autoptr (GBytes) bytes = osy_json_print_bytes (node);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), printed,
                     strlen (printed));
  }
}

static void
assert_prints (JsonNode *node, const char *text)
{
  g_autofree char *printed = osy_json_print (node);

  g_assert_cmpstr (printed, ==, text);
  json_node_unref (node);
}

static JsonNode *
text_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
double_node (double value)
{
  return json_node_init_double (json_node_alloc (), value);
}

static void
test_print (void)
{
  const char *object = "{\"z\":1,\"a\":[],\"m\":{},\"n\":null,\"t\":true,\"q\\\"\":-5}";

  assert_prints (json_from_string (object, NULL), object);
  assert_prints (text_node ("\b\t\n\v\f\r\x01\x1f\"\\/\x7f"),
                 "\"\\b\\t\\n\\u000b\\f\\r\\u0001\\u001f\\\"\\\\/\x7f\"");
  assert_prints (text_node ("a\xff"
                            "b"),
                 "\"a\xef\xbf\xbd"
                 "b\"");
  assert_prints (text_node (NULL), "null");
  assert_prints (json_node_init_int (json_node_alloc (), G_MININT64), "-9223372036854775808");
  assert_prints (double_node (1e22), "1e+22");
  assert_prints (double_node (0.1), "0.1");
  assert_prints (double_node (3), "3.0");
  assert_prints (double_node (-1.4e14), "-140000000000000e0");
  assert_prints (double_node ((double)INFINITY), "null");
  assert_prints (double_node ((double)NAN), "null");
  assert_prints (json_node_init_null (json_node_alloc ()), "null");
}

/* Altered bytes end in a verdict, never in a crash; whatever passes json-glib reads too. */
static void
test_mutations (void)
{
  static const char marks[] = "{}[]\",:\\u0d8\xff\xc2 e-.";
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    append_random (rand, text, 3);
    for (int n = g_rand_int_range (rand, 1, 4); n > 0; n--)
      text->str[g_rand_int_range (rand, 0, (gint32)text->len)] =
          marks[g_rand_int_range (rand, 0, (gint32)sizeof marks - 1)];
    g_autofree char *exact = g_memdup2 (text->str, text->len);
    if (osy_json_validate (exact, text->len, OSY_JSON_POLICY, NULL)) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = osy_json_parse (exact, text->len, &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/corpus", test_corpus);
  g_test_add_func ("/json/policy", test_policy);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/deep-nesting", test_deep_nesting);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/offset", test_offset);
  g_test_add_func ("/json/length-counts", test_length_counts);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/print", test_print);
  g_test_add_func ("/json/mutations", test_mutations);
  return g_test_run ();
}
