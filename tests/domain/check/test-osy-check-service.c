/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a check comes to, and what becomes of it when its orders are withdrawn. */

#include "osy-check-service.h"
#include "osy-check.h"
#include "osy-id.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;

static void
test_states (void)
{
  static const char *const states[] = {OSY_CHECK_OPEN, OSY_CHECK_SETTLED, OSY_CHECK_REOPENED,
                                       OSY_CHECK_VOIDED, OSY_CHECK_MERGED};
  static const char *const allowed[] = {
      "OPEN SETTLED",     "OPEN VOIDED", "OPEN MERGED",  "SETTLED REOPENED",
      "REOPENED SETTLED", "MERGED OPEN", "SETTLED OPEN", NULL};

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (states); k++) {
      g_autofree char *step = g_strconcat (states[i], " ", states[k], NULL);
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM state_transition WHERE machine = 'check' AND from_state = '%s' AND "
          "to_state = '%s'",
          states[i], states[k]);
      g_autofree char *known = osy_test_pg_value (sql);
      gboolean wanted = g_strv_contains (allowed, step);
      g_assert_cmpint (osy_state_table_allows (&osy_check_states, states[i], states[k]), ==,
                       wanted);
      g_assert_cmpstr (known, ==, wanted ? "1" : "0");
    }
}

typedef struct {
  char *check_id;
  gint64 amount;
  OsyCheckTotals totals;
} Asked;

static gboolean
withdraw (OsyDbTx *tx, gpointer data, GError **error)
{
  const Asked *asked = data;

  const OsyCheckShare share = {.orders = asked->amount};
  return osy_check_service_withdraw (tx, fixture->ring, &fixture->call, asked->check_id, &share,
                                     error);
}

static gboolean
total (OsyDbTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;

  return osy_check_service_totals (tx, asked->check_id, &asked->totals, error);
}

static void
open_check (Asked *asked)
{
  g_autofree char *id = osy_order_fixture_place (fixture, "TAKEOUT");
  g_autoptr (OsyOrder) order = osy_order_fixture_load (fixture, id);

  asked->check_id = g_strdup (osy_order_data (order)->check_id);
}

static void
assert_totals (Asked *asked, gint64 sum, gint64 owed, const char *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql =
      g_strdup_printf ("SELECT status FROM guest_check WHERE id = '%s'", asked->check_id);
  gboolean ok = osy_order_fixture_run (fixture, total, asked, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (asked->totals.total, ==, sum);
  g_assert_cmpint (asked->totals.owed, ==, owed);
  g_autofree char *found = osy_test_pg_value (sql);
  g_assert_cmpstr (found, ==, status);
}

static void
test_withdraw (void)
{
  Asked asked = {.amount = 4000};
  g_autoptr (GError) error = NULL;

  open_check (&asked);
  assert_totals (&asked, 11000, 11000, OSY_CHECK_OPEN);
  g_assert_true (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  assert_totals (&asked, 7000, 7000, OSY_CHECK_OPEN);
  asked.amount = 7001; /* more than is owed */
  g_assert_false (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  g_clear_error (&error);
  assert_totals (&asked, 7000, 7000, OSY_CHECK_OPEN);
  asked.amount = 7000;
  g_assert_true (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  assert_totals (&asked, 0, 0, OSY_CHECK_VOIDED);
  g_assert_false (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
  g_free (asked.check_id);
}

/* What was paid keeps the check from being voided, and is owed back. */
static void
test_paid (void)
{
  Asked asked = {.amount = 11000};
  g_autoptr (GError) error = NULL;

  open_check (&asked);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE guest_check SET tenders_amount = 5000, refunds_amount = 1000 WHERE id = '%s'",
      asked.check_id);
  osy_test_pg_exec (sql);
  assert_totals (&asked, 11000, 7000, OSY_CHECK_OPEN);
  g_assert_true (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  assert_totals (&asked, 0, -4000, OSY_CHECK_OPEN);
  g_free (asked.check_id);
}

static void
test_unknown (void)
{
  Asked asked = {.check_id = osy_id_new (), .amount = 1};
  g_autoptr (GError) error = NULL;

  g_assert_false (osy_order_fixture_run (fixture, total, &asked, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT);
  g_free (asked.check_id);
}

/* A guest may not withdraw what he owes. */
static void
test_permission (void)
{
  OsyCall own = fixture->call;
  g_autoptr (OsyPrincipal) guest = osy_principal_new_anonymous ();
  Asked asked = {.amount = 1};
  g_autoptr (GError) error = NULL;

  open_check (&asked);
  fixture->call.principal = guest;
  g_assert_false (osy_order_fixture_run (fixture, withdraw, &asked, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED);
  fixture->call = own;
  assert_totals (&asked, 11000, 11000, OSY_CHECK_OPEN);
  g_free (asked.check_id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/check/states", test_states);
  g_test_add_func ("/check/withdraw", test_withdraw);
  g_test_add_func ("/check/paid", test_paid);
  g_test_add_func ("/check/unknown", test_unknown);
  g_test_add_func ("/check/permission", test_permission);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
