/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* People by keys and by touch, through the real model and client to a small daemon of the test. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "find.h"
#include "osc-board.h"
#include "osc-choice.h"
#include "osc-field.h"
#include "osc-guest-acts.h"
#include "osc-guest.h"
#include "osc-fixture-people.h"
#include "osc-fixture.h"
#include "osc-join-page.h"
#include "osc-pair-page.h"
#include "osc-pin.h"
#include "osc-preferences.h"
#include "osc-role-table.h"
#include "osc-sheet.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscFixturePeople *people;
  OscWindow *window;
  OscShell *shell;
} Desk;

static GtkApplication *application;

#define WAIT_FOR(condition)                                   \
  G_STMT_START                                                \
  {                                                           \
    for (int tries = 0; !(condition) && tries < 200; tries++) \
      osc_fixture_spin (25);                                  \
    g_assert_true (condition);                                \
  }                                                           \
  G_STMT_END

static void
desk_open (Desk *desk, const char *role)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->people = osc_fixture_people_new (role);
  osc_fixture_people_attach (desk->people, &desk->context);
  desk->window = osc_window_new (application, 100);
  desk->shell = OSC_SHELL (osc_shell_new (&desk->context));
  osc_window_show_shell (desk->window, desk->shell);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 1040);
  gtk_window_present (GTK_WINDOW (desk->window));
  osc_fixture_spin (100);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  osc_fixture_people_free (desk->people);
  osy_clock_set_fake (0);
}

static GtkWidget *
sheet_of (Desk *desk)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data) &&
        gtk_widget_get_mapped (GTK_WIDGET (i->data)))
      return i->data;
  return NULL;
}

static gboolean
reads (GtkWidget *widget, const char *text)
{
  return widget != NULL && find (widget, says, text) != NULL;
}

static gboolean
window_reads (Desk *desk, const char *text)
{
  return reads (GTK_WIDGET (desk->window), text);
}

static gboolean
sheet_reads (Desk *desk, const char *text)
{
  return reads (sheet_of (desk), text);
}

static gboolean
is_field_of (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_FIELD (widget) && find (widget, says, label) != NULL;
}

static OscField *
field_of (GtkWidget *under, const char *label)
{
  GtkWidget *field = find (under, is_field_of, label);

  g_assert_nonnull (field);
  return OSC_FIELD (field);
}

static void
type (Desk *desk, const char *label, const char *text)
{
  WAIT_FOR (sheet_reads (desk, label));
  osc_field_set_text (field_of (sheet_of (desk), label), text);
}

/* Enter: in the field that has the focus, else what the window does by default. */
static void
enter (Desk *desk)
{
  GtkWidget *sheet = sheet_of (desk);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (sheet));

  if (GTK_IS_TEXT (focus))
    g_signal_emit_by_name (focus, "activate");
  else
    gtk_widget_activate_default (sheet);
  osc_fixture_spin (25);
}

static void
touch (Desk *desk)
{
  GtkWidget *primary = osc_sheet_primary (OSC_SHEET (sheet_of (desk)));

  WAIT_FOR (gtk_widget_get_height (primary) >= 64);
  g_signal_emit_by_name (primary, "clicked");
  osc_fixture_spin (25);
}

/* A key of the keyboard at the window of the sheet. */
static void
key (Desk *desk, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (sheet_of (desk));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
    gboolean taken = FALSE;

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller) && !GTK_IS_PAD_CONTROLLER (controller))
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &taken);
    if (taken)
      return;
  }
}

static void
keys (Desk *desk, const char *digits)
{
  for (const char *p = digits; *p != '\0'; p++)
    key (desk, (guint)(GDK_KEY_KP_0 + (*p - '0')));
}

static void
touch_digits (Desk *desk, const char *digits)
{
  for (const char *p = digits; *p != '\0'; p++) {
    char digit[2] = {*p, '\0'};
    GtkWidget *label = find (sheet_of (desk), says, digit);
    GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);

    WAIT_FOR (gtk_widget_get_height (button) >= 68);
    g_signal_emit_by_name (button, "clicked");
  }
}

static void
go (Desk *desk, const char *page, const char *text)
{
  osc_shell_go (desk->shell, "settings", page);
  WAIT_FOR (window_reads (desk, text));
}

/* ---- my account ---- */

/* By keys: a wrong password keeps what was typed, the right one changes it. */
static void
test_password (void)
{
  Desk desk;

  desk_open (&desk, "STAFF");
  go (&desk, "account", _ ("Password"));
  press_text (GTK_WIDGET (desk.window), _ ("Change…"));
  type (&desk, _ ("The password until now"), "wrong");
  type (&desk, _ ("The new password"), "long enough");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, _ ("The password until now is not right")));
  g_assert_cmpstr (osc_field_text (field_of (sheet_of (&desk), _ ("The new password"))), ==,
                   "long enough");
  type (&desk, _ ("The password until now"), "right password");
  enter (&desk);
  WAIT_FOR (window_reads (&desk, _ ("Changed the password")));
  g_assert_null (sheet_of (&desk));
  g_assert_cmpstr (desk.people->last, ==, "POST /api/v1/auth/password");
  desk_close (&desk);
}

/* By touch: the PIN twice on the pad; one that is too easy is refused in words. */
static void
test_set_pin (void)
{
  Desk desk;

  desk_open (&desk, "STAFF");
  go (&desk, "account", _ ("Set…"));
  press_text (GTK_WIDGET (desk.window), _ ("Set…"));
  WAIT_FOR (sheet_reads (&desk, _ ("Next")));
  touch_digits (&desk, "258");
  touch (&desk);
  g_assert_true (sheet_reads (&desk, _ ("A PIN has 4 to 6 digits")));
  touch_digits (&desk, "0");
  touch (&desk);
  touch_digits (&desk, "2581");
  touch (&desk);
  g_assert_true (sheet_reads (&desk, _ ("The two were not the same. Begin again")));
  touch_digits (&desk, "2580");
  touch (&desk);
  touch_digits (&desk, "2580");
  touch (&desk);
  type (&desk, _ ("Your password"), "right password");
  touch (&desk);
  WAIT_FOR (window_reads (&desk, _ ("The PIN is set")));
  g_assert_cmpstr (desk.people->last, ==, "POST /api/v1/auth/pin");
  g_assert_nonnull (strstr (desk.people->last_body, "\"pin\":\"2580\""));
  WAIT_FOR (window_reads (&desk, _ ("Set")));
  press_text (GTK_WIDGET (desk.window), _ ("Remove it…"));
  type (&desk, _ ("Your password"), "right password");
  touch (&desk);
  WAIT_FOR (!desk.people->pin && window_reads (&desk, _ ("None")));
  desk_close (&desk);
}

static void
test_totp (void)
{
  Desk desk;

  desk_open (&desk, "OWNER");
  go (&desk, "account", _ ("Turn on…"));
  press_text (GTK_WIDGET (desk.window), _ ("Turn on…"));
  type (&desk, _ ("Your password"), "right password");
  enter (&desk);
  type (&desk, _ ("The code that the phone shows"), "000000");
  g_assert_true (sheet_reads (&desk, "JBSW Y3DP EHPK 3PXP\nJBSW Y3DP EHPK 3PXP"));
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, _ ("The code is not right. Type the newest one")));
  g_assert_false (desk.people->totp);
  type (&desk, _ ("The code that the phone shows"), "123456");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, "K7QMX2P9RT"));
  g_assert_true (sheet_reads (&desk, "Y4NXP8J3CM"));
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  WAIT_FOR (window_reads (&desk, _ ("Turn off…")));
  press_text (GTK_WIDGET (desk.window), _ ("Turn off…"));
  type (&desk, _ ("Your password"), "wrong password");
  type (&desk, _ ("The code that the phone shows"), "123456");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, _ ("The password is not right")));
  g_assert_true (desk.people->totp);
  type (&desk, _ ("Your password"), "right password");
  enter (&desk);
  WAIT_FOR (window_reads (&desk, _ ("Turn on…")));
  desk_close (&desk);
}

static void
test_sign_ins (void)
{
  Desk desk;

  desk_open (&desk, "STAFF");
  go (&desk, "account", _ ("This computer"));
  g_assert_true (window_reads (&desk, "Firefox"));
  press_text (GTK_WIDGET (desk.window), _ ("End"));
  WAIT_FOR (osc_people_list (desk.people->people, OSC_PEOPLE_SIGN_INS)->len == 2);
  json_array_add_element (desk.people->sessions,
                          json_node_copy (json_array_get_element (desk.people->sessions, 1)));
  osc_people_load (desk.people->people, OSC_PEOPLE_SIGN_INS);
  WAIT_FOR (osc_people_list (desk.people->people, OSC_PEOPLE_SIGN_INS)->len == 3);
  WAIT_FOR (window_reads (&desk, _ ("End all others")));
  press_text (GTK_WIDGET (desk.window), _ ("End all others"));
  WAIT_FOR (json_array_get_length (desk.people->sessions) == 1);
  g_assert_true (json_object_get_boolean_member (
      json_array_get_object_element (desk.people->sessions, 0), "current"));
  desk_close (&desk);
}

/* ---- staff ---- */

static gboolean
is_role_yes (GtkWidget *widget, gconstpointer wanted)
{
  return gtk_widget_has_css_class (widget, "role-yes");
}

static void
test_invite (void)
{
  Desk desk;

  desk_open (&desk, "OWNER");
  go (&desk, "staff", "이하은");
  g_assert_nonnull (find (GTK_WIDGET (desk.window), is_role_yes, NULL));
  press_text (GTK_WIDGET (desk.window), _ ("Invite somebody"));
  type (&desk, _ ("Name"), "정수아");
  enter (&desk); /* the e-mail is missing: nothing is sent */
  g_assert_cmpuint (json_array_get_length (desk.people->staff), ==, 4);
  type (&desk, _ ("E-mail"), "sua@shop.kr");
  press_text (sheet_of (&desk), g_dpgettext2 (NULL, "role", "Manager"));
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, "K7QM-X2P9"));
  g_assert_nonnull (strstr (desk.people->last_body, "\"role\":\"MANAGER\""));
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  WAIT_FOR (window_reads (&desk, "정수아"));
  desk_close (&desk);
}

/* What can't be undone is not what Enter does. */
static void
test_remove (void)
{
  Desk desk;

  desk_open (&desk, "OWNER");
  go (&desk, "staff", "박서준");
  press_text (GTK_WIDGET (desk.window), _ ("Remove…"));
  WAIT_FOR (sheet_reads (&desk, _ ("Remove")));
  enter (&desk);
  WAIT_FOR (sheet_of (&desk) == NULL);
  g_assert_cmpuint (json_array_get_length (desk.people->staff), ==, 4);
  press_text (GTK_WIDGET (desk.window), _ ("Remove…"));
  WAIT_FOR (sheet_reads (&desk, _ ("Remove")));
  touch (&desk);
  WAIT_FOR (window_reads (&desk, _ ("Removed the person")));
  WAIT_FOR (!window_reads (&desk, "박서준"));
  press_text (GTK_WIDGET (desk.window), _ ("Role…"));
  WAIT_FOR (sheet_reads (&desk, _ ("Change the role")));
  press_text (sheet_of (&desk), g_dpgettext2 (NULL, "role", "Kitchen"));
  touch (&desk);
  WAIT_FOR (window_reads (&desk, _ ("Changed the role")));
  g_assert_true (g_str_has_prefix (desk.people->last, "PATCH "));
  g_assert_nonnull (strstr (desk.people->last_body, "\"role\":\"KITCHEN\""));
  desk_close (&desk);
}

/* Pages a role may not open are absent, and come with a better role without a restart. */
static void
test_absent (void)
{
  Desk desk;

  desk_open (&desk, "STAFF");
  go (&desk, "account", _ ("Password"));
  g_assert_false (window_reads (&desk, _ ("Staff and roles")));
  g_assert_false (window_reads (&desk, _ ("Screens and devices")));
  g_assert_false (window_reads (&desk, _ ("Sending alerts")));
  osc_shell_go (desk.shell, "settings", "staff");
  osc_fixture_spin (50);
  g_assert_false (window_reads (&desk, _ ("Invite somebody")));
  /* So are views: neither the tile nor the key leads there. */
  g_assert_false (window_reads (&desk, _ ("Menu")));
  osc_shell_go (desk.shell, "menu", NULL);
  g_assert_true (OSC_IS_PREFERENCES (osc_shell_view (desk.shell)));
  g_free (desk.people->role);
  desk.people->role = g_strdup ("OWNER");
  osc_people_load (desk.people->people, OSC_PEOPLE_ME);
  WAIT_FOR (window_reads (&desk, _ ("Staff and roles")));
  g_assert_true (window_reads (&desk, _ ("Sending alerts")));
  g_assert_true (window_reads (&desk, _ ("Menu")));
  osc_shell_go (desk.shell, "menu", NULL);
  g_free (desk.people->role);
  desk.people->role = g_strdup ("STAFF");
  osc_people_load (desk.people->people, OSC_PEOPLE_ME);
  WAIT_FOR (!window_reads (&desk, _ ("Menu")));
  g_assert_true (OSC_IS_BOARD (osc_shell_view (desk.shell)));
  desk_close (&desk);
}

/* ---- screens ---- */

static void
test_device (void)
{
  Desk desk;
  JsonObject *row = NULL;

  desk_open (&desk, "MANAGER");
  go (&desk, "devices", "카운터 2");
  press_text (GTK_WIDGET (desk.window), _ ("Add a screen"));
  type (&desk, _ ("Name of the screen"), "포장대");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, "ABCD-2345"));
  WAIT_FOR (sheet_reads (&desk, "https://192.168.0.7:8443/kitchen"));
  row = json_object_new ();
  json_object_set_string_member (row, "id", "00000000-0000-7000-8000-0000000000dd");
  json_object_set_string_member (row, "name", "포장대");
  json_object_set_string_member (row, "role", "KITCHEN");
  json_object_set_string_member (row, "paired_at", "2026-11-21T03:24:30Z");
  json_array_add_object_element (desk.people->devices, row);
  WAIT_FOR (sheet_reads (&desk, _ ("It works from now on without anybody signing in")));
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  WAIT_FOR (window_reads (&desk, "포장대"));
  press_text (GTK_WIDGET (desk.window), _ ("Take away…"));
  WAIT_FOR (sheet_reads (&desk, _ ("Take away")));
  touch (&desk);
  WAIT_FOR (!window_reads (&desk, "주방 화면"));
  desk_close (&desk);
}

/* A tablet comes through the edge alone, so without one it is said how to get it. */
static void
test_device_without_edge (void)
{
  Desk desk;

  desk_open (&desk, "MANAGER");
  desk.people->edge_off = TRUE;
  go (&desk, "devices", "카운터 2");
  press_text (GTK_WIDGET (desk.window), _ ("Add a screen"));
  type (&desk, _ ("Name of the screen"), "포장대");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, "ABCD-2345"));
  WAIT_FOR (sheet_reads (&desk, _ ("A tablet cannot come yet, since the network is not served. Run "
                                   "“ordersyncctl edge setup” and start OrderSync again")));
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  desk_close (&desk);
}

/* ---- a PIN for one act ---- */

static OscOrderItem *
put_order (Desk *desk)
{
  g_autoptr (OsyOrder) order =
      osy_order_new (osc_fixture_order (48, OSY_ORDER_PREPARING, "DINE_IN", 60));

  osc_order_store_put (desk->context.orders, order, "order.placed");
  return osc_order_store_find (desk->context.orders, osy_order_data (order)->id);
}

static void
ask_to_cancel (Desk *desk, OscOrderItem *item)
{
  osc_acts_cancel (desk->context.acts, item, "wrong");
  WAIT_FOR (sheet_of (desk) != NULL && sheet_reads (desk, _ ("Allow")));
}

/* By keys alone: choose with the arrows, a wrong PIN counts down, the right one does the act. */
static void
test_allow_by_keys (void)
{
  Desk desk;
  OscOrderItem *item;
  g_autofree char *left = g_strdup_printf (g_dngettext (NULL, "That is not the PIN. %d try left",
                                                        "That is not the PIN. %d tries left", 4),
                                           4);

  desk_open (&desk, "STAFF");
  item = put_order (&desk);
  ask_to_cancel (&desk, item);
  key (&desk, GDK_KEY_Right);
  keys (&desk, "9999");
  enter (&desk);
  WAIT_FOR (sheet_reads (&desk, left));
  keys (&desk, "25");
  key (&desk, GDK_KEY_BackSpace);
  keys (&desk, "580");
  enter (&desk);
  WAIT_FOR (strcmp (osc_order_item_data (item)->status, OSY_ORDER_CANCELED) == 0);
  g_assert_cmpstr (desk.people->last_act_token, ==, "allowed-once");
  WAIT_FOR (sheet_of (&desk) == NULL);
  g_autofree char *cancelled = g_strdup_printf (_ ("Cancelled no. %d"), 48);
  g_autofree char *sentence = g_strdup_printf (_ ("%1$s. %2$s allowed it"), cancelled, "박서준");
  g_assert_true (window_reads (&desk, sentence));
  desk_close (&desk);
}

/* ---- a guest's details ---- */

#define GUEST_ID "00000000-0000-7000-8000-0000000000aa"

static OscGuestActs *
show_guest (Desk *desk)
{
  OsyOrderData *data = osc_fixture_order (48, OSY_ORDER_PREPARING, "TAKEOUT", 60);
  g_autoptr (OsyOrder) order = NULL;

  g_free (data->customer_name);
  data->customer_name = g_strdup ("박*호");
  g_clear_pointer (&data->customer_phone, g_free);
  g_clear_pointer (&data->delivery_address, g_free);
  g_free (data->guest_id);
  data->guest_id = g_strdup (GUEST_ID);
  order = osy_order_new (data);
  osc_order_store_put (desk->context.orders, order, "order.placed");
  osc_shell_open (desk->shell, osc_order_store_find (desk->context.orders, data->id));
  WAIT_FOR (window_reads (desk, "박*호"));
  osc_guest_set_client (
      OSC_GUEST (find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_GUEST))),
      desk->people->client, desk->people->people);
  osc_fixture_spin (50);
  if (strcmp (desk->people->role, "OWNER") != 0)
    return NULL;
  return OSC_GUEST_ACTS (
      find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_GUEST_ACTS)));
}

/* Who may not see a number asks somebody who may, once. */
static void
test_unmask_by_pin (void)
{
  Desk desk;

  desk_open (&desk, "STAFF");
  show_guest (&desk);
  g_assert_false (window_reads (&desk, _ ("Erase guest…")));
  press_text (GTK_WIDGET (desk.window), _ ("Show"));
  press_text (GTK_WIDGET (desk.window), _ ("To call the guest"));
  WAIT_FOR (sheet_of (&desk) != NULL && sheet_reads (&desk, _ ("Allow")));
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  WAIT_FOR (sheet_of (&desk) == NULL);
  g_assert_true (window_reads (&desk, "박*호"));
  press_text (GTK_WIDGET (desk.window), _ ("To call the guest"));
  WAIT_FOR (sheet_of (&desk) != NULL && sheet_reads (&desk, _ ("Allow")));
  touch_digits (&desk, "2580");
  touch (&desk);
  WAIT_FOR (window_reads (&desk, "박선호 · 010-1234-5678"));
  g_assert_cmpstr (desk.people->last_act_token, ==, "allowed-once");
  desk_close (&desk);
}

/* The owner saves all that is kept, for his eyes alone, and erases it after one question. */
static void
test_guest_acts (void)
{
  Desk desk;
  g_autofree char *folder = g_dir_make_tmp ("ordersync-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "guest.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;
  GStatBuf found;

  desk_open (&desk, "OWNER");
  OscGuestActs *acts = show_guest (&desk);
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (acts)));
  osc_guest_acts_save (acts, file);
  WAIT_FOR (window_reads (&desk, _ ("Saved all that is kept of the guest")));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "박선호"));
  g_assert_cmpint (g_stat (path, &found), ==, 0);
  g_assert_cmpint (found.st_mode & 0777, ==, 0600);
  press_text (GTK_WIDGET (desk.window), _ ("Erase guest…"));
  press_text (GTK_WIDGET (desk.window), _ ("Kept by mistake"));
  WAIT_FOR (window_reads (&desk, _ ("An order of this guest is still open. Finish it first")));
  press_text (GTK_WIDGET (desk.window), _ ("Consent withdrawn"));
  WAIT_FOR (window_reads (&desk, _ ("Erased the guest")));
  g_assert_cmpstr (desk.people->last, ==, "POST /api/v1/restaurants/me/guests/" GUEST_ID "/erase");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (acts)));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  desk_close (&desk);
}

/* By touch; Esc leaves everything as it was, and the next time it is asked for again. */
static void
test_allow_by_touch (void)
{
  Desk desk;
  OscOrderItem *item;

  desk_open (&desk, "STAFF");
  item = put_order (&desk);
  ask_to_cancel (&desk, item);
  gtk_window_close (GTK_WINDOW (sheet_of (&desk)));
  WAIT_FOR (window_reads (&desk, _ ("Only a manager can do this")));
  g_assert_cmpstr (osc_order_item_data (item)->status, ==, OSY_ORDER_PREPARING);
  g_assert_false (osc_order_item_get_busy (item));
  ask_to_cancel (&desk, item);
  touch_digits (&desk, "2580");
  touch (&desk);
  WAIT_FOR (strcmp (osc_order_item_data (item)->status, OSY_ORDER_CANCELED) == 0);
  desk_close (&desk);
}

/* ---- codes at the sign-in ---- */

static void
count_cb (guint *times)
{
  (*times)++;
}

static void
test_pair (void)
{
  OscFixturePeople *people = osc_fixture_people_new ("KITCHEN");
  g_autofree char *url = osc_fixture_people_url (people);
  g_autoptr (OsyClient) client = osy_client_new (url);
  OscWindow *window = osc_window_new (application, 100);
  GtkWidget *page = osc_pair_page_new (client);
  guint signed_in = 0;

  g_signal_connect_swapped (page, "signed-in", G_CALLBACK (count_cb), &signed_in);
  osc_window_show_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (50);
  osc_field_set_text (field_of (page, _ ("Pairing code")), "abcd-999");
  press_text (page, _ ("Pair"));
  g_assert_true (reads (page, _ ("The code has eight letters and digits")));
  osc_field_set_text (field_of (page, _ ("Pairing code")), "abcd-9999");
  press_text (page, _ ("Pair"));
  WAIT_FOR (reads (page, _ ("The code is not right, or it has run out. Ask for a new one")));
  osc_field_set_text (field_of (page, _ ("Pairing code")), "abcd-2345");
  g_signal_emit_by_name (field_of (page, _ ("Pairing code")), "submitted");
  WAIT_FOR (signed_in == 1);
  g_assert_cmpstr (osy_client_device_token (client), ==, "screen");
  g_assert_null (osy_client_refresh_token (client));
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_people_free (people);
}

static void
test_join (void)
{
  OscFixturePeople *people = osc_fixture_people_new ("STAFF");
  g_autofree char *url = osc_fixture_people_url (people);
  g_autoptr (OsyClient) client = osy_client_new (url);
  OscWindow *window = osc_window_new (application, 100);
  GtkWidget *page = osc_join_page_new (client);
  guint signed_in = 0;

  g_signal_connect_swapped (page, "signed-in", G_CALLBACK (count_cb), &signed_in);
  osc_window_show_page (window, page);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (50);
  osc_field_set_text (field_of (page, _ ("Invitation code")), "K7QM-X2P9");
  osc_field_set_text (field_of (page, _ ("E-mail")), "sua@shop.kr");
  press_text (page, _ ("Join"));
  g_assert_nonnull (osc_field_error (field_of (page, _ ("Password"))));
  osc_field_set_text (field_of (page, _ ("Password")), "right password");
  press_text (page, _ ("Join"));
  WAIT_FOR (signed_in == 1);
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_people_free (people);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/people/password", test_password);
  g_test_add_func ("/console/people/set-pin", test_set_pin);
  g_test_add_func ("/console/people/unmask-by-pin", test_unmask_by_pin);
  g_test_add_func ("/console/people/guest-acts", test_guest_acts);
  g_test_add_func ("/console/people/totp", test_totp);
  g_test_add_func ("/console/people/sign-ins", test_sign_ins);
  g_test_add_func ("/console/people/invite", test_invite);
  g_test_add_func ("/console/people/remove", test_remove);
  g_test_add_func ("/console/people/absent", test_absent);
  g_test_add_func ("/console/people/device", test_device);
  g_test_add_func ("/console/people/device-without-edge", test_device_without_edge);
  g_test_add_func ("/console/people/allow-by-keys", test_allow_by_keys);
  g_test_add_func ("/console/people/allow-by-touch", test_allow_by_touch);
  g_test_add_func ("/console/people/pair", test_pair);
  g_test_add_func ("/console/people/join", test_join);
  return g_test_run ();
}
