/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of people: account, staff, screens, the sheets over them, and the pages of codes. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-field.h"
#include "osc-fixture-people.h"
#include "osc-join-page.h"
#include "osc-pair-page.h"
#include "osc-pin-ask.h"
#include "osc-scenes.h"
#include "osc-sheet.h"

#define SETTLE_MS 150

static OscFixturePeople *
open_page (OscWindow *window, OscContext *context, const char *page)
{
  OscFixturePeople *people = osc_fixture_people_new ("OWNER");
  OscShell *shell;

  people->totp = people->pin = people->two_shops = TRUE;
  g_object_set_data_full (G_OBJECT (window), "people", people,
                          (GDestroyNotify)osc_fixture_people_free);
  osc_fixture_people_attach (people, context);
  shell = osc_scenes_open_shell (window, context);
  gtk_window_present (GTK_WINDOW (window));
  osc_shell_go (shell, "settings", page);
  osc_fixture_spin (SETTLE_MS);
  return people;
}

/* The sheet over @window. (transfer none) */
static GtkWidget *
sheet_of (OscWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data) &&
        gtk_window_get_transient_for (i->data) == GTK_WINDOW (window))
      return i->data;
  return NULL;
}

static gboolean
is_field_of (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_FIELD (widget) && find (widget, says, label) != NULL;
}

static void
type (GtkWidget *sheet, const char *label, const char *text)
{
  osc_field_set_text (OSC_FIELD (find (sheet, is_field_of, label)), text);
}

/* Presses what reads @text on the page, once it is there. */
static void
press_on (OscWindow *window, const char *text)
{
  for (int tries = 0; tries < 100 && find (GTK_WIDGET (window), says, text) == NULL; tries++)
    osc_fixture_spin (50);
  press_text (GTK_WIDGET (window), text);
  for (int tries = 0; tries < 100 && sheet_of (window) == NULL; tries++)
    osc_fixture_spin (50);
  osc_fixture_spin (SETTLE_MS);
}

/* Until the sheet over @window reads @text. */
static GtkWidget *
wait_for (OscWindow *window, const char *text)
{
  for (int tries = 0; tries < 100; tries++) {
    if (sheet_of (window) != NULL && find (sheet_of (window), says, text) != NULL)
      break;
    osc_fixture_spin (50);
  }
  return sheet_of (window);
}

static void
go_on (OscWindow *window)
{
  g_signal_emit_by_name (osc_sheet_primary (OSC_SHEET (sheet_of (window))), "clicked");
  osc_fixture_spin (SETTLE_MS);
}

static void
show_account (OscWindow *window, OscContext *context)
{
  open_page (window, context, "account");
}

static void
show_account_one (OscWindow *window, OscContext *context)
{
  OscFixturePeople *people = open_page (window, context, "account");

  people->totp = people->pin = people->two_shops = FALSE;
  osc_people_load (people->people, OSC_PEOPLE_ME);
}

static void
show_account_trouble (OscWindow *window, OscContext *context)
{
  OscFixturePeople *people = open_page (window, context, "staff");

  people->fails = TRUE;
  osc_shell_go (osc_window_shell (window), "settings", "devices");
}

static void
show_password (OscWindow *window, OscContext *context)
{
  open_page (window, context, "account");
  press_on (window, _ ("Change…"));
  type (sheet_of (window), _ ("The password until now"), "wrong");
  type (sheet_of (window), _ ("The new password"), "long enough");
  go_on (window);
}

static void
show_totp (OscWindow *window, OscContext *context)
{
  show_account_one (window, context);
  press_on (window, _ ("Turn on…"));
  type (sheet_of (window), _ ("Your password"), "right password");
  go_on (window);
  wait_for (window, _ ("The code that the phone shows"));
}

static void
show_codes (OscWindow *window, OscContext *context)
{
  show_totp (window, context);
  type (sheet_of (window), _ ("The code that the phone shows"), "123456");
  go_on (window);
}

static void
show_pin (OscWindow *window, OscContext *context)
{
  show_account_one (window, context);
  press_on (window, _ ("Set…"));
  press_text (sheet_of (window), "2");
  press_text (sheet_of (window), "5");
}

static void
show_staff (OscWindow *window, OscContext *context)
{
  open_page (window, context, "staff");
}

static void
show_invite (OscWindow *window, OscContext *context)
{
  open_page (window, context, "staff");
  press_on (window, _ ("Invite somebody"));
  type (sheet_of (window), _ ("Name"), "정수아");
  type (sheet_of (window), _ ("E-mail"), "sua@shop.kr");
}

static void
show_invitation (OscWindow *window, OscContext *context)
{
  show_invite (window, context);
  go_on (window);
}

static void
show_remove (OscWindow *window, OscContext *context)
{
  open_page (window, context, "staff");
  press_on (window, _ ("Remove…"));
}

static void
show_devices (OscWindow *window, OscContext *context)
{
  open_page (window, context, "devices");
}

static void
show_device_code (OscWindow *window, OscContext *context)
{
  open_page (window, context, "devices");
  press_on (window, _ ("Add a screen"));
  type (sheet_of (window), _ ("Name of the screen"), "포장대");
  go_on (window);
}

static void
ignore_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OscPinAnswer) proof = osc_pin_ask_finish (result, &error);
}

/* One digit too few of the right ones, after a wrong PIN. */
static void
show_ask (OscWindow *window, OscContext *context)
{
  OscFixturePeople *people = open_page (window, context, "about");

  osc_fixture_typical (context->orders);
  osc_shell_go (osc_window_shell (window), "orders", NULL);
  while (osc_arrival_queue_current (osc_shell_queue (osc_window_shell (window))) != NULL)
    osc_arrival_queue_later (osc_shell_queue (osc_window_shell (window)));
  osc_pin_ask_async (GTK_WIDGET (osc_window_shell (window)), people->people, "order:cancel",
                     _ ("Only a manager can do this"), ignore_cb, NULL);
  wait_for (window, _ ("Allow"));
  for (int i = 0; i < 4; i++)
    press_text (sheet_of (window), "9");
  go_on (window);
  press_text (sheet_of (window), "2");
  press_text (sheet_of (window), "5");
  press_text (sheet_of (window), "8");
}

static void
show_join (OscWindow *window, OscContext *context)
{
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");

  osc_window_show_page (window, osc_join_page_new (client));
}

static void
show_pair (OscWindow *window, OscContext *context)
{
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");

  osc_window_show_page (window, osc_pair_page_new (client));
}

const OscScene osc_scenes_people[] = {
    {"people-account", show_account},
    {"people-account-one", show_account_one},
    {"people-trouble", show_account_trouble},
    {"people-password", show_password},
    {"people-totp", show_totp},
    {"people-codes", show_codes},
    {"people-pin", show_pin},
    {"people-staff", show_staff},
    {"people-invite", show_invite},
    {"people-invitation", show_invitation},
    {"people-remove", show_remove},
    {"people-devices", show_devices},
    {"people-device-code", show_device_code},
    {"people-ask", show_ask},
    {"people-join", show_join},
    {"people-pair", show_pair},
    {.name = NULL},
};
