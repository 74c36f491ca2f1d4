/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Notifications against a notification service of python3-dbusmock: what is sent, what its buttons
 * do, and that a missing service is no trouble. */

#include <libnotify/notify.h>
#include <string.h>

#include "config.h"

#include "order-maker.h"
#include "osc-alert-call.h"
#include "osc-notify.h"
#include "osc-settings.h"
#include "osy-json.h"
#include "spin.h"

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

typedef struct {
  GSubprocess *service;
  GDBusConnection *connection;
  OscNotify *notify;
  OscOrderItem *item;
  guint accepted;
  guint opened;
  int minutes;
} Fixture;

static void
accept_cb (OscNotify *notify, OscOrderItem *item, int minutes, Fixture *fixture)
{
  g_assert_true (item == fixture->item);
  fixture->accepted++;
  fixture->minutes = minutes;
}

static void
opened_cb (OscNotify *notify, OscOrderItem *item, Fixture *fixture)
{
  fixture->opened++;
}

/* Calls of @method that the mock has seen, as text; NULL when it does not answer. */
static char *
calls_of (Fixture *fixture, const char *method)
{
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      fixture->connection, NAME, PATH, "org.freedesktop.DBus.Mock", "GetMethodCalls",
      g_variant_new ("(s)", method), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, 2000, NULL, NULL);

  return answer != NULL ? g_variant_print (answer, FALSE) : NULL;
}

static gboolean
was_called (Fixture *fixture, const char *method, const char *part)
{
  g_autofree char *calls = calls_of (fixture, method);

  return calls != NULL && strstr (calls, part) != NULL;
}

static gboolean
start_service (Fixture *fixture)
{
  g_autoptr (GSubprocess) probe = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "/usr/bin/python3", "-c", "import dbusmock", NULL);

  if (probe == NULL || !g_subprocess_wait_check (probe, NULL, NULL))
    return FALSE;
  fixture->service =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                        "/usr/bin/python3", "-m", "dbusmock", "--template", "notification_daemon",
                        "-p", "{\"capabilities\":\"actions body\"}", NULL);
  g_assert_nonnull (fixture->service);
  for (int i = 0; i < 100; i++) {
    g_autofree char *calls = calls_of (fixture, "Notify");

    if (calls != NULL)
      return TRUE;
    SPIN_FOR (100);
  }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OsyOrder) order = osy_order_new (make_data ("a", 58, "PENDING", "DELIVERY"));

  fixture->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (fixture->connection);
  g_dbus_connection_set_exit_on_close (fixture->connection, FALSE);
  fixture->item = osc_order_item_new (order);
  fixture->notify = osc_notify_new ();
  g_signal_connect (fixture->notify, "accept", G_CALLBACK (accept_cb), fixture);
  g_signal_connect (fixture->notify, "opened", G_CALLBACK (opened_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->notify);
  g_object_unref (fixture->item);
  if (fixture->service != NULL) {
    g_subprocess_force_exit (fixture->service);
    g_subprocess_wait (fixture->service, NULL, NULL);
    g_object_unref (fixture->service);
  }
  g_clear_object (&fixture->connection);
}

static void
invoke (Fixture *fixture, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      fixture->connection, NAME, PATH, "org.freedesktop.DBus.Mock", "EmitSignal",
      g_variant_new ("(sss@av)", NAME, "ActionInvoked", "us",
                     g_variant_new_parsed ("[<uint32 1>, <%s>]", action)),
      NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL, &error);

  g_assert_no_error (error);
}

static void
test_service (Fixture *fixture, gconstpointer data)
{
  if (!start_service (fixture)) {
    g_test_skip ("python3-dbusmock is not installed");
    return;
  }
  osc_notify_arrived (fixture->notify, fixture->item, 25);
  SPIN_UNTIL (was_called (fixture, "Notify", "No. 58"), 8000);
  g_assert_true (was_called (fixture, "Notify", "New order"));
  g_assert_true (was_called (fixture, "Notify", "22,500"));
  g_assert_true (was_called (fixture, "Notify", "'accept', 'Accept 25 min'"));

  invoke (fixture, "accept");
  SPIN_UNTIL (fixture->accepted == 1, 5000);
  g_assert_cmpint (fixture->minutes, ==, 25);
  g_assert_cmpuint (fixture->opened, ==, 0);
  /* The notification goes with the act, and a second press does nothing. */
  SPIN_UNTIL (was_called (fixture, "CloseNotification", "1"), 5000);
  invoke (fixture, "accept");
  SPIN_FOR (200);
  g_assert_cmpuint (fixture->accepted, ==, 1);
}

static void
take_alerts (OscAlertStore *store, const char *alerts)
{
  g_autofree char *text = g_strdup_printf ("{\"alerts\":[%s]}", alerts);
  g_autoptr (JsonNode) answer = osy_json_parse (text, strlen (text), NULL);

  osc_alert_store_take (store, answer);
}

static void
count_cb (OscAlertStore *store, const OscAlert *alert, guint *raised)
{
  ++*raised;
}

/* How many the console would let be heard that is started now. */
static guint
start_again (const char *alerts)
{
  g_autoptr (OscAlertStore) store = osc_alert_store_new (NULL);
  g_autoptr (OscAlertCall) call = osc_alert_call_new (store, NULL, NULL);
  guint raised = 0;

  g_signal_connect (store, "raised", G_CALLBACK (count_cb), &raised);
  take_alerts (store, alerts);
  return raised;
}

#define PAPER "{\"id\":\"p\",\"kind\":\"PRINTER\",\"text\":\"out of paper\",\"quiet\":false}"
#define COVER "{\"id\":\"c\",\"kind\":\"PRINTER\",\"text\":\"open\",\"quiet\":false}"

/* What this machine's settings remember is not heard again. */
static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_assert_nonnull (osc_settings_get ());
  g_settings_reset (osc_settings_get (), "alerts-told");
  g_assert_cmpuint (start_again (PAPER), ==, 1);
  g_assert_cmpuint (start_again (PAPER "," COVER), ==, 1);
  g_assert_cmpuint (start_again (PAPER "," COVER), ==, 0);
  g_assert_cmpuint (start_again (""), ==, 0);
  g_assert_cmpuint (start_again (PAPER), ==, 1); /* it had ended */
}

/* An alert is on the desktop until it ends; in quiet hours it never comes there. */
static void
test_alerts (Fixture *fixture, gconstpointer data)
{
  if (osc_settings_get () != NULL)
    g_settings_reset (osc_settings_get (), "alerts-told");
  g_autoptr (OscAlertStore) store = osc_alert_store_new (NULL);
  g_autoptr (OscAlertCall) call = osc_alert_call_new (store, fixture->notify, NULL);

  if (!start_service (fixture)) {
    g_test_skip ("python3-dbusmock is not installed");
    return;
  }
  take_alerts (store, "{\"id\":\"q\",\"kind\":\"PRINTER\",\"text\":\"at night\",\"quiet\":true},"
                      "{\"id\":\"p\",\"kind\":\"PRINTER\",\"text\":\"out of paper\","
                      "\"quiet\":false}");
  SPIN_UNTIL (was_called (fixture, "Notify", "out of paper"), 8000);
  take_alerts (store, "{\"id\":\"q\",\"kind\":\"PRINTER\",\"text\":\"at night\",\"quiet\":true}");
  SPIN_UNTIL (was_called (fixture, "CloseNotification", "1"), 5000);
  g_assert_false (was_called (fixture, "Notify", "at night"));
}

/* Nobody takes notifications: the counter does not wait for them. */
static void
test_no_service (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  osc_notify_arrived (fixture->notify, fixture->item, 25);
  osc_notify_withdraw (fixture->notify, "a");
  osc_notify_withdraw (fixture->notify, "unknown");
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_TIME_SPAN_SECOND);
  SPIN_FOR (500);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GTestDBus) bus = NULL;
  int result;

  g_setenv ("GSETTINGS_SCHEMA_DIR", OSY_BUILD_DIR "/data", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  g_test_add ("/notify/no-service", Fixture, NULL, set_up, test_no_service, tear_down);
  g_test_add ("/notify/service", Fixture, NULL, set_up, test_service, tear_down);
  g_test_add ("/notify/restart", Fixture, NULL, set_up, test_restart, tear_down);
  g_test_add ("/notify/alerts", Fixture, NULL, set_up, test_alerts, tear_down);
  result = g_test_run ();
  notify_uninit (); /* it holds the connection that the end of the bus waits for */
  g_test_dbus_stop (bus);
  return result;
}
