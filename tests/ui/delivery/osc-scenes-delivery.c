/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of deliveries and platforms: riders on cards and in the drawer, what a platform's order
 * wants looked at, and the settings of money, zones and platforms. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-board.h"
#include "osc-channels-page.h"
#include "osc-deliveries-page.h"
#include "osc-payments-page.h"
#include "osc-platform.h"
#include "osc-ride.h"
#include "osc-scenes.h"
#include "osy-clock.h"

#define DELIVERY                                                              \
  "{\"id\":\"01940000-0000-7000-8000-0000000001%02d\",\"order_id\":"          \
  "\"00000000-0000-7000-8000-%012d\",\"order_number\":%d,\"carrier\":\"%s\"," \
  "\"status\":\"%s\",\"fee\":3000,\"requested_at\":\"2026-11-21T03:12:00Z\"," \
  "\"eta_at\":\"2026-11-21T03:45:00Z\",%s\"version\":3}"

static void
put_delivery (OscContext *context,
              int number,
              const char *carrier,
              const char *status,
              const char *more)
{
  g_autofree char *text = g_strdup_printf (DELIVERY, number, number, number, carrier, status, more);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  osc_delivery_store_take (context->deliveries, node);
}

static OscOrderItem *
find_number (OscContext *context, gint64 number)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (context->orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (context->orders), i);

    if (osc_order_item_data (item)->number == number)
      return item;
  }
  return NULL;
}

/* The next version of order @number, as a platform sent it. */
static void
send_by (OscContext *context, int number, const char *channel, const char *label, const char *flags)
{
  OsyOrderData *data = osy_order_data_copy (osc_order_item_data (find_number (context, number)));
  g_autoptr (OsyOrder) order = NULL;

  data->version++;
  data->source_type = g_strdup (channel);
  data->source_label = g_strdup (label);
  data->flags = g_strdup (flags);
  g_free (data->payment_method);
  data->payment_method = g_strdup ("PLATFORM");
  order = osy_order_new (data);
  osc_order_store_put (context->orders, order, "order.changed");
}

/* The board of the mockup, on which each kind of rider is on the way. */
static OscShell *
open_board (OscWindow *window, OscContext *context)
{
  OscShell *shell;

  osc_fixture_menu (context->menu);
  osc_fixture_typical (context->orders);
  send_by (context, 58, "baemin", "B1AB", NULL);
  send_by (context, 51, "coupangeats", "C-77", "unmapped price_differs");
  send_by (context, 47, "baemin", "B1A9", "late_cancel");
  send_by (context, 42, "yogiyo", "Y-12", NULL);
  put_delivery (context, 38, "OWN", "PICKED_UP", "\"rider\":\"박지호\",");
  put_delivery (context, 42, "PLATFORM", "REQUESTED", "");
  put_delivery (context, 47, "OWN", "ASSIGNED",
                "\"rider\":\"박지호\",\"rider_phone\":\"010-****-4821\",");
  put_delivery (context, 51, "AGENCY", "REQUESTED",
                "\"call\":\"REFUSED\",\"call_failure\":\"배달할 수 없는 곳이에요\",");
  shell = osc_scenes_open_shell (window, context);
  while (osc_arrival_queue_current (osc_shell_queue (shell)) != NULL)
    osc_arrival_queue_later (osc_shell_queue (shell));
  return shell;
}

static OscShell *
open_order (OscWindow *window, OscContext *context, int number)
{
  OscShell *shell = open_board (window, context);

  osc_board_pick (OSC_BOARD (osc_shell_view (shell)), find_number (context, number));
  osc_shell_open (shell, find_number (context, number));
  return shell;
}

static void
show_riders (OscWindow *window, OscContext *context)
{
  open_board (window, context);
}

/* An own rider who is on the way to the shop. */
static void
show_assigned (OscWindow *window, OscContext *context)
{
  open_order (window, context, 38);
}

/* As it is found, once it is on screen. */
static GtkWidget *
find_type (OscWindow *window, GType type)
{
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  return find (GTK_WIDGET (window), is_of_type, GSIZE_TO_POINTER (type));
}

/* Who rides is being typed. */
static void
show_choosing (OscWindow *window, OscContext *context)
{
  open_order (window, context, 47);
  find_type (window, OSC_TYPE_RIDE);
  press_text (GTK_WIDGET (window), _ ("Another rider"));
}

static void
show_link (OscWindow *window, OscContext *context)
{
  open_order (window, context, 47);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  g_signal_emit_by_name (
      context->deliveries, "linked", "00000000-0000-7000-8000-000000000047",
      "https://192.168.0.7:8443/courier#AZU0AAAAcACAAAAAAAAAAUm9vbS1kb2VzLW5vdA");
}

/* A platform's order with what is not on the menu; the agency will not come. */
static void
show_unmapped (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) answer = json_from_string (
      "{\"link_id\":\"01940000-0000-7000-8000-000000000901\",\"channel\":\"coupangeats\","
      "\"store_id\":\"sodam\",\"channel_order_id\":\"x\",\"prepaid\":true,\"total_amount\":8500,"
      "\"untold\":2,\"unmapped\":[{\"kind\":\"ITEM\",\"plu\":\"P77\",\"name\":\"순두부찌개(특)\"},"
      "{\"kind\":\"OPTION\",\"plu\":\"O9\",\"name\":\"공깃밥 추가\"}]}",
      NULL);

  open_order (window, context, 51);
  osc_platform_take (OSC_PLATFORM (find_type (window, OSC_TYPE_PLATFORM)), answer);
}

/* ---- settings ---- */

static GtkWidget *
open_page (OscWindow *window, OscContext *context, const char *page, GType type)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_strip_follow (osc_window_strip (window), context->shop, context->load);
  osc_shell_go (shell, "settings", page);
  return find_type (window, type);
}

static void
show_payments (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) setup = json_from_string (
      "{\"methods\":[\"CASH\",\"CARD_TERMINAL\",\"TOSS\"],\"toss\":{\"client_key\":"
      "\"live_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq\",\"secret_key_set\":true},"
      "\"auto_cash_receipt_from\":100000,\"version\":3}",
      NULL);

  osc_payments_page_take (
      OSC_PAYMENTS_PAGE (open_page (window, context, "payments", OSC_TYPE_PAYMENTS_PAGE)), setup);
}

static void
show_deliveries (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) zones = json_from_string (
      "{\"version\":4,\"zones\":["
      "{\"id\":\"01940000-0000-7000-8000-000000000a01\",\"name\":\"가까운 곳\",\"fee\":2000,"
      "\"minimum\":12000,\"minutes\":15,\"areas\":[\"한강로동\",\"이촌로\"]},"
      "{\"id\":\"01940000-0000-7000-8000-000000000a02\",\"name\":\"강 건너\",\"fee\":4500,"
      "\"minimum\":20000,\"minutes\":35,\"areas\":[\"여의도동\",\"072\"]},"
      "{\"id\":\"01940000-0000-7000-8000-000000000a03\",\"name\":\"나머지\",\"fee\":6000,"
      "\"minimum\":0,\"minutes\":0,\"areas\":[]}]}",
      NULL);
  g_autoptr (JsonNode) setup = json_from_string (
      "{\"carrier\":\"OWN\",\"mask_hours\":24,\"link_hours\":12,\"agency\":{\"vendor\":\"SODAM\","
      "\"key_set\":true},\"pickup\":{\"name\":\"소담분식\",\"phone\":\"0200004821\",\"address\":"
      "\"서울 용산구 한강대로 1\"},\"version\":2}",
      NULL);

  osc_deliveries_page_take (
      OSC_DELIVERIES_PAGE (open_page (window, context, "deliveries", OSC_TYPE_DELIVERIES_PAGE)),
      zones, setup);
}

static OscChannelsPage *
open_channels (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) list = json_from_string (
      "{\"channels\":[{\"id\":\"01940000-0000-7000-8000-000000000901\",\"channel\":\"baemin\","
      "\"store_id\":\"sodam-1\",\"callback_url\":\"https://relay.example/ordersync\",\"enabled\":"
      "true,\"waiting\":0,\"version\":1},{\"id\":\"01940000-0000-7000-8000-000000000902\","
      "\"channel\":\"yogiyo\",\"store_id\":\"7741\",\"callback_url\":\"https://relay.example/y\","
      "\"enabled\":true,\"waiting\":3,\"version\":2},{\"id\":"
      "\"01940000-0000-7000-8000-000000000903\",\"channel\":\"coupangeats\",\"store_id\":"
      "\"C-2210\",\"enabled\":false,\"waiting\":0,\"version\":1}]}",
      NULL);
  OscChannelsPage *page =
      OSC_CHANNELS_PAGE (open_page (window, context, "channels", OSC_TYPE_CHANNELS_PAGE));

  osc_channels_page_take (page, list);
  return page;
}

static void
show_channels (OscWindow *window, OscContext *context)
{
  open_channels (window, context);
}

static void
show_secret (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) link =
      json_from_string ("{\"channel\":\"baemin\",\"store_id\":\"sodam-1\",\"secret\":"
                        "\"uX3kQv0c7dQm5sY2aB9eTn4LrW8hZp6J\"}",
                        NULL);
  OscChannelsPage *page = open_channels (window, context);

  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  osc_channels_page_show_secret (page, json_node_get_object (link));
}

const OscScene osc_scenes_delivery[] = {
    {"delivery-board", show_riders},      {"delivery-out", show_assigned},
    {"delivery-rider", show_choosing},    {"delivery-link", show_link},
    {"delivery-platform", show_unmapped}, {"delivery-payments", show_payments},
    {"delivery-zones", show_deliveries},  {"delivery-channels", show_channels},
    {"delivery-secret", show_secret},     {.name = NULL},
};
