/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The second factor over HTTP: begun, confirmed, asked for, used up, lost and removed. */

#include <liboath/oath.h>
#include <string.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"

#define SECONDS G_TIME_SPAN_SECOND
#define NOW (G_GINT64_CONSTANT (1795231440) * G_USEC_PER_SEC)

static OsyAuthFixture *fixture;

/** A person with a second factor. */
typedef struct {
  char *email;
  char *token;
  char *secret;
  guint8 raw[20];
  GPtrArray *recovery; /* of char* */
} Person;

static Answer *
post (const Person *person, const char *path, const char *member, const char *value)
{
  g_autofree char *body = g_strdup_printf ("{\"%s\":\"%s\"}", member, value);

  return osy_auth_fixture_call (fixture, "POST", path, person->token, NULL, body);
}

static Answer *
post_removal (const Person *person, const char *password, const char *code)
{
  g_autofree char *body = g_strdup_printf ("{\"password\":\"%s\",\"code\":\"%s\"}", password, code);

  return osy_auth_fixture_call (fixture, "POST", "/api/v1/auth/totp/remove", person->token, NULL,
                                body);
}

static char *
code_at (const Person *person, gint64 us)
{
  char code[7];

  g_assert_cmpint (oath_totp_generate ((const char *)person->raw, sizeof person->raw,
                                       us / G_USEC_PER_SEC, 30, 0, 6, code),
                   ==, OATH_OK);
  return g_strdup (code);
}

static Answer *
login (const Person *person, const char *totp)
{
  g_autofree char *body =
      totp != NULL ? g_strdup_printf ("{\"email\":\"%s\",\"password\":\"" FIXTURE_PASSWORD
                                      "\",\"totp\":\"%s\"}",
                                      person->email, totp)
                   : g_strdup_printf ("{\"email\":\"%s\",\"password\":\"" FIXTURE_PASSWORD "\"}",
                                      person->email);

  return osy_auth_fixture_call (fixture, "POST", "/api/v1/auth/login", NULL, NULL, body);
}

static void
begin (Person *person)
{
  g_autoptr (Answer) answer = post (person, "/api/v1/auth/totp", "password", FIXTURE_PASSWORD);
  char *raw = NULL;
  gsize len = 0;

  g_assert_cmpuint (answer->status, ==, 201);
  person->secret = g_strdup (answer_text (answer, "secret"));
  g_assert_true (g_str_has_prefix (answer_text (answer, "otpauth_uri"), "otpauth://totp/"));
  g_assert_nonnull (strstr (answer_text (answer, "otpauth_uri"), person->secret));
  g_assert_cmpint (oath_base32_decode (person->secret, strlen (person->secret), &raw, &len), ==,
                   OATH_OK);
  g_assert_cmpuint (len, ==, sizeof person->raw);
  memcpy (person->raw, raw, len);
  free (raw);
}

static void
confirm (Person *person)
{
  g_autofree char *code = code_at (person, osy_clock_now ());
  g_autoptr (Answer) answer = post (person, "/api/v1/auth/totp/confirm", "code", code);
  JsonArray *codes;

  g_assert_cmpuint (answer->status, ==, 200);
  codes = json_object_get_array_member (answer->body, "recovery_codes");
  g_assert_cmpuint (json_array_get_length (codes), ==, 10);
  for (guint i = 0; i < 10; i++)
    g_ptr_array_add (person->recovery, g_strdup (json_array_get_string_element (codes, i)));
}

static void
person_open (Person *person, const char *email)
{
  osy_clock_set_fake (NOW);
  *person =
      (Person){.email = g_strdup (email), .recovery = g_ptr_array_new_with_free_func (g_free)};
  g_free (osy_auth_fixture_add_shop (fixture, "가게", email));
  person->token = osy_auth_fixture_token (fixture, email, NULL);
}

static void
person_close (Person *person)
{
  g_free (person->email);
  g_free (person->token);
  g_free (person->secret);
  g_ptr_array_unref (person->recovery);
  osy_clock_set_fake (0);
}

static void
assert_login (const Person *person, const char *totp, guint status, const char *code)
{
  g_autoptr (Answer) answer = login (person, totp);

  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (answer_code (answer), ==, code);
}

static void
test_asked_for (void)
{
  Person person;

  person_open (&person, "asked@one.example");
  assert_login (&person, "123456", 200, ""); /* passed over while there is none */
  begin (&person);
  assert_login (&person, NULL, 200, ""); /* not yet confirmed */
  confirm (&person);
  assert_login (&person, NULL, 401, "TOTP_REQUIRED");
  assert_login (&person, "000000", 401, "INVALID_CREDENTIALS");
  osy_clock_advance_fake (60 * SECONDS);
  g_autofree char *code = code_at (&person, osy_clock_now ());
  assert_login (&person, code, 200, "");
  /* Whoever saw it over the shoulder comes too late. */
  assert_login (&person, code, 401, "INVALID_CREDENTIALS");
  osy_clock_advance_fake (60 * SECONDS);
  assert_login (&person, code, 401, "INVALID_CREDENTIALS");
  person_close (&person);
}

static void
test_recovery (void)
{
  Person person;

  person_open (&person, "lost@one.example");
  begin (&person);
  confirm (&person);
  const char *first = person.recovery->pdata[0];
  g_autofree char *small = g_ascii_strdown (person.recovery->pdata[1], -1);
  g_autofree char *typed = g_strdup_printf ("%.5s-%s", small, small + 5);
  assert_login (&person, first, 200, "");
  assert_login (&person, first, 401, "INVALID_CREDENTIALS");
  assert_login (&person, typed, 200, "");
  assert_login (&person, "ABCDEFGHJK", 401, "INVALID_CREDENTIALS");
  person_close (&person);
}

static void
test_needs_password (void)
{
  Person person;

  person_open (&person, "careful@one.example");
  g_autoptr (Answer) wrong = post (&person, "/api/v1/auth/totp", "password", "not the password");
  g_assert_cmpuint (wrong->status, ==, 401);
  begin (&person);
  g_autoptr (Answer) bad = post (&person, "/api/v1/auth/totp/confirm", "code", "000000");
  g_assert_cmpuint (bad->status, ==, 400);
  g_assert_cmpstr (answer_code (bad), ==, "INVALID_REQUEST");
  g_free (person.secret);
  begin (&person); /* begun anew: the first secret is gone */
  confirm (&person);
  g_autoptr (Answer) again = post (&person, "/api/v1/auth/totp", "password", FIXTURE_PASSWORD);
  g_assert_cmpuint (again->status, ==, 409);
  g_autoptr (Answer) twice = post (&person, "/api/v1/auth/totp/confirm", "code", "000000");
  g_assert_cmpuint (twice->status, ==, 409);
  person_close (&person);
}

static void
test_remove (void)
{
  Person person;

  person_open (&person, "done@one.example");
  g_autoptr (Answer) none = post_removal (&person, FIXTURE_PASSWORD, "000000");
  g_assert_cmpuint (none->status, ==, 409);
  begin (&person);
  confirm (&person);
  g_autoptr (Answer) wrong = post_removal (&person, FIXTURE_PASSWORD, "000000");
  g_assert_cmpuint (wrong->status, ==, 400);
  /* A code alone, of a phone that lies about, is not enough. */
  g_autoptr (Answer) other = post_removal (&person, "another pass", person.recovery->pdata[8]);
  g_assert_cmpuint (other->status, ==, 401);
  g_autoptr (Answer) alone =
      post (&person, "/api/v1/auth/totp/remove", "code", person.recovery->pdata[8]);
  g_assert_cmpuint (alone->status, ==, 400);
  g_autoptr (Answer) right = post_removal (&person, FIXTURE_PASSWORD, person.recovery->pdata[9]);
  g_assert_cmpuint (right->status, ==, 204);
  assert_login (&person, NULL, 200, "");
  g_autofree char *noted =
      osy_test_pg_value ("SELECT count(*) FROM audit_log WHERE action = 'auth.totp_removed'");
  g_assert_cmpstr (noted, ==, "1");
  person_close (&person);
}

/* A stolen access token does not guess its way to the factor's removal. */
static void
test_throttled (void)
{
  Person person;
  guint refused = 0;

  person_open (&person, "stolen@one.example");
  begin (&person);
  confirm (&person);
  for (int i = 0; i < 30; i++) {
    g_autofree char *guess = g_strdup_printf ("%06d", i);
    g_autoptr (Answer) answer = post_removal (&person, FIXTURE_PASSWORD, guess);

    refused += answer->status == 429;
  }
  g_assert_cmpuint (refused, >=, 15);
  g_autofree char *code = code_at (&person, osy_clock_now () + 30 * SECONDS);
  g_autoptr (Answer) right = post_removal (&person, FIXTURE_PASSWORD, code);
  g_assert_cmpuint (right->status, ==, 429);
  person_close (&person);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  g_test_add_func ("/auth/totp/asked-for", test_asked_for);
  g_test_add_func ("/auth/totp/recovery", test_recovery);
  g_test_add_func ("/auth/totp/needs-password", test_needs_password);
  g_test_add_func ("/auth/totp/remove", test_remove);
  g_test_add_func ("/auth/totp/throttled", test_throttled);
  status = g_test_run ();
  osy_auth_fixture_free (fixture);
  return status;
}
