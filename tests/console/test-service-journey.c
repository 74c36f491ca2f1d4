/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console's kitchen and tables against the real daemon: a floor is drawn, guests sit, eat in
 * two courses at two stations, move, pay by seat; a second booking of a table is asked for. Food is
 * on the kitchen's tickets once whatever the tables do. */

#include <string.h>

#include "osc-bill-store.h"
#include "osc-floor-template.h"
#include "osc-kitchen-store.h"
#include "osc-station-store.h"
#include "osc-table-store.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "real-shop.h"
#include "spin.h"

#define ME "/api/v1/restaurants/me/"
#define WAIT 60000

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscKitchenStore *kitchen;
  OscStationStore *stations;
  OscTableStore *tables;
  OscBillStore *bill;
  char *items[2]; /* dishes without options, of two categories */
  char *categories[2];
  char *order_id;
  char *failure;
  gboolean done;
  GError *error;
} Shop;

/* ---- the shop ---- */

static gboolean
is_plain (JsonObject *item)
{
  return json_array_get_length (json_object_get_array_member (item, "option_groups")) == 0;
}

static void
pick_items (Shop *shop)
{
  g_autoptr (JsonNode) menu = real_shop_public_menu (&shop->real);
  JsonArray *categories = json_object_get_array_member (json_node_get_object (menu), "categories");
  guint n = 0;

  for (guint c = 0; n < 2 && c < json_array_get_length (categories); c++) {
    JsonObject *category = json_array_get_object_element (categories, c);
    JsonArray *items = json_object_get_array_member (category, "items");

    for (guint i = 0; n < 2 && i < json_array_get_length (items); i++) {
      JsonObject *item = json_array_get_object_element (items, i);

      if (!is_plain (item) || shop->items[n] != NULL)
        continue;
      shop->items[n] = g_strdup (json_object_get_string_member (item, "id"));
      shop->categories[n++] = g_strdup (json_object_get_string_member (category, "id"));
      break;
    }
  }
}

static void
on_failed (OscTableStore *store, const char *sentence, Shop *shop)
{
  g_free (shop->failure);
  shop->failure = g_strdup (sentence);
}

static void
open_shop (Shop *shop)
{
  real_shop_open (&shop->real);
  real_shop_import (&shop->real, "menu-bunsik.csv");
  SPIN_UNTIL ((pick_items (shop), shop->items[1] != NULL), WAIT);
  shop->feed = osy_feed_new (shop->real.client);
  shop->kitchen = osc_kitchen_store_new (shop->real.client);
  shop->stations = osc_station_store_new (shop->real.client);
  shop->tables = osc_table_store_new (shop->real.client);
  shop->bill = osc_bill_store_new (shop->real.client);
  g_signal_connect (shop->tables, "failed", G_CALLBACK (on_failed), shop);
  osc_kitchen_store_attach (shop->kitchen, shop->feed);
  osc_station_store_attach (shop->stations, shop->feed);
  osc_table_store_attach (shop->tables, shop->feed);
  osc_bill_store_attach (shop->bill, shop->feed);
  osy_feed_start (shop->feed);
  SPIN_UNTIL (osc_station_store_get (shop->stations) != NULL, WAIT);
  SPIN_UNTIL (osc_table_store_get_loaded (shop->tables), WAIT);
  SPIN_UNTIL (osc_floor_store_get_loaded (osc_table_store_floors (shop->tables)), WAIT);
}

static void
close_shop (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->bill);
  g_object_unref (shop->tables);
  g_object_unref (shop->stations);
  g_object_unref (shop->kitchen);
  g_object_unref (shop->feed);
  for (gsize i = 0; i < G_N_ELEMENTS (shop->items); i++) {
    g_free (shop->items[i]);
    g_free (shop->categories[i]);
  }
  g_free (shop->order_id);
  g_free (shop->failure);
  real_shop_close (&shop->real);
}

/* ---- stations ---- */

static OsyKitchenStation *
add_station (OsyKitchenSetup *setup, const char *name)
{
  OsyKitchenStation *station = osy_kitchen_station_new ();

  station->id = osy_id_new ();
  station->name = g_strdup (name);
  station->language = g_strdup ("ko");
  station->position = setup->stations->len;
  g_ptr_array_add (setup->stations, station);
  return station;
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  osc_station_store_save_finish (OSC_STATION_STORE (source), result, &shop->error);
  shop->done = TRUE;
}

static void
save (Shop *shop, const OsyKitchenSetup *setup)
{
  shop->done = FALSE;
  osc_station_store_save_async (shop->stations, setup, saved_cb, shop);
  SPIN_UNTIL (shop->done, WAIT);
}

/* Two stations of which none takes the rest are refused; then they are not. */
static void
set_up_stations (Shop *shop)
{
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_new ();
  const OsyKitchenStation *first = add_station (setup, "면");
  const OsyKitchenStation *second = add_station (setup, "튀김");

  save (shop, setup);
  g_assert_true (osy_error_is (shop->error, OSY_ERROR_UNROUTED));
  g_clear_error (&shop->error);
  setup->default_station_id = g_strdup (first->id);
  g_ptr_array_add (setup->routes,
                   osy_kitchen_route_new (OSY_ROUTE_CATEGORY, shop->categories[1], second->id));
  save (shop, setup);
  g_assert_no_error (shop->error);
  g_assert_cmpuint (osc_station_store_get (shop->stations)->stations->len, ==, 2);
  g_assert_cmpint (osc_station_store_get (shop->stations)->version, ==, 1);
}

/* ---- tables ---- */

static void
draw_floor (Shop *shop)
{
  OscFloorStore *floors = osc_table_store_floors (shop->tables);

  osc_floor_store_apply (floors, osc_floor_template_fill (osc_floor_store_get (floors), 8), "8");
  SPIN_UNTIL (osc_table_store_find_number (shop->tables, "8") != NULL, WAIT);
}

static const OsyTable *
table (Shop *shop, const char *number)
{
  const OsyTable *found = osc_table_store_find_number (shop->tables, number);

  g_assert_nonnull (found);
  return found;
}

static void
act (Shop *shop, const char *number, const char *verb, const char *body)
{
  g_autofree char *path = g_strdup_printf ("tables/%s/%s", table (shop, number)->table_id, verb);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);

  osc_table_store_act (
      shop->tables,
      &(OscTableCall){.path = path, .body = json_object_ref (json_node_get_object (node))});
}

static void
order_at (Shop *shop, const char *number)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"DINE_IN\",\"channel\":\"COUNTER\",\"table_id\":\"%s\","
      "\"accept\":{\"ready_in_minutes\":20},\"items\":["
      "{\"menu_item_id\":\"%s\",\"quantity\":2,\"seat\":1},"
      "{\"menu_item_id\":\"%s\",\"quantity\":1,\"course\":2,\"seat\":2}],"
      "\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, table (shop, number)->table_id, shop->items[0], shop->items[1]);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) answer = real_shop_call (shop->real.client, "POST", "/api/v1/orders", body);

  shop->order_id = g_strdup (json_object_get_string_member (json_node_get_object (answer), "id"));
}

/* ---- the kitchen ---- */

static OscKitchenItem *
ticket_with (Shop *shop, const char *item_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shop->kitchen)); i++) {
    g_autoptr (OscKitchenItem) item = g_list_model_get_item (G_LIST_MODEL (shop->kitchen), i);
    const OsyKitchenTicketData *ticket = osc_kitchen_item_data (item);

    for (guint k = 0; k < ticket->lines->len; k++)
      if (g_strcmp0 (((OsyKitchenLine *)g_ptr_array_index (ticket->lines, k))->menu_item_id,
                     item_id) == 0)
        return item; /* the store holds it */
  }
  return NULL;
}

static gint64
portions (Shop *shop)
{
  gint64 sent = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (shop->kitchen)); i++) {
    g_autoptr (OscKitchenItem) item = g_list_model_get_item (G_LIST_MODEL (shop->kitchen), i);
    GPtrArray *lines = osc_kitchen_item_data (item)->lines;

    for (guint k = 0; k < lines->len; k++)
      sent += ((OsyKitchenLine *)g_ptr_array_index (lines, k))->quantity_sent;
  }
  return sent;
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  osc_kitchen_store_act_finish (OSC_KITCHEN_STORE (source), result, &shop->error);
  shop->done = TRUE;
}

static void
do_deed (Shop *shop, const OscKitchenAct *deed)
{
  shop->done = FALSE;
  osc_kitchen_store_act_async (shop->kitchen, deed, acted_cb, shop);
  SPIN_UNTIL (shop->done, WAIT);
}

/* A course that waits is fired by the console; what came on a ticket unseen keeps it from being
 * bumped. */
static void
cook (Shop *shop)
{
  OscKitchenItem *held = NULL;
  OscKitchenItem *first = ticket_with (shop, shop->items[0]);

  g_assert_cmpint (osc_kitchen_store_held (shop->kitchen, shop->order_id, &held), ==, 2);
  do_deed (shop, &(OscKitchenAct){.deed = OSC_KITCHEN_FIRE, .item = held, .course = 2});
  g_assert_no_error (shop->error);
  SPIN_UNTIL (osc_kitchen_store_held (shop->kitchen, shop->order_id, &held) == 0, WAIT);
  do_deed (shop, &(OscKitchenAct){.deed = OSC_KITCHEN_BUMP, .item = first});
  g_assert_no_error (shop->error);
  SPIN_UNTIL (ticket_with (shop, shop->items[0]) == NULL, WAIT);
  do_deed (shop, &(OscKitchenAct){.deed = OSC_KITCHEN_RECALL,
                                  .item = osc_kitchen_store_last (shop->kitchen, NULL)});
  g_assert_no_error (shop->error);
  SPIN_UNTIL (ticket_with (shop, shop->items[0]) != NULL, WAIT);
}

/* The guests move: the ticket says so and nothing is sent again. A bump that does not know of it is
 * refused. */
static void
move (Shop *shop)
{
  g_autoptr (OscKitchenItem) ticket = g_object_ref (ticket_with (shop, shop->items[1]));
  g_autoptr (OsyKitchenTicket) old = NULL;
  g_autofree char *body = g_strdup_printf ("{\"to_table_id\":\"%s\"}", table (shop, "5")->table_id);

  g_object_get (ticket, "ticket", &old, NULL);
  g_autoptr (OscKitchenItem) unaware = osc_kitchen_item_new (old);
  act (shop, "3", "move", body);
  SPIN_UNTIL (table (shop, "5")->seating != NULL && table (shop, "3")->seating == NULL, WAIT);
  SPIN_UNTIL (osc_kitchen_item_data (ticket)->moved_from[0] != NULL, WAIT);
  g_assert_cmpstr (osc_kitchen_item_data (ticket)->table_number, ==, "5");
  g_assert_cmpint (portions (shop), ==, 3);
  do_deed (shop, &(OscKitchenAct){.deed = OSC_KITCHEN_BUMP, .item = unaware});
  g_assert_true (osy_error_is (shop->error, OSY_ERROR_VERSION_CONFLICT));
  g_clear_error (&shop->error);
  g_assert_true (osc_table_store_undo (shop->tables));
  SPIN_UNTIL (table (shop, "3")->seating != NULL && table (shop, "5")->seating == NULL, WAIT);
  g_assert_cmpint (portions (shop), ==, 3);
}

/* ---- the bill ---- */

static void
split (Shop *shop)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  OsyBillPart seat = {.kind = OSY_CHECK_PART_SEAT, .seat = 2};
  const OsyBill *bill;

  osc_bill_store_show (shop->bill, table (shop, "3")->seating->check_id);
  SPIN_UNTIL (osc_bill_store_bill (shop->bill) != NULL, WAIT);
  osc_bill_store_charge (shop->bill, 10);
  SPIN_UNTIL (osc_bill_store_bill (shop->bill)->service_percent == 10 &&
                  !osc_bill_store_is_busy (shop->bill),
              WAIT);
  g_ptr_array_add (parts, &seat);
  osc_bill_store_split (shop->bill, parts);
  SPIN_UNTIL (osc_bill_store_bill (shop->bill)->parts->len == 1, WAIT);
  bill = osc_bill_store_bill (shop->bill);
  g_assert_cmpint (((OsyBillPart *)g_ptr_array_index (bill->parts, 0))->amount, ==,
                   ((OsyBillLine *)g_ptr_array_index (bill->lines, 1))->due);
  g_assert_cmpint (bill->rest, ==, ((OsyBillLine *)g_ptr_array_index (bill->lines, 0))->due);
}

/* ---- bookings ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Shop *shop = user_data;

  osc_table_store_send_finish (OSC_TABLE_STORE (source), result, &shop->error);
  shop->done = TRUE;
}

static void
book (Shop *shop, GDateTime *day, gboolean force)
{
  g_autoptr (GDateTime) evening = g_date_time_add_hours (day, 19);
  g_autofree char *at = osy_clock_format (g_date_time_to_unix (evening) * G_USEC_PER_SEC);
  JsonObject *body = json_object_new ();
  JsonArray *tables = json_array_new ();

  json_array_add_string_element (tables, table (shop, "7")->table_id);
  json_object_set_string_member (body, "at", at);
  json_object_set_int_member (body, "minutes", 120);
  json_object_set_int_member (body, "guest_count", 4);
  json_object_set_array_member (body, "table_ids", tables);
  json_object_set_string_member (body, "name", "이수연");
  if (force)
    json_object_set_boolean_member (body, "force", TRUE);
  shop->done = FALSE;
  osc_table_store_send_async (shop->tables, &(OscTableCall){.path = "bookings", .body = body},
                              sent_cb, shop);
  SPIN_UNTIL (shop->done, WAIT);
}

/* A booking of another day is on that day's list; a second one at the same table takes force. */
static void
book_days (Shop *shop)
{
  OscBookingDay *day = osc_table_store_day (shop->tables);
  g_autoptr (GDateTime) start = NULL;

  osc_booking_day_look (day, 3);
  start = osc_booking_day_start (day);
  book (shop, start, FALSE);
  g_assert_no_error (shop->error);
  SPIN_UNTIL (osc_table_store_bookings (shop->tables)->len == 1, WAIT);
  book (shop, start, FALSE);
  g_assert_true (osy_error_is (shop->error, OSY_ERROR_CONFLICT));
  g_clear_error (&shop->error);
  book (shop, start, TRUE);
  g_assert_no_error (shop->error);
  SPIN_UNTIL (osc_table_store_bookings (shop->tables)->len == 2, WAIT);
  osc_booking_day_look (day, -3);
  g_assert_cmpuint (osc_table_store_bookings (shop->tables)->len, ==, 0);
}

static void
test_service (void)
{
  Shop shop = {0};

  open_shop (&shop);
  set_up_stations (&shop);
  draw_floor (&shop);
  act (&shop, "3", "seat", "{\"guest_count\":2}");
  SPIN_UNTIL (table (&shop, "3")->seating != NULL, WAIT);
  order_at (&shop, "3");
  SPIN_UNTIL (ticket_with (&shop, shop.items[0]) != NULL, WAIT);
  SPIN_UNTIL (ticket_with (&shop, shop.items[1]) != NULL, WAIT);
  g_assert_true (ticket_with (&shop, shop.items[0]) != ticket_with (&shop, shop.items[1]));
  SPIN_UNTIL (table (&shop, "3")->seating->check_id != NULL, WAIT);
  cook (&shop);
  move (&shop);
  split (&shop);
  book_days (&shop);
  g_assert_cmpstr (shop.failure, ==, NULL);
  close_shop (&shop);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "Asia/Seoul", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/journey", test_service);
  return g_test_run ();
}
