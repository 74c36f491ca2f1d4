/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The reader: exact types, every fault at its pointer, nothing unknown let through. */

#include <string.h>

#include "osy-error.h"
#include "osy-json.h"

static OsyJsonReader *
reader (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return osy_json_reader_new (node);
}

/* Faults as "pointer CODE" joined by blanks, "" when there are none. */
static char *
faults (OsyJsonReader *r)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);

  if (osy_json_reader_finish (r, &error))
    return g_string_free (text, FALSE);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  JsonArray *errors = json_object_get_array_member (json_node_get_object (problem), "errors");
  for (guint i = 0; i < json_array_get_length (errors); i++) {
    JsonObject *field = json_array_get_object_element (errors, i);
    g_string_append_printf (text, "%s%s %s", i ? "; " : "",
                            json_object_get_string_member (field, "pointer"),
                            json_object_get_string_member (field, "code"));
  }
  return g_string_free (text, FALSE);
}

#define ID "0190a5c2-7d1e-7abc-8def-0123456789ab"
static const char *const types[] = {"DINE_IN", "TAKEOUT", NULL};

static void
test_good (void)
{
  g_autoptr (OsyJsonReader) r =
      reader ("{\"name\":\"\xea\xb9\x80\xeb\xb0\xa5\",\"note\":null,\"n\":3,\"id\":\"" ID "\","
              "\"type\":\"TAKEOUT\",\"yes\":true,\"at\":\"2026-11-21T12:00:00+09:00\","
              "\"sub\":{\"x\":1},\"list\":[{\"y\":2},{\"y\":3}],\"texts\":[\"a\",\"b\"]}");

  g_assert_cmpstr (osy_json_reader_string (r, "name", 1, 2), ==, "\xea\xb9\x80\xeb\xb0\xa5");
  g_assert_null (osy_json_reader_opt_string (r, "note", 0, 9));
  g_assert_null (osy_json_reader_opt_string (r, "absent", 0, 9));
  g_assert_cmpint (osy_json_reader_int (r, "n", 3, 3), ==, 3);
  g_assert_cmpint (osy_json_reader_opt_int (r, "m", 1, 5, 4), ==, 4);
  g_assert_cmpstr (osy_json_reader_id (r, "id"), ==, ID);
  g_assert_null (osy_json_reader_opt_id (r, "no_id"));
  g_assert_cmpstr (osy_json_reader_enum (r, "type", types, NULL), ==, "TAKEOUT");
  g_assert_cmpstr (osy_json_reader_enum (r, "type2", types, "DINE_IN"), ==, "DINE_IN");
  g_assert_true (osy_json_reader_opt_bool (r, "yes", FALSE));
  g_assert_true (osy_json_reader_opt_bool (r, "unsaid", TRUE));
  g_assert_cmpint (osy_json_reader_opt_time (r, "at"), ==,
                   G_GINT64_CONSTANT (1795230000) * G_USEC_PER_SEC);
  g_assert_cmpint (osy_json_reader_opt_time (r, "never"), ==, 0);
  g_assert_cmpint (osy_json_reader_int (osy_json_reader_object (r, "sub"), "x", 0, 9), ==, 1);
  g_assert_null (osy_json_reader_opt_object (r, "nothing"));
  g_assert_cmpuint (osy_json_reader_array (r, "list", 1, 2), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (osy_json_reader_int (osy_json_reader_element (r, "list", i), "y", 0, 9), ==,
                     2 + i);
  g_assert_cmpuint (osy_json_reader_opt_array (r, "texts", 5), ==, 2);
  g_assert_cmpstr (osy_json_reader_element_string (r, "texts", 1, 1, 1), ==, "b");
  g_assert_cmpuint (osy_json_reader_opt_array (r, "more", 5), ==, 0);
  g_assert_true (osy_json_reader_has (r, "n"));
  g_assert_false (osy_json_reader_has (r, "note"));
  g_autofree char *found = faults (r);
  g_assert_cmpstr (found, ==, "");
}

static void
test_types (void)
{
  g_autoptr (OsyJsonReader) r = reader (
      "{\"a\":5,\"b\":\"5\",\"c\":1.9,\"d\":1.0,\"e\":1,\"f\":[],\"g\":{},\"h\":\"x\",\"i\":true,"
      "\"j\":7,\"k\":\"2026-11-21\",\"l\":\"" ID "0\",\"m\":\"WALK\",\"n\":[1,null,\"x\"]}");

  g_assert_cmpstr (osy_json_reader_string (r, "a", 0, 9), ==, "");
  g_assert_cmpint (osy_json_reader_int (r, "b", 0, 9), ==, 0);
  g_assert_cmpint (osy_json_reader_int (r, "c", 1, 9), ==, 1);
  g_assert_cmpint (osy_json_reader_opt_int (r, "d", 1, 9, 7), ==, 7);
  g_assert_false (osy_json_reader_opt_bool (r, "e", FALSE));
  g_assert_nonnull (osy_json_reader_object (r, "f"));
  g_assert_cmpuint (osy_json_reader_array (r, "g", 0, 9), ==, 0);
  g_assert_nonnull (osy_json_reader_opt_object (r, "h"));
  g_assert_null (osy_json_reader_opt_string (r, "i", 0, 9));
  g_assert_cmpstr (osy_json_reader_id (r, "j"), ==, "");
  g_assert_cmpint (osy_json_reader_opt_time (r, "k"), ==, 0);
  g_assert_null (osy_json_reader_opt_id (r, "l"));
  g_assert_cmpstr (osy_json_reader_enum (r, "m", types, NULL), ==, "DINE_IN");
  g_assert_cmpuint (osy_json_reader_array (r, "n", 0, 9), ==, 3);
  g_assert_cmpstr (osy_json_reader_element_string (r, "n", 0, 0, 9), ==, "");
  osy_json_reader_int (osy_json_reader_element (r, "n", 1), "z", 0, 1);
  osy_json_reader_int (osy_json_reader_element (r, "n", 2), "z", 0, 1);
  g_autofree char *found = faults (r);
  g_assert_cmpstr (found, ==,
                   "/a TYPE; /b TYPE; /c TYPE; /d TYPE; /e TYPE; /f TYPE; /g TYPE; /h TYPE; "
                   "/i TYPE; /j TYPE; /k INVALID_TIME; /l INVALID_ID; /m NOT_ALLOWED; /n/0 TYPE; "
                   "/n/1 TYPE; /n/2 TYPE");
}

static void
test_ranges (void)
{
  g_autoptr (OsyJsonReader) r = reader (
      "{\"a\":\"\",\"b\":\"\xea\xb0\x80\xea\xb0\x80\xea\xb0\x80\",\"c\":\"x\\u0007\",\"d\":10,"
      "\"e\":-1,\"f\":[],\"g\":[1,2,3],\"h\":\"a\\nb\\tc\",\"i\":\"a\\rb\",\"j\":\"\\u0085\"}");

  osy_json_reader_string (r, "a", 1, 5);
  osy_json_reader_string (r, "b", 1, 2);
  osy_json_reader_string (r, "c", 1, 5);
  g_assert_cmpint (osy_json_reader_int (r, "d", 1, 9), ==, 1);
  osy_json_reader_opt_int (r, "e", 0, 9, 5);
  g_assert_cmpuint (osy_json_reader_array (r, "f", 1, 9), ==, 0);
  g_assert_cmpuint (osy_json_reader_opt_array (r, "g", 2), ==, 0);
  g_assert_cmpstr (osy_json_reader_string (r, "h", 1, 5), ==, "a\nb\tc");
  osy_json_reader_string (r, "i", 1, 5);
  osy_json_reader_string (r, "j", 1, 5);
  g_autofree char *found = faults (r);
  g_assert_cmpstr (found, ==,
                   "/a TOO_SHORT; /b TOO_LONG; /c CONTROL_CHARACTER; /d OUT_OF_RANGE; "
                   "/e OUT_OF_RANGE; /f TOO_FEW; /g TOO_MANY; /i CONTROL_CHARACTER; "
                   "/j CONTROL_CHARACTER");
}

static void
test_missing (void)
{
  g_autoptr (OsyJsonReader) r = reader ("{\"null\":null}");
  OsyJsonReader *sub = osy_json_reader_object (r, "sub");

  osy_json_reader_string (r, "null", 0, 9);
  osy_json_reader_int (r, "n", 0, 9);
  osy_json_reader_id (r, "id");
  osy_json_reader_enum (r, "type", types, NULL);
  osy_json_reader_array (r, "list", 0, 9);
  /* Reading on inside of what is missing tells nothing new. */
  g_assert_cmpstr (osy_json_reader_string (sub, "x", 1, 9), ==, "");
  osy_json_reader_int (osy_json_reader_object (sub, "deep"), "y", 1, 9);
  g_autofree char *found = faults (r);
  g_assert_cmpstr (found, ==,
                   "/sub REQUIRED; /null REQUIRED; /n REQUIRED; /id REQUIRED; /type REQUIRED; "
                   "/list REQUIRED");
}

static void
test_unknown (void)
{
  const char *text = "{\"a\":1,\"a/b~c\":2,\"sub\":{\"x\":1,\"y\":2},\"list\":[{\"z\":1,\"w\":1}]}";
  g_autoptr (OsyJsonReader) r = reader (text);

  osy_json_reader_int (r, "a", 0, 9);
  osy_json_reader_int (osy_json_reader_object (r, "sub"), "x", 0, 9);
  osy_json_reader_int (osy_json_reader_object (r, "sub"), "x", 0, 9);
  osy_json_reader_array (r, "list", 0, 9);
  osy_json_reader_int (osy_json_reader_element (r, "list", 0), "z", 0, 9);
  g_autofree char *found = faults (r);
  g_assert_cmpstr (found, ==,
                   "/a~1b~0c UNKNOWN_MEMBER; /sub/y UNKNOWN_MEMBER; /list/0/w UNKNOWN_MEMBER");

  g_autoptr (OsyJsonReader) lax = reader (text);
  osy_json_reader_ignore_unknown (lax);
  osy_json_reader_int (osy_json_reader_object (lax, "sub"), "x", 0, 9);
  g_autofree char *none = faults (lax);
  g_assert_cmpstr (none, ==, "");
}

static void
test_root (void)
{
  static const char *const texts[] = {"[]", "5", "\"x\"", "null", "true"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (OsyJsonReader) r = reader (texts[i]);
    osy_json_reader_string (r, "a", 0, 9);
    osy_json_reader_opt_int (r, "b", 0, 9, 0);
    g_assert_false (osy_json_reader_has (r, "a"));
    g_autofree char *found = faults (r);
    g_assert_cmpstr (found, ==, " TYPE");
  }
  g_autoptr (OsyJsonReader) none = osy_json_reader_new (NULL);
  g_autofree char *found = faults (none);
  g_assert_cmpstr (found, ==, " TYPE");
}

static void
test_own_fault (void)
{
  g_autoptr (OsyJsonReader) r = reader ("{\"list\":[{\"min\":3,\"max\":1}]}");
  g_autoptr (GError) error = NULL;

  osy_json_reader_array (r, "list", 0, 1);
  OsyJsonReader *element = osy_json_reader_element (r, "list", 0);
  osy_json_reader_int (element, "min", 0, 9);
  osy_json_reader_int (element, "max", 0, 9);
  osy_json_reader_fault (element, "max", "BELOW_MIN", "The maximum is below the minimum.");
  g_autofree char *pointer = osy_json_reader_pointer (element, NULL);
  g_assert_cmpstr (pointer, ==, "/list/0");
  g_assert_false (osy_json_reader_finish (r, &error));
  g_assert_cmpstr (error->message, ==, "/list/0/max: The maximum is below the minimum.");
}

/* A body of faults does not make an answer larger than itself. */
static void
test_fault_limit (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 900; i++)
    g_string_append_printf (text, "%s\"m%d\":1", i ? "," : "", i);
  g_string_append_c (text, '}');
  g_autoptr (OsyJsonReader) r = reader (text->str);
  g_assert_false (osy_json_reader_finish (r, &error));
  g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
  JsonArray *errors = json_object_get_array_member (json_node_get_object (problem), "errors");
  g_assert_cmpuint (json_array_get_length (errors), ==, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-reader/good", test_good);
  g_test_add_func ("/json-reader/types", test_types);
  g_test_add_func ("/json-reader/ranges", test_ranges);
  g_test_add_func ("/json-reader/missing", test_missing);
  g_test_add_func ("/json-reader/unknown", test_unknown);
  g_test_add_func ("/json-reader/root", test_root);
  g_test_add_func ("/json-reader/own-fault", test_own_fault);
  g_test_add_func ("/json-reader/fault-limit", test_fault_limit);
  return g_test_run ();
}
