/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Errors as problem documents and back. */

#include <gio/gio.h>

#include "osy-error.h"

static GError *
new_error (OsyErrorCode code)
{
  return g_error_new (OSY_ERROR, (int)code, "Say what to do (%d).", (int)code);
}

static void
test_every_code (void)
{
  for (int code = 0; code < OSY_N_ERRORS; code++) {
    g_autoptr (GError) error = new_error (code);
    g_autoptr (JsonNode) problem = osy_error_to_problem (error, "trace-1");
    JsonObject *object = json_node_get_object (problem);
    guint status = osy_error_http_status (error);

    g_assert_cmpuint (status, >=, 400);
    g_assert_cmpuint (status, <, 600);
    g_assert_cmpint (json_object_get_int_member (object, "status"), ==, status);
    g_assert_cmpstr (json_object_get_string_member (object, "code"), ==,
                     osy_error_code_name (code));
    g_assert_cmpstr (json_object_get_string_member (object, "trace_id"), ==, "trace-1");
    g_assert_cmpstr (json_object_get_string_member (object, "type"), ==, "about:blank");
    g_assert_cmpint (osy_error_code_from_name (osy_error_code_name (code)), ==, code);
    g_autoptr (GError) back = osy_error_from_problem (problem, status);
    g_assert_true (osy_error_is (back, code));
    if (code != OSY_ERROR_INTERNAL)
      g_assert_cmpstr (back->message, ==, error->message);
  }
}

/* What went wrong inside never reaches a client. */
static void
test_inside_stays_inside (void)
{
  g_autoptr (GError) internal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INTERNAL, "password=secret at 10.0.0.1");
  g_autoptr (GError) foreign =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "/secret/path");
  GError *const errors[] = {internal, foreign};

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autoptr (JsonNode) problem = osy_error_to_problem (errors[i], NULL);
    g_autofree char *text = json_to_string (problem, FALSE);
    g_assert_null (strstr (text, "secret"));
    g_assert_null (strstr (text, "trace_id"));
    g_assert_nonnull (strstr (text, "\"INTERNAL\""));
    g_assert_cmpuint (osy_error_http_status (errors[i]), ==, 500);
  }
  g_assert_null (osy_error_get_extra (foreign, "x"));
}

static void
test_fields_and_extra (void)
{
  g_autoptr (GError) error = new_error (OSY_ERROR_VERSION_CONFLICT);

  osy_error_add_field (error, "/items/0/quantity", "OUT_OF_RANGE", "Too many.");
  osy_error_add_field (error, "/note", "TOO_LONG", "Too long.");
  osy_error_set_extra (error, "current_version", json_node_init_int (json_node_alloc (), 7));
  g_autoptr (GError) copy = g_error_copy (error);
  g_clear_error (&error);
  g_autoptr (JsonNode) problem = osy_error_to_problem (copy, NULL);
  JsonObject *object = json_node_get_object (problem);
  JsonArray *fields = json_object_get_array_member (object, "errors");
  g_assert_cmpuint (json_array_get_length (fields), ==, 2);
  JsonObject *second = json_array_get_object_element (fields, 1);
  g_assert_cmpstr (json_object_get_string_member (second, "pointer"), ==, "/note");
  g_assert_cmpint (json_object_get_int_member (object, "current_version"), ==, 7);

  g_autoptr (GError) back = osy_error_from_problem (problem, 409);
  g_assert_cmpint (json_node_get_int (osy_error_get_extra (back, "current_version")), ==, 7);
  g_assert_null (osy_error_get_extra (back, "absent"));
  g_autoptr (JsonNode) again = osy_error_to_problem (back, NULL);
  JsonObject *again_object = json_node_get_object (again);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (again_object, "errors")),
                    ==, 2);
}

/* A proxy, an older or a newer server: the status says what the body does not. */
static void
test_strange_problems (void)
{
  static const struct {
    const char *text;
    guint status;
    OsyErrorCode code;
  } cases[] = {
      {"[]", 503, OSY_ERROR_UNAVAILABLE},
      {"5", 504, OSY_ERROR_TIMEOUT},
      {"{}", 401, OSY_ERROR_UNAUTHENTICATED},
      {"{}", 403, OSY_ERROR_INSUFFICIENT_PERMISSION},
      {"{}", 404, OSY_ERROR_NOT_FOUND},
      {"{\"code\":5,\"detail\":[]}", 429, OSY_ERROR_RATE_LIMITED},
      {"{\"code\":\"FROM_THE_FUTURE\",\"detail\":\"x\"}", 409, OSY_ERROR_CONFLICT},
      {"{\"code\":\"INTERNAL\"}", 409, OSY_ERROR_INTERNAL},
      {"{\"errors\":{}}", 418, OSY_ERROR_INVALID_REQUEST},
      {"{}", 502, OSY_ERROR_INTERNAL},
      {"{\"code\":\"SOLD_OUT\"}", 500, OSY_ERROR_SOLD_OUT},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = json_from_string (cases[i].text, NULL);
    g_autoptr (GError) error = osy_error_from_problem (node, cases[i].status);
    g_assert_error (error, OSY_ERROR, (int)cases[i].code);
    g_assert_cmpstr (error->message, !=, "");
  }
  g_autoptr (GError) none = osy_error_from_problem (NULL, 404);
  g_assert_true (osy_error_is (none, OSY_ERROR_NOT_FOUND));
}

static void
test_names (void)
{
  g_assert_cmpint (osy_error_code_from_name (NULL), ==, OSY_ERROR_INTERNAL);
  g_assert_cmpint (osy_error_code_from_name ("nonsense"), ==, OSY_ERROR_INTERNAL);
  g_assert_cmpstr (osy_error_code_name (OSY_N_ERRORS), ==, "INTERNAL");
  g_assert_cmpstr (osy_error_code_name ((OsyErrorCode)-1), ==, "INTERNAL");
  g_assert_false (osy_error_is (NULL, OSY_ERROR_INTERNAL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/every-code", test_every_code);
  g_test_add_func ("/error/inside-stays-inside", test_inside_stays_inside);
  g_test_add_func ("/error/fields-and-extra", test_fields_and_extra);
  g_test_add_func ("/error/strange-problems", test_strange_problems);
  g_test_add_func ("/error/names", test_names);
  return g_test_run ();
}
