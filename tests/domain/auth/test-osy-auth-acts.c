/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Act tokens: good once, in one session, with one permission more, for a minute. */

#include "osy-auth-acts.h"
#include "osy-clock.h"
#include "osy-id.h"

#define BEGIN G_GINT64_CONSTANT (1795231440000000)
#define SHOP "01900000-0000-7000-8000-000000000001"
#define STAFF "01900000-0000-7000-8000-000000000002"
#define MANAGER "01900000-0000-7000-8000-000000000003"

static OsyPrincipal *
session_of (const char *shop, const char *session)
{
  return osy_principal_new_user (STAFF, shop, OSY_ROLE_STAFF, session);
}

static char *
issue (OsyAuthActs *acts, const OsyPrincipal *session)
{
  g_autoptr (OsyPrincipal) acting =
      osy_principal_new_acting (session, MANAGER, OSY_ROLE_MANAGER, OSY_PERM_PAYMENT_REFUND);

  return osy_auth_acts_issue (acts, acting);
}

static gboolean
redeems (OsyAuthActs *acts, const char *token, const OsyPrincipal *session)
{
  g_autoptr (OsyPrincipal) acting = osy_auth_acts_redeem (acts, token, session);

  return acting != NULL;
}

static void
test_who_acts (void)
{
  g_autoptr (OsyAuthActs) acts = osy_auth_acts_new ();
  g_autoptr (OsyPrincipal) session = session_of (SHOP, "s1");
  g_autofree char *token = issue (acts, session);
  g_autoptr (OsyPrincipal) acting = osy_auth_acts_redeem (acts, token, session);

  g_assert_nonnull (acting);
  g_assert_cmpstr (osy_principal_actor (acting), ==, "user:" MANAGER);
  g_assert_cmpstr (osy_principal_session_id (acting), ==, "s1");
  g_assert_true (osy_principal_can (acting, OSY_PERM_PAYMENT_REFUND));
  g_assert_true (osy_principal_can (acting, OSY_PERM_ORDER_WRITE));
  /* A manager may manage the menu; this one has not shown himself for that. */
  g_assert_false (osy_principal_can (acting, OSY_PERM_MENU_MANAGE));
  g_assert_false (redeems (acts, token, session));
}

static void
test_bound (void)
{
  g_autoptr (OsyAuthActs) acts = osy_auth_acts_new ();
  g_autoptr (OsyPrincipal) session = session_of (SHOP, "s1");
  g_autoptr (OsyPrincipal) other = session_of (SHOP, "s2");
  g_autoptr (OsyPrincipal) elsewhere = session_of (MANAGER, "s1");
  g_autofree char *one = issue (acts, session);
  g_autofree char *two = issue (acts, session);

  g_assert_false (redeems (acts, one, other));
  g_assert_false (redeems (acts, one, session)); /* whoever had it, has shown it */
  g_assert_false (redeems (acts, two, elsewhere));
  g_assert_false (redeems (acts, "", session));
  g_assert_false (redeems (acts, "guess", session));
}

static void
test_ends (void)
{
  g_autoptr (OsyAuthActs) acts = osy_auth_acts_new ();
  g_autoptr (OsyPrincipal) session = session_of (SHOP, "s1");

  osy_clock_set_fake (BEGIN);
  g_autofree char *young = issue (acts, session);
  g_autofree char *old = issue (acts, session);
  osy_clock_advance_fake (59 * G_TIME_SPAN_SECOND);
  g_assert_true (redeems (acts, young, session));
  osy_clock_advance_fake (1 * G_TIME_SPAN_SECOND);
  g_assert_false (redeems (acts, old, session));
  osy_clock_set_fake (0);
}

/* Neither a session that ended nor a person who lost his role leaves anything behind. */
static void
test_forget (void)
{
  g_autoptr (OsyAuthActs) acts = osy_auth_acts_new ();
  g_autoptr (OsyPrincipal) session = session_of (SHOP, "s1");
  g_autoptr (OsyPrincipal) other = session_of (SHOP, "s2");
  g_autofree char *one = issue (acts, session);
  g_autofree char *two = issue (acts, other);
  g_autofree char *three = issue (acts, other);

  osy_auth_acts_forget (acts, "s1");
  g_assert_false (redeems (acts, one, session));
  g_assert_true (redeems (acts, two, other));
  osy_auth_acts_forget (acts, MANAGER);
  g_assert_false (redeems (acts, three, other));
}

static void
test_full (void)
{
  g_autoptr (OsyAuthActs) acts = osy_auth_acts_new ();
  g_autoptr (OsyPrincipal) session = session_of (SHOP, "s1");
  guint n = 0;

  osy_clock_set_fake (BEGIN);
  for (g_autofree char *token = issue (acts, session); token != NULL && n < 5000; n++) {
    g_free (token);
    token = issue (acts, session);
  }
  g_assert_cmpuint (n, ==, 1000);
  osy_clock_advance_fake (61 * G_TIME_SPAN_SECOND);
  g_autofree char *again = issue (acts, session);
  g_assert_nonnull (again);
  osy_clock_set_fake (0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/acts/who-acts", test_who_acts);
  g_test_add_func ("/auth/acts/bound", test_bound);
  g_test_add_func ("/auth/acts/ends", test_ends);
  g_test_add_func ("/auth/acts/forget", test_forget);
  g_test_add_func ("/auth/acts/full", test_full);
  return g_test_run ();
}
