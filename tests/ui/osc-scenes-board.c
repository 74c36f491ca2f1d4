/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the main road: sign-in, board, arrival, drawer. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-board.h"
#include "osc-scenes.h"
#include "osc-sign-in-page.h"
#include "osy-clock.h"
#include "osy-json.h"

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

OscShell *
osc_scenes_open_shell (OscWindow *window, OscContext *context)
{
  OscStrip *strip = osc_window_strip (window);
  OscShell *shell = OSC_SHELL (osc_shell_new (context));

  osc_strip_set_shop (strip, "소담분식", "2026-11-21", "김지은");
  osc_chip_set (osc_strip_connection (strip), OSC_CHIP_FINE, NULL);
  osc_chip_set (osc_strip_sound (strip), OSC_CHIP_FINE, NULL);
  osc_window_show_shell (window, shell);
  return shell;
}

/* The board with nothing over it. */
static OscShell *
open_quiet (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  while (osc_arrival_queue_current (osc_shell_queue (shell)) != NULL)
    osc_arrival_queue_later (osc_shell_queue (shell));
  return shell;
}

static void
show_sign_in (OscWindow *window, OscContext *context)
{
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");

  osc_window_show_page (window, osc_sign_in_page_new (client));
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_quiet (window, context);
}

static void
show_typical (OscWindow *window, OscContext *context)
{
  g_autofree char *done = g_strdup_printf (_ ("Handed over no. %d"), 37);

  osc_fixture_typical (context->orders);
  open_quiet (window, context);
  g_signal_emit_by_name (context->acts, "done", done, TRUE);
}

static void
show_peak (OscWindow *window, OscContext *context)
{
  osc_fixture_peak (context->orders);
  open_quiet (window, context);
}

/* More is promised for half an hour; one station has far more to do than the others. */
static void
show_busy (OscWindow *window, OscContext *context)
{
  static const char text[] =
      "{\"minutes\":45,\"orders\":[],\"server_time\":\"2026-11-21T03:00:00Z\",\"stations\":["
      "{\"id\":\"01940000-0000-7000-8000-000000000001\",\"name\":\"불판\",\"parallel\":4,"
      "\"dishes\":14,\"minutes\":32},"
      "{\"id\":\"01940000-0000-7000-8000-000000000002\",\"name\":\"튀김\",\"parallel\":2,"
      "\"dishes\":1,\"minutes\":4}]}";
  g_autoptr (JsonNode) answer = osy_json_parse (text, strlen (text), NULL);
  OsyShopData *data = osy_shop_data_copy (osy_shop_data (osc_shop_store_get (context->shop)));

  data->busy_minutes = 10;
  data->busy_until = osy_clock_now () + 24 * G_TIME_SPAN_MINUTE;
  data->version++;
  g_autoptr (OsyShop) shop = osy_shop_new (data);
  osc_shop_store_put (context->shop, shop);
  osc_load_store_take (context->load, answer);
  osc_fixture_peak (context->orders);
  open_quiet (window, context);
  osc_strip_follow (osc_window_strip (window), context->shop, context->load);
}

static void
show_arrival (OscWindow *window, OscContext *context)
{
  OscShell *shell;

  osc_fixture_typical (context->orders);
  shell = osc_scenes_open_shell (window, context);
  osc_arrival_queue_show (osc_shell_queue (shell), find_number (context, 58));
}

/* A kitchen slip did not print; a course waits to be fired. */
static void
show_unprinted (OscWindow *window, OscContext *context)
{
  osc_fixture_typical (context->orders);
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (49, "3", 300, 12, "1 라면;2>1 떡볶이");

  osc_fixture_unprinted (context->printers, find_number (context, 48));
  osc_fixture_ticket_set (ticket, "order_id", osc_order_item_data (find_number (context, 49))->id);
  osc_kitchen_store_put (context->kitchen, ticket);
  open_quiet (window, context);
}

/* Somebody types a reason, and a new order comes. */
static void
show_arrival_bar (OscWindow *window, OscContext *context)
{
  OsyOrderData *data = osc_fixture_order (61, "PENDING", "DELIVERY", 4);
  OscShell *shell;

  osc_fixture_typical (context->orders);
  shell = open_quiet (window, context);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  osc_board_pick (OSC_BOARD (osc_shell_view (shell)), find_number (context, 48));
  osc_shell_key (shell, OSC_KEY_DROP);
  osc_fixture_spin (100);
  gtk_widget_grab_focus (find (GTK_WIDGET (shell), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_ENTRY)));
  osc_fixture_line (data, "로제떡볶이", 2, 7500, NULL);
  data->total_amount = 15000;
  g_autoptr (OsyOrder) order = osy_order_new (data);
  osc_order_store_put (context->orders, order, "order.created");
}

/* Orders for later: three wait, one is to be accepted, one has begun. */
static void
show_later (OscWindow *window, OscContext *context)
{
  osc_fixture_typical (context->orders);
  osc_fixture_later (context->orders, 71, 95);
  osc_fixture_later (context->orders, 70, 40);
  osc_fixture_later (context->orders, 72, 60 * 26);
  osc_fixture_later (context->orders, 69, 15);
  OsyOrderData *data = osc_fixture_order (73, OSY_ORDER_PENDING, "TAKEOUT", 10);
  osc_fixture_line (data, "김밥", 2, 4500, NULL);
  data->requested_at = osy_clock_now () + 3 * G_TIME_SPAN_HOUR;
  g_autoptr (OsyOrder) order = osy_order_new (data);
  osc_order_store_put (context->orders, order, "order.created");
  open_quiet (window, context);
}

static void
show_drawer (OscWindow *window, OscContext *context)
{
  OscShell *shell;

  osc_fixture_typical (context->orders);
  shell = open_quiet (window, context);
  osc_board_pick (OSC_BOARD (osc_shell_view (shell)), find_number (context, 48));
  osc_shell_open (shell, find_number (context, 48));
}

const OscScene osc_scenes_board[] = {
    {"sign-in", show_sign_in},
    {"board-empty", show_empty},
    {"board", show_typical},
    {"board-peak", show_peak},
    {"board-busy", show_busy},
    {"board-later", show_later},
    {"arrival", show_arrival},
    {"arrival-bar", show_arrival_bar},
    {"drawer", show_drawer},
    {"board-unprinted", show_unprinted},
    {.name = NULL},
};
