/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Incidents at PagerDuty against the database: each is ended once, after it was opened, and none
 * that is not there. */

#include "osy-alert-fixture.h"

#define PAGER \
  "{\"channel\":\"PAGERDUTY\",\"name\":\"당번\",\"key\":\"0123456789abcdef0123456789abcdef\"}"
#define ONLY_PAGER "{\"rules\":{\"PRINTER\":{\"channels\":[\"PAGERDUTY\"]}}}"

/* Whether @call does @action with the incident of the message @id. */
static void
expect_event (OsyFetchCall *call, const char *action, const char *id)
{
  g_assert_nonnull (call);
  g_autofree char *body = body_of (call);
  g_autofree char *event = g_strdup_printf ("\"event_action\":\"%s\"", action);
  g_autofree char *key = g_strdup_printf ("\"dedup_key\":\"%s\"", id);
  g_assert_nonnull (strstr (body, event));
  g_assert_nonnull (strstr (body, key));
}

/* (transfer full): the message that opened one and was answered @status. */
static OsyFetchCall *
open_incident (guint status)
{
  begin ("2026-11-20T03:00:00Z", ONLY_PAGER);
  run (add_target, PAGER);
  run (raise_one, "주방");
  OsyFetchCall *call = take ();
  g_assert_nonnull (call);
  expect_event (call, "trigger", call->id);
  if (status != 1)
    answer (call, status);
  return call;
}

/* What opened an incident ends it, once, and not before it is over. */
static void
test_resolved (void)
{
  g_autoptr (OsyFetchCall) call = open_incident (202);

  expect_nothing ();
  run (sweep, NULL); /* no printer is broken: it has ended */
  g_autoptr (OsyFetchCall) failed = take ();
  expect_event (failed, "resolve", call->id);
  answer (failed, 503);
  expect_nothing ();
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  g_autoptr (OsyFetchCall) again = take ();
  expect_event (again, "resolve", call->id);
  answer (again, 202);
  for (int i = 0; i < 3; i++) {
    osy_clock_advance_fake (G_TIME_SPAN_HOUR);
    run (sweep, NULL);
    expect_nothing ();
  }
  end ();
}

/* A message on its way when it ends: not before that has come to its end, also when who sent it
 * died; and what was taken there is not said twice. */
static void
test_resolved_in_order (void)
{
  for (int dies = 0; dies < 2; dies++) {
    g_autoptr (OsyFetchCall) call = open_incident (1);
    run (sweep, NULL);
    expect_nothing ();
    if (dies) {
      osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
      expect_nothing (); /* it is over: it is not told again, but may be there */
    } else {
      answer (call, 202);
    }
    run (sweep, NULL);
    g_autoptr (OsyFetchCall) resolve = take ();
    expect_event (resolve, "resolve", call->id);
    resolve->status = 202;
    osy_alert_messages.heard (&room, resolve); /* and then it cannot be written down */
    osy_clock_advance_fake (2 * G_TIME_SPAN_MINUTE);
    expect_nothing ();
    g_assert_cmpint (osy_test_count ("SELECT count(*) FROM alert_message "
                                     "WHERE restaurant_id = '%s' AND incident = 'RESOLVED'",
                                     osy_order_fixture_shop_id (fixture)),
                     ==, 1);
    end ();
  }
}

static gboolean
remove_targets (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) list = osy_alert_target_list (tx, fixture->ring, NULL, error);

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (!osy_alert_target_remove (tx, ((OsyAlertTarget *)list->pdata[i])->id, error))
      return FALSE;
  return list != NULL;
}

/* What never arrived has no incident, and who was removed is told nothing more. */
static void
test_not_resolved (void)
{
  g_autoptr (OsyFetchCall) refused = open_incident (400);
  run (sweep, NULL);
  expect_nothing ();
  end ();
  g_autoptr (OsyFetchCall) failed = open_incident (503);
  run (sweep, NULL);
  osy_clock_advance_fake (G_TIME_SPAN_MINUTE);
  expect_nothing ();
  run (sweep, NULL);
  expect_nothing ();
  end ();
  g_autoptr (OsyFetchCall) sent = open_incident (202);
  run (sweep, NULL);
  run (remove_targets, NULL);
  expect_nothing ();
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alert/incident/resolved", test_resolved);
  g_test_add_func ("/alert/incident/in-order", test_resolved_in_order);
  g_test_add_func ("/alert/incident/none", test_not_resolved);
  int failed = g_test_run ();
  osy_db_pool_close (osy_test_pg_pool ());
  return failed;
}
