/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A stranger guesses at an account: how many of his guesses are looked at, and that its owner still
 * gets in. Counted by the comparisons that are really made. */

#include <liboath/oath.h>
#include <string.h>

#include "osy-auth-admission.h"
#include "osy-auth-fixture.h"
#include "osy-auth-totp.h"
#include "osy-clock.h"

#define SECONDS G_TIME_SPAN_SECOND
#define MINUTES (60 * SECONDS)
#define N_GUESSES 10000
#define N_AT_A_TIME 8

static OsyAuthFixture *fixture;
static char *shop;

static Answer *
login (const char *email, const char *password, const char *member, const char *value)
{
  g_autofree char *more = member ? g_strdup_printf (",\"%s\":\"%s\"", member, value) : NULL;
  g_autofree char *body = g_strdup_printf ("{\"email\":\"%s\",\"password\":\"%s\"%s}", email,
                                           password, more ? more : "");

  return osy_auth_fixture_call (fixture, "POST", "/api/v1/auth/login", NULL, NULL, body);
}

static guint
login_status (const char *email, const char *password, const char *member, const char *value)
{
  g_autoptr (Answer) answer = login (email, password, member, value);

  return answer->status;
}

static guint
evaluated (void)
{
  return osy_password_hasher_verified (fixture->auth->hasher);
}

/* Spends the budget of strangers and of this test's own address. */
static void
spend (const char *email)
{
  for (int i = 0; i < 10; i++)
    login_status (email, "a wrong guess", NULL, NULL);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 429);
}

/* Each test begins an hour after the last, so that their guesses do not add up. */
static void
later (void)
{
  static gint64 now = G_GINT64_CONSTANT (1795231440) * G_USEC_PER_SEC;

  now += 60 * MINUTES;
  osy_clock_set_fake (now);
}

static void
add_person (const char *email)
{
  later ();
  osy_auth_fixture_add_member (fixture, shop, email, OSY_ROLE_STAFF);
}

static void
test_stopped (void)
{
  const char *email = "guessed@one.example";

  add_person (email);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (login_status (email, "a wrong guess", NULL, NULL), ==, 401);
  guint before = evaluated ();
  g_autoptr (Answer) stopped = login (email, FIXTURE_PASSWORD, NULL, NULL);
  g_assert_cmpuint (stopped->status, ==, 429);
  g_assert_cmpstr (answer_code (stopped), ==, "RATE_LIMITED");
  g_assert_cmpstr (stopped->retry_after, ==, "900");
  g_assert_cmpuint (evaluated (), ==, before);
  g_assert_cmpuint (login_status ("other@shop.example", FIXTURE_PASSWORD, NULL, NULL), ==, 200);

  /* A restart forgives nothing. */
  g_autoptr (OsyAuthRoom) restarted =
      osy_auth_room_new (fixture->pool, fixture->ring, fixture->data_dir);
  g_assert_true (osy_auth_room_load (restarted, NULL));
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 429);
  osy_clock_advance_fake (15 * MINUTES - 1);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 429);
  osy_clock_advance_fake (1);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 200);
}

/* Nobody learns by being stopped whether there is such an account. */
static void
test_unknown_account (void)
{
  later ();
  guint before = evaluated ();
  spend ("nobody@one.example");
  g_assert_cmpuint (evaluated () - before, ==, 10);
}

/* ---- the long way: ten thousand, from many addresses at a time ---- */

typedef struct {
  OsyAuthAdmission admission;
} Guess;

static gboolean
admit (OsyDbTx *tx, gpointer data, GError **error)
{
  Guess *guess = data;

  return osy_auth_admit (tx, fixture->ring, &guess->admission, error);
}

static guint next_guess;

static gpointer
guess_on (gpointer data)
{
  OsyDbScope scope = {NULL};
  guint looked_at = 0;

  for (guint i; (i = g_atomic_int_add (&next_guess, 1)) < N_GUESSES;) {
    g_autofree char *client = g_strdup_printf ("10.%u.%u.1", i / 250, i % 250);
    Guess guess = {.admission = {.email = data, .client = client, .code = "123456"}};
    g_assert_true (osy_db_pool_run (fixture->pool, &scope, admit, &guess, NULL));
    looked_at += guess.admission.wait == 0;
    g_clear_pointer (&guess.admission.user, osy_auth_user_free);
    /* Three quarters of an hour in all. */
    if (i % 100 == 0)
      osy_clock_advance_fake (27 * SECONDS);
  }
  return GUINT_TO_POINTER (looked_at);
}

static void
test_ten_thousand (void)
{
  GThread *threads[N_AT_A_TIME];
  guint looked_at = 0;

  add_person ("famous@one.example");
  for (int i = 0; i < N_AT_A_TIME; i++)
    threads[i] = g_thread_new ("guess", guess_on, (gpointer) "famous@one.example");
  for (int i = 0; i < N_AT_A_TIME; i++)
    looked_at += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  g_test_message ("%u of %u looked at in 45 minutes", looked_at, N_GUESSES);
  g_assert_cmpuint (looked_at, >=, 10);
  g_assert_cmpuint (looked_at, <=, 30);
}

/* ---- the owner still gets in ---- */

static void
test_known_client (void)
{
  const char *email = "kept@one.example";

  add_person (email);
  g_autoptr (Answer) first = login (email, FIXTURE_PASSWORD, NULL, NULL);
  const char *known = answer_text (first, "known_client");
  g_assert_cmpuint (strlen (known), ==, 64);
  spend (email);
  g_autoptr (Answer) again = login (email, FIXTURE_PASSWORD, "known_client", known);
  g_assert_cmpuint (again->status, ==, 200);
  g_assert_cmpstr (answer_text (again, "known_client"), ==, known);

  /* It is nobody else's, nor half of one, and has ten guesses of its own. */
  g_autoptr (Answer) other = login ("other@shop.example", FIXTURE_PASSWORD, NULL, NULL);
  g_assert_cmpuint (
      login_status (email, FIXTURE_PASSWORD, "known_client", answer_text (other, "known_client")),
      ==, 429);
  g_autofree char *half = g_strndup (known, 32);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, "known_client", half), ==, 429);
  for (int i = 0; i < 10; i++)
    g_assert_cmpuint (login_status (email, "a wrong guess", "known_client", known), ==, 401);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, "known_client", known), ==, 429);
}

typedef struct {
  const char *email;
  guint8 secret[OSY_TOTP_SECRET_SIZE];
  GPtrArray *codes;
} Factor;

static char *
code_of (const Factor *factor)
{
  char code[7];

  g_assert_cmpint (oath_totp_generate ((const char *)factor->secret, sizeof factor->secret,
                                       osy_clock_now () / G_USEC_PER_SEC, 30, 0, 6, code),
                   ==, OATH_OK);
  return g_strdup (code);
}

static gboolean
add_factor (OsyDbTx *tx, gpointer data, GError **error)
{
  Factor *factor = data;
  g_autoptr (OsyAuthUser) user = NULL;
  g_auto (OsyAuthTotpStart) start = {NULL, NULL};
  char *raw = NULL;
  gsize len = 0;

  if (!osy_auth_store_find_user (tx, fixture->ring, factor->email, &user, error) ||
      !osy_auth_store_act_as (tx, user->id, error) ||
      !osy_auth_totp_begin (tx, fixture->ring, user, &start, error))
    return FALSE;
  oath_base32_decode (start.secret, strlen (start.secret), &raw, &len);
  memcpy (factor->secret, raw, MIN (len, sizeof factor->secret));
  free (raw);
  g_autoptr (OsyPrincipal) person = osy_principal_new_user (user->id, shop, OSY_ROLE_STAFF, NULL);
  OsyCall call = {.principal = person};
  g_autofree char *code = code_of (factor);
  factor->codes = osy_auth_totp_confirm (tx, fixture->ring, &call, code, error);
  return factor->codes != NULL;
}

static void
test_second_factor (void)
{
  Factor factor = {.email = "strong@one.example"};
  OsyDbScope scope = {.restaurant_id = shop};

  add_person (factor.email);
  g_assert_true (osy_db_pool_run (fixture->pool, &scope, add_factor, &factor, NULL));
  osy_clock_advance_fake (MINUTES);
  spend (factor.email);
  g_autofree char *code = code_of (&factor);
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", code), ==, 200);

  /* A stranger who guesses at codes as well leaves the one of paper, which a slip of the password
   * does not use up. */
  for (int i = 0; i < 20; i++)
    g_assert_cmpuint (login_status (factor.email, "a wrong guess", "totp", "000001"), ==, 429);
  osy_clock_advance_fake (MINUTES);
  g_autofree char *late = code_of (&factor);
  const char *paper = factor.codes->pdata[3];
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", late), ==, 429);
  g_assert_cmpuint (login_status (factor.email, "a slip", "totp", paper), ==, 401);
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", paper), ==, 200);
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", paper), ==, 429);
  g_ptr_array_unref (factor.codes);
}

/* The right password of somebody who also has to show a code counts as right, a wrong code as
 * wrong. */
static void
test_codes_are_counted (void)
{
  Factor factor = {.email = "coded@one.example"};
  OsyDbScope scope = {.restaurant_id = shop};

  add_person (factor.email);
  g_assert_true (osy_db_pool_run (fixture->pool, &scope, add_factor, &factor, NULL));
  osy_clock_advance_fake (MINUTES);
  for (int i = 0; i < 12; i++)
    g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, NULL, NULL), ==, 401);
  for (int i = 0; i < 5; i++)
    g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", "000001"), ==, 401);
  g_autofree char *code = code_of (&factor);
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", code), ==, 429);
  osy_clock_advance_fake (15 * MINUTES);
  g_autofree char *late = code_of (&factor);
  g_assert_cmpuint (login_status (factor.email, FIXTURE_PASSWORD, "totp", late), ==, 200);
  g_ptr_array_unref (factor.codes);
}

/* Hashes of a former cost are made anew while the password is at hand. */
static void
test_rehash (void)
{
  const char *email = "old@one.example";

  add_person (email);
  osy_password_hasher_set_cost (fixture->auth->hasher, 5);
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 200);
  g_autofree char *versions = osy_test_pg_value ("SELECT max (version) FROM app_user");
  g_assert_cmpstr (versions, ==, "2");
  g_assert_cmpuint (login_status (email, FIXTURE_PASSWORD, NULL, NULL), ==, 200);
  g_autofree char *same = osy_test_pg_value ("SELECT max (version) FROM app_user");
  g_assert_cmpstr (same, ==, "2");
  osy_password_hasher_set_cost (fixture->auth->hasher, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (TRUE);
  shop = osy_auth_fixture_add_shop (fixture, "가게", "other@shop.example");
  g_test_add_func ("/auth/guesses/rehash", test_rehash);
  g_test_add_func ("/auth/guesses/stopped", test_stopped);
  g_test_add_func ("/auth/guesses/unknown-account", test_unknown_account);
  g_test_add_func ("/auth/guesses/ten-thousand", test_ten_thousand);
  g_test_add_func ("/auth/guesses/known-client", test_known_client);
  g_test_add_func ("/auth/guesses/second-factor", test_second_factor);
  g_test_add_func ("/auth/guesses/codes-are-counted", test_codes_are_counted);
  int code = g_test_run ();
  g_free (shop);
  osy_auth_fixture_free (fixture);
  return code;
}
