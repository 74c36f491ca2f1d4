/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Refresh tokens against a model: random chains of renewals, lost answers, copies that come late.
 */

#include <string.h>

#include "osy-auth-fixture.h"
#include "osy-clock.h"

#define SECONDS G_TIME_SPAN_SECOND
#define BEGIN G_GINT64_CONSTANT (1795231440000000)
#define N_FAMILIES 60
#define N_STEPS 15

static OsyAuthFixture *fixture;
static char *shop;
static char *user_id;

/** What we expect of one sign-in. */
typedef struct {
  GPtrArray *tokens; /* of char*, the newest last */
  gint64 renewed_at; /* when the last exchange was; 0: none yet */
  gint64 idle_until;
  gboolean ended;
} Model;

typedef struct {
  const char *token; /* nullable: then a session is opened */
  OsyAuthTokens opened;
  OsyAuthRenewal renewal;
} Run;

static gboolean
work (OsyDbTx *tx, gpointer data, GError **error)
{
  Run *run = data;
  const OsyAuthSessions *sessions = &fixture->auth->sessions;

  if (run->token != NULL)
    return osy_auth_session_renew (sessions, tx, run->token, &run->renewal, error);
  return osy_auth_session_open (sessions, tx, user_id, OSY_ROLE_STAFF, &run->opened, error);
}

static void
run_now (Run *run)
{
  OsyDbScope scope = {.restaurant_id = run->token ? NULL : shop};
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run (fixture->pool, &scope, work, run, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static Model
open_family (void)
{
  Run run = {NULL};
  Model model = {.tokens = g_ptr_array_new_with_free_func (g_free)};

  run_now (&run);
  g_ptr_array_add (model.tokens, g_strdup (run.opened.refresh_token));
  model.idle_until = osy_clock_now () + OSY_AUTH_IDLE_SECONDS * SECONDS;
  osy_auth_tokens_clear (&run.opened);
  return model;
}

/* Renews with the token that is @back before the newest, and holds the answer against the model. */
static void
renew (Model *model, guint back)
{
  guint newest = model->tokens->len - 1;
  gint64 now = osy_clock_now ();
  Run run = {.token = model->tokens->pdata[newest - back]};

  run_now (&run);
  const char *next = run.renewal.tokens.refresh_token;
  gboolean in_grace = back == 1 && now - model->renewed_at <= OSY_AUTH_GRACE_SECONDS * SECONDS;
  if (model->ended || (back == 0 && now >= model->idle_until)) {
    g_assert_null (next);
    g_assert_null (run.renewal.revoked);
  } else if (back == 0) {
    g_assert_nonnull (next);
    g_ptr_array_add (model->tokens, g_strdup (next));
    model->renewed_at = now;
    model->idle_until = now + OSY_AUTH_IDLE_SECONDS * SECONDS;
  } else if (in_grace) {
    g_assert_cmpstr (next, ==, model->tokens->pdata[newest]);
  } else {
    g_assert_null (next);
    g_assert_nonnull (run.renewal.revoked);
    model->ended = TRUE;
  }
  g_assert_true ((run.renewal.tokens.access_token != NULL) == (next != NULL));
  osy_auth_renewal_clear (&run.renewal);
}

static void
test_model (void)
{
  static const gint64 pauses[] = {0, 1 * SECONDS, 9 * SECONDS, 11 * SECONDS, 3600 * SECONDS};
  g_autoptr (GRand) random = g_rand_new_with_seed (20261121);
  guint n_ended = 0;

  osy_clock_set_fake (BEGIN);
  for (guint i = 0; i < N_FAMILIES; i++) {
    Model model = open_family ();
    for (guint step = 0; step < N_STEPS; step++) {
      guint copy = (guint)g_rand_int_range (random, 0, 6);
      guint back = copy >= 4 ? copy - 3 : 0; /* mostly the newest */
      osy_clock_advance_fake (pauses[g_rand_int_range (random, 0, G_N_ELEMENTS (pauses))]);
      if (g_rand_int_range (random, 0, 40) == 0)
        osy_clock_advance_fake (OSY_AUTH_IDLE_SECONDS * SECONDS);
      renew (&model, MIN (back, model.tokens->len - 1));
    }
    n_ended += model.ended;
    g_ptr_array_unref (model.tokens);
  }
  g_test_message ("%u of %u families were ended by a copy", n_ended, N_FAMILIES);
  g_assert_cmpuint (n_ended, >, N_FAMILIES / 4);
  g_assert_cmpuint (n_ended, <, N_FAMILIES);
  osy_clock_set_fake (0);
}

static gpointer
renew_in_thread (gpointer data)
{
  Run run = {.token = data};
  OsyDbScope scope = {NULL};

  g_assert_true (osy_db_pool_run (fixture->pool, &scope, work, &run, NULL));
  char *next = g_strdup (run.renewal.tokens.refresh_token);
  osy_auth_renewal_clear (&run.renewal);
  return next;
}

/* A client that asks twice at once gets one successor, not two and not the end. */
static void
test_at_once (void)
{
  Model model = open_family ();
  GThread *threads[6];
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("renew", renew_in_thread, model.tokens->pdata[0]);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autofree char *next = g_thread_join (threads[i]);
    g_assert_nonnull (next);
    if (first == NULL)
      first = g_strdup (next);
    g_assert_cmpstr (next, ==, first);
  }
  g_ptr_array_unref (model.tokens);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (FALSE);
  shop = osy_auth_fixture_add_shop (fixture, "가게", "owner@one.example");
  osy_auth_fixture_add_member (fixture, shop, "renewing@one.example", OSY_ROLE_STAFF);
  user_id = osy_test_pg_value ("SELECT user_id FROM membership WHERE role = 'STAFF'");
  g_test_add_func ("/auth/session/model", test_model);
  g_test_add_func ("/auth/session/at-once", test_at_once);
  int code = g_test_run ();
  g_free (shop);
  g_free (user_id);
  osy_auth_fixture_free (fixture);
  return code;
}
