/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen can keep is what the accept button says, once; and a busy hour is one touch away
 * and ends by the clock. */

#include <glib/gi18n.h>
#include <string.h>

#include "config.h"

#include "find.h"
#include "osc-arrival.h"
#include "osc-fixture.h"
#include "osc-open-state.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-json.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  GtkWidget *state;
  char *patch; /* the last change of the shop */
} Desk;

static GtkApplication *application;

/* As the daemon would answer. */
static void
on_requested (OscShopStore *store, JsonNode *patch, Desk *desk)
{
  JsonObject *wanted = json_node_get_object (patch);
  OsyShopData *data = osy_shop_data_copy (osy_shop_data (osc_shop_store_get (store)));
  const char *until = json_object_get_string_member_with_default (wanted, "busy_until", NULL);
  g_autoptr (OsyShop) shop = NULL;

  g_free (desk->patch);
  desk->patch = osy_json_print (patch);
  data->busy_minutes = (int)json_object_get_int_member_with_default (wanted, "busy_minutes", 0);
  data->busy_until = 0;
  g_assert_true (until == NULL || osy_clock_parse (until, &data->busy_until));
  data->version++;
  shop = osy_shop_new (data);
  osc_shop_store_put (store, shop);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  GtkWidget *strip;

  osy_clock_set_fake (OSC_FIXTURE_NOW);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.shop, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  strip = GTK_WIDGET (osc_window_strip (desk->window));
  osc_strip_set_shop (osc_window_strip (desk->window), "소담분식", "2026-11-21", "김지은");
  osc_strip_follow (osc_window_strip (desk->window), desk->context.shop, desk->context.load);
  desk->state = find (strip, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_OPEN_STATE));
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->patch);
  osy_clock_set_fake (0);
}

static OscOrderItem *
arrive (Desk *desk, gint64 number)
{
  OsyOrderData *data = osc_fixture_order (number, "PENDING", "TAKEOUT", 0);
  g_autoptr (OsyOrder) order = NULL;

  osc_fixture_line (data, "라면", 1, 4000, NULL);
  order = osy_order_new (data);
  osc_order_store_put (desk->context.orders, order, "order.created");
  osc_fixture_spin (50);
  return osc_order_store_find (desk->context.orders, data->id);
}

/* The daemon says that @item (nullable) can be accepted with @minutes. */
static void
offer (Desk *desk, OscOrderItem *item, int minutes)
{
  g_autoptr (OsyKitchenOutlook) outlook = osy_kitchen_outlook_new ();
  OsyKitchenLoad *load = g_new0 (OsyKitchenLoad, 1);

  load->id = g_strdup ("01940000-0000-7000-8000-000000000001");
  load->name = g_strdup ("불판");
  load->parallel = 2;
  load->dishes = 5;
  load->minutes = 25;
  g_ptr_array_add (outlook->stations, load);
  outlook->minutes = 30;
  if (item != NULL)
    osy_kitchen_outlook_add_offer (outlook, osc_order_item_data (item)->id, minutes);
  g_autoptr (JsonNode) node = osy_kitchen_outlook_to_json (outlook);
  osc_load_store_take (desk->context.load, node);
  osc_fixture_spin (50);
}

static gboolean
arrival_says (Desk *desk, const char *words)
{
  GtkWidget *arrival =
      find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_ARRIVAL));

  g_assert_nonnull (arrival);
  return find (arrival, says, words) != NULL;
}

static int
minutes_of (Desk *desk, OscOrderItem *item)
{
  return osc_minutes_get (osc_shell_context (desk->shell)->minutes, item);
}

/* The number comes a moment after the order, and then stays under the finger. */
static void
test_offer (Desk *desk, gconstpointer data)
{
  OscOrderItem *item = arrive (desk, 61);

  g_assert_cmpint (minutes_of (desk, item), ==, 15);
  offer (desk, item, 45);
  g_assert_cmpint (minutes_of (desk, item), ==, 45);
  g_autofree char *words = osc_words_minutes (45);
  g_autofree char *accept = g_strdup_printf (_ ("Accept for %s"), words);
  g_assert_true (arrival_says (desk, accept));
  for (int minutes = 35; minutes <= 65; minutes += 10) {
    g_autofree char *preset = osc_words_minutes (minutes);
    g_assert_true (arrival_says (desk, preset));
  }
  offer (desk, item, 60);
  g_assert_cmpint (minutes_of (desk, item), ==, 45);
  osc_shell_key (desk->shell, OSC_KEY_MORE);
  g_assert_cmpint (minutes_of (desk, item), ==, 50);
  g_autofree char *kept = osc_words_minutes (35);
  g_assert_true (arrival_says (desk, kept)); /* the presets stay around what was proposed */
}

/* What a person has set is not taken from them by an answer that comes late. */
static void
test_set_by_hand (Desk *desk, gconstpointer data)
{
  OscOrderItem *item = arrive (desk, 62);

  osc_minutes_set (osc_shell_context (desk->shell)->minutes, item, 20);
  offer (desk, item, 45);
  g_assert_cmpint (minutes_of (desk, item), ==, 20);
  OscOrderItem *same = arrive (desk, 63);
  osc_minutes_set (osc_shell_context (desk->shell)->minutes, same, minutes_of (desk, same));
  offer (desk, same, 45);
  g_assert_cmpint (minutes_of (desk, same), ==, 15);
}

/* Presets are four numbers that can be promised, and the proposal is one of them. */
static void
test_presets (Desk *desk, gconstpointer data)
{
  static const int proposals[] = {5, 10, 15, 100, 120};

  for (gsize i = 0; i < G_N_ELEMENTS (proposals); i++) {
    OscOrderItem *item = arrive (desk, 70 + (gint64)i);
    g_autofree char *words = osc_words_minutes (proposals[i]);

    offer (desk, item, proposals[i]);
    osc_arrival_queue_show (osc_shell_queue (desk->shell), item);
    osc_fixture_spin (50);
    g_assert_true (arrival_says (desk, words));
  }
}

static void
test_busy (Desk *desk, gconstpointer data)
{
  g_autofree char *usual = osc_words_minutes (30);
  g_autofree char *calm = g_strdup_printf ("%s · %s", _ ("Taking orders"), usual);
  gint64 until = OSC_FIXTURE_NOW + 30 * G_TIME_SPAN_MINUTE;

  g_assert_nonnull (find (desk->state, says, _ ("Taking orders")));
  offer (desk, NULL, 0);
  g_assert_nonnull (find (desk->state, says, calm));
  GtkWidget *button = find (desk->state, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_MENU_BUTTON));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  osc_fixture_spin (200);
  g_assert_nonnull (find (desk->state, says, "불판"));
  gtk_widget_activate_action (desk->state, "state.busy", "i", 10);
  g_autofree char *clock = osc_words_clock (until);
  g_autofree char *words = g_strdup_printf (_ ("Busy: +%d min until %s"), 10, clock);
  g_autofree char *busy = g_strdup_printf ("%s · %s", words, usual);
  g_assert_nonnull (find (desk->state, says, busy));
  g_assert_cmpint (osy_shop_data (osc_shop_store_get (desk->context.shop))->busy_until, ==, until);
  osc_fixture_spin (50);
  press_text (GTK_WIDGET (desk->window), _ ("Undo"));
  g_assert_cmpstr (desk->patch, ==, "{\"busy_minutes\":0}");
  g_assert_nonnull (find (desk->state, says, calm));

  gtk_widget_activate_action (desk->state, "state.busy", "i", 20);
  osy_clock_advance_fake (30 * G_TIME_SPAN_MINUTE);
  offer (desk, NULL, 0);
  g_assert_nonnull (find (desk->state, says, calm));
}

int
main (int argc, char *argv[])
{
  g_setenv ("GSETTINGS_SCHEMA_DIR", OSY_BUILD_DIR "/data", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  application = osc_fixture_init (&argc, &argv);
  g_test_add ("/console/promise/offer", Desk, NULL, set_up, test_offer, tear_down);
  g_test_add ("/console/promise/set-by-hand", Desk, NULL, set_up, test_set_by_hand, tear_down);
  g_test_add ("/console/promise/presets", Desk, NULL, set_up, test_presets, tear_down);
  g_test_add ("/console/promise/busy", Desk, NULL, set_up, test_busy, tear_down);
  return g_test_run ();
}
