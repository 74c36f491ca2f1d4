/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Alerts that go on: each is heard once, also over a restart, never in quiet hours, and ends. */

#include <string.h>

#include "osc-alert-store.h"
#include "osy-clock.h"
#include "osy-json.h"

/* 2026-11-21T03:24:00Z */
#define NOW (G_GINT64_CONSTANT (1795231440) * G_USEC_PER_SEC)
#define ALERT(id, more)                                                              \
  "{\"id\":\"" id "\",\"kind\":\"PRINTER\",\"text\":\"프린터가 멈췄어요.\"," \
  "\"raised_at\":\"2026-11-21T03:2" id ":00Z\"," more "}"
#define LOUD "\"quiet\":false"

typedef struct {
  OscAlertStore *store;
  guint raised;
  guint ended;
  guint changes;
} Desk;

static void
on_raised (OscAlertStore *store, const OscAlert *alert, Desk *desk)
{
  desk->raised++;
}

static void
on_ended (OscAlertStore *store, const char *id, Desk *desk)
{
  desk->ended++;
}

static void
on_changed (OscAlertStore *store, Desk *desk)
{
  desk->changes++;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  osy_clock_set_fake (NOW);
  desk->store = osc_alert_store_new (NULL);
  g_signal_connect (desk->store, "raised", G_CALLBACK (on_raised), desk);
  g_signal_connect (desk->store, "ended", G_CALLBACK (on_ended), desk);
  g_signal_connect (desk->store, "changed", G_CALLBACK (on_changed), desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_unref (desk->store);
}

static void
take (Desk *desk, const char *alerts)
{
  g_autofree char *text = g_strdup_printf ("{\"alerts\":[%s]}", alerts);
  g_autoptr (JsonNode) answer = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (answer);
  osc_alert_store_take (desk->store, answer);
}

static guint
count (Desk *desk)
{
  return osc_alert_store_list (desk->store)->len;
}

static void
test_once (Desk *desk, gconstpointer data)
{
  take (desk, ALERT ("1", LOUD) "," ALERT ("2", LOUD) ",7,{}");
  g_assert_cmpuint (desk->raised, ==, 2);
  g_assert_cmpuint (count (desk), ==, 2);
  const OscAlert *newest = osc_alert_store_list (desk->store)->pdata[0];
  g_assert_cmpstr (newest->id, ==, "2");
  take (desk, ALERT ("1", LOUD) "," ALERT ("2", LOUD));
  g_assert_cmpuint (desk->raised, ==, 2);
  osc_alert_store_take (desk->store, NULL); /* the daemon is away: what was known stays */
  g_assert_cmpuint (count (desk), ==, 2);
  g_assert_cmpuint (desk->ended, ==, 0);
  take (desk, ALERT ("2", LOUD));
  g_assert_cmpuint (desk->ended, ==, 1);
  take (desk, "");
  g_assert_cmpuint (desk->ended, ==, 2);
  g_assert_cmpuint (count (desk), ==, 0);
}

/* The next run shows what goes on, and is silent; what ended meanwhile is forgotten. */
static void
test_restart (Desk *desk, gconstpointer data)
{
  static const char *const before[] = {"1", "9", NULL};

  osc_alert_store_set_told (desk->store, before);
  take (desk, ALERT ("1", LOUD));
  g_assert_cmpuint (desk->raised, ==, 0);
  g_assert_cmpuint (count (desk), ==, 1);
  g_auto (GStrv) told = osc_alert_store_told (desk->store);
  g_assert_cmpuint (g_strv_length (told), ==, 1);
  g_assert_cmpstr (told[0], ==, "1");
  take (desk, ALERT ("1", LOUD) "," ALERT ("2", LOUD)); /* raised while nobody looked */
  g_assert_cmpuint (desk->raised, ==, 1);
}

/* Shown at once; heard when the hours are over, if it goes on then, or never. */
static void
test_quiet (Desk *desk, gconstpointer data)
{
  take (desk, ALERT ("1", "\"quiet\":true,\"quiet_until\":\"2026-11-21T04:00:00Z\"") "," ALERT (
                  "2", "\"quiet\":true"));
  g_assert_cmpuint (count (desk), ==, 2);
  osc_alert_store_tick (desk->store);
  g_assert_cmpuint (desk->raised, ==, 0);
  osy_clock_set_fake (NOW + G_TIME_SPAN_HOUR);
  osc_alert_store_tick (desk->store);
  g_assert_cmpuint (desk->raised, ==, 1);
  osc_alert_store_tick (desk->store);
  g_assert_cmpuint (desk->raised, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/alerts/once", Desk, NULL, set_up, test_once, tear_down);
  g_test_add ("/alerts/restart", Desk, NULL, set_up, test_restart, tear_down);
  g_test_add ("/alerts/quiet", Desk, NULL, set_up, test_quiet, tear_down);
  return g_test_run ();
}
