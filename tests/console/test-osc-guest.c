/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who an order is for: masked, whole for a reason, and masked again for the next order. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "fake-daemon.h"
#include "order-maker.h"
#include "osc-guest.h"
#include "osy-client-private.h"
#include "osy-i18n.h"
#include "spin.h"
#include "walk.h"

#define MASKED "박*호 · 010-****-5678"
#define WHOLE "박선호 · 010-1234-5678"
#define MAY_NOT _ ("Only a manager or the owner may see this.")

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  GtkWidget *window;
  OscGuest *guest;
} Fixture;

static void
show (Fixture *fixture, const char *id)
{
  g_autoptr (OsyOrderData) order = make_data (id, 1, OSY_ORDER_READY, "TAKEOUT");

  order->customer_name = g_strdup ("박*호");
  order->customer_phone = g_strdup ("010-****-5678");
  osc_guest_show (fixture->guest, order);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  osy_client_take_refresh_token (fixture->client, fixture->daemon->refresh_token);
  fixture->guest = g_object_new (OSC_TYPE_GUEST, NULL);
  osc_guest_set_client (fixture->guest, fixture->client, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->guest));
  gtk_window_present (GTK_WINDOW (fixture->window));
  show (fixture, "o1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  SPIN_FOR (100);
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_object_unref (fixture->client);
  fake_daemon_free (fixture->daemon);
}

static gboolean
says (Fixture *fixture, const char *text)
{
  GtkWidget *label = walk_find_text (fixture->window, text);

  return label != NULL && gtk_widget_get_mapped (label);
}

/* The button to show, or the first reason. */
static void
press (Fixture *fixture, const char *class)
{
  g_signal_emit_by_name (walk_find_class (fixture->window, class), "clicked");
}

static void
test_shows (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->may_unmask = TRUE;
  SPIN_UNTIL (says (fixture, MASKED), 5000);
  g_assert_false (says (fixture, _ ("To call the guest")));
  press (fixture, "outlined");
  SPIN_UNTIL (says (fixture, _ ("To call the guest")), 5000);
  press (fixture, "reason");
  SPIN_UNTIL (says (fixture, WHOLE), 5000);
  g_assert_nonnull (strstr (fixture->daemon->last_body, "\"reason\":\"CALL_GUEST\""));
  g_assert_false (says (fixture, _ ("To call the guest")));

  /* The order goes on: still whole. Another one, and back: masked. */
  show (fixture, "o1");
  g_assert_true (says (fixture, WHOLE));
  show (fixture, "o2");
  g_assert_true (says (fixture, MASKED));
  show (fixture, "o1");
  g_assert_true (says (fixture, MASKED));
  osc_guest_show (fixture->guest, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->guest)));
}

static void
test_may_not (Fixture *fixture, gconstpointer data)
{
  press (fixture, "outlined");
  press (fixture, "reason");
  SPIN_UNTIL (says (fixture, MAY_NOT), 5000);
  g_assert_true (says (fixture, MASKED));
  g_assert_true (osc_guest_back (fixture->guest));
  g_assert_false (osc_guest_back (fixture->guest));
  show (fixture, "o2");
  g_assert_false (says (fixture, MAY_NOT));
}

/* An answer that comes when another order is looked at must not be shown there. */
static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->may_unmask = TRUE;
  press (fixture, "outlined");
  press (fixture, "reason");
  show (fixture, "o2");
  SPIN_FOR (500);
  g_assert_true (says (fixture, MASKED));
  g_assert_false (says (fixture, WHOLE));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  osy_i18n_init ();
  walk_load_style ();
  g_test_add ("/console/guest/shows", Fixture, NULL, set_up, test_shows, tear_down);
  g_test_add ("/console/guest/may-not", Fixture, NULL, set_up, test_may_not, tear_down);
  g_test_add ("/console/guest/too-late", Fixture, NULL, set_up, test_too_late, tear_down);
  return g_test_run ();
}
