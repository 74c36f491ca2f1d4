/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The first run over HTTP: only with the code, only once, all or nothing. */

#include <sys/stat.h>

#include "osy-auth-fixture.h"

static OsyAuthFixture *fixture;

static char *
read_code (void)
{
  g_autofree char *path = g_build_filename (fixture->data_dir, "setup-code", NULL);
  char *code = NULL;
  struct stat info;

  g_assert_true (g_file_get_contents (path, &code, NULL, NULL));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  return g_strchomp (code);
}

static gboolean
is_needed (void)
{
  g_autoptr (Answer) answer =
      osy_auth_fixture_call (fixture, "GET", "/api/v1/setup", NULL, NULL, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return json_object_get_boolean_member (answer->body, "needed");
}

static Answer *
set_up (const char *code, const char *number, const char *email, const char *password)
{
  g_autofree char *body = g_strdup_printf (
      "{\"code\":\"%s\",\"shop_name\":\"달빛분식\",\"business_number\":\"%s\","
      "\"owner_email\":\"%s\",\"owner_password\":\"%s\",\"owner_name\":\"김사장\"}",
      code, number, email, password);

  return osy_auth_fixture_call (fixture, "POST", "/api/v1/setup", NULL, NULL, body);
}

static void
assert_refused (Answer *answer, guint status, const char *code, const char *pointer)
{
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (answer_code (answer), ==, code);
  if (pointer != NULL) {
    JsonArray *errors = json_object_get_array_member (answer->body, "errors");
    JsonObject *first = json_array_get_object_element (errors, 0);
    g_assert_cmpstr (json_object_get_string_member (first, "pointer"), ==, pointer);
  }
  g_assert_true (is_needed ());
}

static void
test_refusals (void)
{
  g_autofree char *code = read_code ();
  g_autoptr (Answer) wrong = set_up ("guess", "124-81-00998", "a@b.c", FIXTURE_PASSWORD);
  g_autoptr (Answer) number = set_up (code, "124-81-00999", "a@b.c", FIXTURE_PASSWORD);
  g_autoptr (Answer) email = set_up (code, "124-81-00998", "nobody", FIXTURE_PASSWORD);
  g_autoptr (Answer) weak = set_up (code, "124-81-00998", "a@b.c", "password1");
  g_autoptr (Answer) empty =
      osy_auth_fixture_call (fixture, "POST", "/api/v1/setup", NULL, NULL, "{}");

  assert_refused (wrong, 401, "INVALID_CREDENTIALS", NULL);
  assert_refused (number, 400, "INVALID_REQUEST", "/business_number");
  assert_refused (email, 400, "INVALID_REQUEST", "/owner_email");
  assert_refused (weak, 400, "INVALID_REQUEST", "/owner_password");
  assert_refused (empty, 400, "INVALID_REQUEST", NULL);
}

static void
test_set_up (void)
{
  g_autofree char *code = read_code ();
  g_autofree char *path = g_build_filename (fixture->data_dir, "setup-code", NULL);
  g_autoptr (Answer) made = set_up (code, "124-81-00998", "Owner@Shop.Example", FIXTURE_PASSWORD);

  g_assert_cmpuint (made->status, ==, 201);
  g_assert_cmpstr (answer_text (made, "token_type"), ==, "Bearer");
  g_assert_cmpint (json_object_get_int_member (made->body, "expires_in"), ==, 900);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (is_needed ());

  g_autoptr (Answer) me = osy_auth_fixture_call (fixture, "GET", "/api/v1/auth/me",
                                                 answer_text (made, "access_token"), NULL, NULL);
  g_assert_cmpuint (me->status, ==, 200);
  g_assert_cmpstr (answer_text (me, "role"), ==, "OWNER");
  g_assert_cmpstr (answer_text (me, "name"), ==, "김사장");
  g_assert_cmpstr (answer_text (me, "user_id"), ==, answer_text (made, "owner_id"));

  g_autoptr (Answer) shop = osy_auth_fixture_call (fixture, "GET", "/api/v1/restaurants/me",
                                                   answer_text (made, "access_token"), NULL, NULL);
  g_assert_cmpstr (answer_text (shop, "id"), ==, answer_text (made, "restaurant_id"));
  g_assert_cmpstr (answer_text (shop, "business_number"), ==, "1248100998");

  g_autoptr (Answer) login =
      osy_auth_fixture_login (fixture, " owner@shop.example", FIXTURE_PASSWORD, NULL);
  g_assert_cmpuint (login->status, ==, 200);

  g_autoptr (Answer) again = set_up (code, "124-81-00998", "thief@b.c", FIXTURE_PASSWORD);
  g_assert_cmpuint (again->status, ==, 409);
  g_assert_cmpstr (answer_code (again), ==, "ALREADY_SET_UP");
}

/* Nothing personal can be read in the tables, neither as text nor as bytes. */
static void
test_canaries (void)
{
  static const char *const canaries[] = {"owner@shop.example", "김사장", "1248100998", "$2b$04"};
  static const char *const tables[] = {"app_user",      "restaurant", "membership", "session",
                                       "refresh_token", "audit_log",  "outbox",     "jwt_key"};

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (canaries); j++) {
      g_autofree char *sql =
          g_strdup_printf ("SELECT count(*) FROM %s t WHERE strpos (t::text, '%s') > 0 OR "
                           "strpos (t::text, encode (convert_to ('%s', 'UTF8'), 'hex')) > 0",
                           tables[i], canaries[j], canaries[j]);
      g_autofree char *found = osy_test_pg_value (sql);
      g_test_message ("%s in %s", canaries[j], tables[i]);
      g_assert_cmpstr (found, ==, "0");
    }
  /* The search itself works: the shop's name is not personal. */
  g_autofree char *name = osy_test_pg_value (
      "SELECT count(*) FROM restaurant t WHERE strpos (t::text, '달빛분식') > 0");
  g_assert_cmpstr (name, ==, "1");
}

/* A daemon that starts on a shop writes no code. */
static void
test_no_code_afterwards (void)
{
  g_autofree char *path = g_build_filename (fixture->data_dir, "setup-code", NULL);
  g_autoptr (OsyAuthRoom) restarted =
      osy_auth_room_new (fixture->pool, fixture->ring, fixture->data_dir);
  g_autoptr (GError) error = NULL;

  osy_auth_room_load (restarted, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  g_test_add_func ("/auth/setup/refusals", test_refusals);
  g_test_add_func ("/auth/setup/set-up", test_set_up);
  g_test_add_func ("/auth/setup/canaries", test_canaries);
  g_test_add_func ("/auth/setup/no-code-afterwards", test_no_code_afterwards);
  int code = g_test_run ();
  osy_auth_fixture_free (fixture);
  return code;
}
