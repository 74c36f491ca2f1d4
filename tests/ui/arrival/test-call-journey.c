/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An order that nobody accepts: it is seen more and more, heard or not, and ends with an answer. */

#include <glib/gi18n.h>

#include "config.h"

#include "find.h"
#include "osc-call.h"
#include "osc-fixture.h"
#include "osc-outages.h"
#include "osc-settings.h"
#include "osc-sheet.h"
#include "osc-sound-ask.h"
#include "osc-sound-check.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  OscAlarm *alarm;
  OscNotify *notify;
  OscCall *call;
  guint asked; /* sounds that should have been heard */
} Desk;

static GtkApplication *application;

static void
on_sound (Desk *desk)
{
  desk->asked++;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  osc_fixture_context (&desk->context);
  desk->alarm = osc_alarm_new ();
  desk->notify = osc_notify_new ();
  g_signal_connect_swapped (desk->alarm, "requested", G_CALLBACK (on_sound), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  osc_strip_set_shop (osc_window_strip (desk->window), "소담분식", "2026-11-21", "김지은");
  desk->call = osc_call_new (desk->window, desk->alarm, desk->notify);
  osc_call_follow (desk->call);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  osc_call_stop (desk->call);
  g_clear_object (&desk->call);
  g_clear_object (&desk->alarm);
  g_clear_object (&desk->notify);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  osy_clock_set_fake (0);
}

static OscOrderItem *
arrive (Desk *desk, gint64 number, gint64 version, int seconds_ago)
{
  OsyOrderData *data = osc_fixture_order (number, "PENDING", "TAKEOUT", 0);
  g_autoptr (OsyOrder) order = NULL;

  data->version = version;
  data->created_at = osy_clock_now () - seconds_ago * G_TIME_SPAN_SECOND;
  order = osy_order_new (data);
  osc_order_store_put (desk->context.orders, order, "order.created");
  osc_fixture_spin (50);
  return osc_order_store_find (desk->context.orders, data->id);
}

static void
pass (Desk *desk, int seconds)
{
  osy_clock_advance_fake (seconds * G_TIME_SPAN_SECOND);
  osc_call_tick (desk->call);
}

/* "" when nothing flashes. */
static const char *
flash (Desk *desk)
{
  static const char *const kinds[] = {"new", "soon", "late"};
  GtkWidget *around = find (GTK_WIDGET (desk->window), has_class, "flash");

  if (around == NULL)
    return "";
  g_assert_false (gtk_widget_get_can_target (around)); /* what lies under it can be pressed */
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (gtk_widget_has_css_class (around, kinds[i]))
      return kinds[i];
  return "?";
}

static void
test_steps (Desk *desk, gconstpointer data)
{
  g_assert_cmpstr (flash (desk), ==, "");
  OscOrderItem *item = arrive (desk, 41, 1, 0);
  g_assert_cmpuint (desk->asked, ==, 1);
  pass (desk, 60);
  g_assert_cmpstr (flash (desk), ==, "soon");
  pass (desk, 60);
  g_assert_cmpstr (flash (desk), ==, "late");
  g_assert_cmpuint (osc_alarm_rang_for (desk->alarm), ==, 120);
  /* Whoever puts it off has seen it; it comes back as urgent as it is. */
  osc_arrival_queue_later (osc_shell_queue (desk->shell));
  g_assert_cmpstr (flash (desk), ==, "");
  osc_arrival_queue_show (osc_shell_queue (desk->shell), item);
  g_assert_cmpstr (flash (desk), ==, "late");
  osc_fixture_move (desk->context.orders, item, "ACCEPTED");
  g_assert_cmpstr (flash (desk), ==, "");
  g_assert_false (osc_alarm_get_ringing (desk->alarm));
}

/* An order accepted late leaves nothing to the next one, and one that was paid for first has not
 * waited for us meanwhile. */
static void
test_each_for_itself (Desk *desk, gconstpointer data)
{
  OscOrderItem *first = arrive (desk, 41, 1, 130);
  arrive (desk, 42, 3, 500);
  g_assert_cmpstr (flash (desk), ==, "late");
  osc_fixture_move (desk->context.orders, first, "ACCEPTED");
  pass (desk, 0);
  g_assert_cmpuint (osc_alarm_rang_for (desk->alarm), ==, 0);
  g_assert_cmpstr (flash (desk), !=, "late");
  pass (desk, 61);
  g_assert_cmpstr (flash (desk), ==, "soon");
}

/* In a popover that is not open. */
static GtkWidget *
find_button (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
test_mute (Desk *desk, gconstpointer data)
{
  OscChip *chip = osc_strip_sound (osc_window_strip (desk->window));

  g_autofree char *off = g_strdup_printf (_ ("Sound off %u:%02u"), 5, 0);

  g_signal_emit_by_name (find_button (GTK_WIDGET (chip), _ ("Sound off for 5 minutes")), "clicked");
  g_assert_cmpuint (osc_alarm_muted_for (desk->alarm), ==, 300);
  g_assert_nonnull (find (GTK_WIDGET (chip), says, off));
  arrive (desk, 41, 1, 0);
  osc_alarm_play (desk->alarm, OSC_SOUND_FAULT);
  g_assert_cmpuint (desk->asked, ==, 0);
  g_assert_cmpstr (flash (desk), ==, "new");
  /* One touch, and the order that waits is heard at once. */
  g_signal_emit_by_name (chip, "clicked");
  g_assert_cmpuint (osc_alarm_muted_for (desk->alarm), ==, 0);
  g_assert_cmpuint (desk->asked, ==, 1);
  g_assert_null (find (GTK_WIDGET (chip), says, off));
}

static GtkWidget *
ask (Desk *desk)
{
  return find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_SOUND_ASK));
}

/* The first look of a day plays the sound and asks; who heard it is asked again tomorrow. */
static void
test_once_a_day (Desk *desk, gconstpointer data)
{
  g_settings_set_string (osc_settings_get (), "sound-heard-on", "2026-11-20");
  g_assert_null (ask (desk));
  pass (desk, 0);
  osc_fixture_spin (50);
  g_assert_nonnull (ask (desk));
  g_assert_cmpuint (desk->asked, ==, 1);
  pass (desk, 5); /* it stays, and is not played over and over */
  g_assert_cmpuint (desk->asked, ==, 1);
  press (ask (desk), "ask-again");
  g_assert_cmpuint (desk->asked, ==, 2);
  press (ask (desk), "ask-yes");
  g_assert_null (ask (desk));
  g_autofree char *heard_on = osc_sound_ask_heard_on ();
  g_autofree char *today = osc_shop_store_business_day (desk->context.shop, osy_clock_now ());
  g_assert_cmpstr (heard_on, ==, today);
  pass (desk, 60);
  g_assert_null (ask (desk));
  pass (desk, 24 * 3600);
  osc_fixture_spin (50);
  g_assert_nonnull (ask (desk));
}

/* Who does not hear it gets help, and orders flash from the first second on until it is heard. */
static void
test_not_heard (Desk *desk, gconstpointer data)
{
  g_settings_set_string (osc_settings_get (), "sound-heard-on", "2026-11-20");
  pass (desk, 0);
  osc_fixture_spin (50);
  press (ask (desk), "ask-no");
  osc_fixture_spin (100);
  g_assert_nonnull (
      find (GTK_WIDGET (osc_strip_sound (osc_window_strip (desk->window))), says, _ ("Not heard")));
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *sheet = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

    if (OSC_IS_SHEET (window))
      sheet = window;
  }
  g_assert_nonnull (sheet);
  arrive (desk, 41, 1, 0);
  g_assert_cmpstr (flash (desk), ==, "new");
  g_signal_emit_by_name (osc_sheet_primary (OSC_SHEET (sheet)), "clicked");
  osc_fixture_spin (100);
  g_assert_null (ask (desk));
  g_assert_null (
      find (GTK_WIDGET (osc_strip_sound (osc_window_strip (desk->window))), says, _ ("Not heard")));
}

/* What is unplugged is known before the next order comes; what is plugged in is asked about. */
static void
test_unplugged (Desk *desk, gconstpointer data)
{
  const char *const two[] = {"Speaker", "HDMI", NULL};
  const char *const one[] = {"HDMI", NULL};
  const char *const none[] = {NULL};

  osc_alarm_take_devices (desk->alarm, two);
  g_assert_null (ask (desk));
  osc_alarm_take_devices (desk->alarm, one);
  g_assert_nonnull (ask (desk));
  press (ask (desk), "ask-yes");
  osc_alarm_take_devices (desk->alarm, none);
  g_assert_cmpint (osc_alarm_get_device (desk->alarm), ==, OSC_SOUND_DEVICE_FAULT);
  g_assert_nonnull (find (GTK_WIDGET (osc_strip_sound (osc_window_strip (desk->window))), says,
                          _ ("No sound device")));
  OscOrderItem *item = arrive (desk, 41, 1, 0);
  g_assert_cmpstr (flash (desk), ==, "new");
  osc_fixture_move (desk->context.orders, item, "ACCEPTED");
  osc_alarm_take_devices (desk->alarm, two);
  g_assert_nonnull (ask (desk));
}

/* ---- what is away ---- */

static void
assert_banner (Desk *desk, OscOutage outage, guint others)
{
  g_autofree char *words = outage < OSC_N_OUTAGES ? osc_outage_words (outage, NULL, others) : NULL;

  osc_fixture_spin (200); /* it slides in */
  if (words != NULL)
    g_assert_nonnull (find (GTK_WIDGET (desk->shell), says, words));
  else
    g_assert_null (find (GTK_WIDGET (desk->shell), has_class, "banner-row"));
}

/* One strip, the most important part first, and it says how many more there are. */
static void
test_outages (Desk *desk, gconstpointer data)
{
  static const char all[] =
      "{\"parts\":[{\"part\":\"DISK\",\"state\":\"BAD\"},{\"part\":\"PAYMENTS\",\"state\":\"BAD\"},"
      "{\"part\":\"DATABASE\",\"state\":\"GOOD\"},{\"part\":\"ORDERS\",\"state\":\"BAD\"}]}";
  static const char *const none[] = {NULL};
  g_autoptr (OscOutages) outages = osc_outages_new (desk->shell, desk->alarm);
  g_autoptr (JsonNode) report = json_from_string (all, NULL);
  g_autoptr (JsonNode) away =
      json_from_string ("{\"parts\":[{\"part\":\"DATABASE\",\"state\":\"BAD\"}]}", NULL);
  g_autoptr (JsonNode) odd = json_from_string ("{\"parts\":[7,{}],\"x\":[]}", NULL);

  osc_outages_take (outages, report);
  assert_banner (desk, OSC_OUTAGE_PAYMENTS, 1);
  osc_alarm_take_devices (desk->alarm, none);
  assert_banner (desk, OSC_OUTAGE_SOUND, 2);
  /* The database knows nothing of the payments while it is away. */
  osc_outages_take (outages, away);
  assert_banner (desk, OSC_OUTAGE_DATABASE, 1);
  osc_shell_set_live (desk->shell, NULL);
  assert_banner (desk, OSC_OUTAGE_DATABASE, 1);
  osc_outages_take (outages, odd);
  assert_banner (desk, OSC_OUTAGE_SOUND, 0);
  press_text (GTK_WIDGET (desk->shell), _ ("Have a look"));
  osc_fixture_spin (100);
  g_assert_nonnull (
      find (GTK_WIDGET (desk->shell), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_SOUND_CHECK)));
}

#define ADD(path, func) g_test_add ("/call/" path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("GSETTINGS_SCHEMA_DIR", OSY_BUILD_DIR "/data", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  application = osc_fixture_init (&argc, &argv);
  ADD ("steps", test_steps);
  ADD ("each-for-itself", test_each_for_itself);
  ADD ("mute", test_mute);
  ADD ("once-a-day", test_once_a_day);
  ADD ("not-heard", test_not_heard);
  ADD ("unplugged", test_unplugged);
  ADD ("outages", test_outages);
  return g_test_run ();
}
