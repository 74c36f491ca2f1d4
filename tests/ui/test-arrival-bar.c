/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A new order while somebody types: a bar, the same alarm, and the focus left where it is. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-arrival-bar.h"
#include "osc-arrival.h"
#include "osc-board.h"
#include "osc-fixture.h"
#include "osc-sale.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  guint accepted;
  int minutes;
} Desk;

static GtkApplication *application;

static void
on_requested (OscActs *acts, OscOrderItem *item, const char *act, JsonNode *body, Desk *desk)
{
  g_assert_cmpstr (act, ==, "accept");
  desk->accepted++;
  desk->minutes = (int)json_object_get_int_member (json_node_get_object (body), "ready_in_minutes");
  osc_fixture_move (desk->context.orders, item, "ACCEPTED");
}

static void
set_up (Desk *desk, gconstpointer data)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.acts, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  osy_clock_set_fake (0);
}

/* A new order as the feed would bring it. */
static void
arrive (Desk *desk, gint64 number)
{
  OsyOrderData *data = osc_fixture_order (number, "PENDING", "TAKEOUT", 1);
  g_autoptr (OsyOrder) order = NULL;

  osc_fixture_line (data, "김밥", 2, 3500, NULL);
  order = osy_order_new (data);
  osc_order_store_put (desk->context.orders, order, "order.created");
  osc_fixture_spin (100);
}

static GtkWidget *
shown (Desk *desk, GType type)
{
  return find (GTK_WIDGET (desk->window), is_of_type, GSIZE_TO_POINTER (type));
}

/* Somebody types why an order is cancelled. Returns: what has the focus. */
static GtkWidget *
begin_typing (Desk *desk)
{
  OsyOrderData *data = osc_fixture_order (30, "ACCEPTED", "TAKEOUT", 60);
  g_autoptr (OsyOrder) order = osy_order_new (data);

  osc_order_store_put (desk->context.orders, order, "order.accepted");
  osc_board_pick (OSC_BOARD (osc_shell_view (desk->shell)),
                  osc_order_store_find (desk->context.orders, data->id));
  osc_shell_key (desk->shell, OSC_KEY_DROP);
  osc_fixture_spin (100);
  GtkWidget *entry = shown (desk, GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_grab_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "재료가");
  return gtk_window_get_focus (GTK_WINDOW (desk->window));
}

/* In px, with its padding. */
static float
height_of (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, widget, &bounds));
  return bounds.size.height;
}

static void
test_while_typing (Desk *desk, gconstpointer data)
{
  GtkWidget *focus = begin_typing (desk);

  arrive (desk, 41);
  arrive (desk, 42);
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL));
  GtkWidget *bar = shown (desk, OSC_TYPE_ARRIVAL_BAR);
  g_assert_nonnull (bar);
  g_assert_cmpfloat (height_of (bar), >=, 96);
  g_assert_nonnull (find (bar, says, "41"));
  g_assert_cmpint (osc_arrival_queue_ring (osc_shell_queue (desk->shell)), ==, OSC_RING_FULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) == focus);
  GtkWidget *accept = find (bar, has_class, "bar-accept");
  g_assert_cmpfloat (height_of (accept), >=, 64);

  press (bar, "bar-accept");
  g_assert_cmpuint (desk->accepted, ==, 1);
  /* A second tap at once is not for the order after it. */
  g_assert_false (gtk_widget_is_sensitive (accept));
  osc_fixture_spin (600);
  g_assert_nonnull (find (bar, says, "42"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) == focus);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (focus)), ==, "재료가");
  press (bar, "bar-accept");
  osc_fixture_spin (600);
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL_BAR));
  g_assert_cmpuint (desk->accepted, ==, 2);
}

/* What came as a bar stays one after the typing, until somebody looks. */
static void
test_look (Desk *desk, gconstpointer data)
{
  begin_typing (desk);
  arrive (desk, 41);
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  arrive (desk, 42);
  g_assert_nonnull (shown (desk, OSC_TYPE_ARRIVAL_BAR));
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL));
  press (GTK_WIDGET (desk->window), "bar-look");
  osc_fixture_spin (100);
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL_BAR));
  g_assert_nonnull (find (shown (desk, OSC_TYPE_ARRIVAL), says, "41"));
  /* The next one comes in full, as the one before it. */
  press (GTK_WIDGET (desk->window), "answer-accept");
  osc_fixture_spin (600);
  g_assert_nonnull (find (shown (desk, OSC_TYPE_ARRIVAL), says, "42"));
}

static void
test_keys (Desk *desk, gconstpointer data)
{
  begin_typing (desk);
  arrive (desk, 41);
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  osc_shell_open (desk->shell, NULL);
  osc_arrival_bar_key (OSC_ARRIVAL_BAR (shown (desk, OSC_TYPE_ARRIVAL_BAR)), OSC_KEY_MORE);
  osc_arrival_bar_key (OSC_ARRIVAL_BAR (shown (desk, OSC_TYPE_ARRIVAL_BAR)), OSC_KEY_ACCEPT);
  g_assert_cmpuint (desk->accepted, ==, 1);
  g_assert_cmpint (desk->minutes, ==, 20);
}

static void
test_daemon_lost (Desk *desk, gconstpointer data)
{
  begin_typing (desk);
  osc_shell_set_live (desk->shell, "lost");
  arrive (desk, 41);
  GtkWidget *accept = find (GTK_WIDGET (desk->window), has_class, "bar-accept");
  g_assert_false (gtk_widget_is_sensitive (accept));
  osc_shell_set_live (desk->shell, NULL);
  g_assert_true (gtk_widget_is_sensitive (accept));
}

/* A sale is under way: its taps go on. */
static void
test_while_selling (Desk *desk, gconstpointer data)
{
  osc_fixture_menu (desk->context.menu);
  osc_shell_go (desk->shell, "sale", NULL);
  osc_fixture_spin (200);
  OscCart *cart = osc_carts_current (osc_sale_carts (OSC_SALE (osc_shell_view (desk->shell))));
  OsyMenuCategory *category =
      g_ptr_array_index (osy_menu_categories (osc_menu_store_get (desk->context.menu)), 0);
  OsyMenuItem *item = g_ptr_array_index (category->items, 0);
  osc_cart_add (cart, item->id, NULL, NULL, 1);
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  arrive (desk, 41);
  g_assert_nonnull (shown (desk, OSC_TYPE_ARRIVAL_BAR));
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL));
  osc_cart_clear (cart);
  press (GTK_WIDGET (desk->window), "bar-accept");
  osc_fixture_spin (600);
  /* Nothing is being sold. */
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  arrive (desk, 42);
  g_assert_nonnull (shown (desk, OSC_TYPE_ARRIVAL));
}

/* Nobody types: it comes in full. */
static void
test_in_full (Desk *desk, gconstpointer data)
{
  arrive (desk, 41);
  g_assert_null (shown (desk, OSC_TYPE_ARRIVAL_BAR));
  g_assert_nonnull (shown (desk, OSC_TYPE_ARRIVAL));
}

#define ADD(path, func) g_test_add ("/arrival-bar/" path, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  ADD ("while-typing", test_while_typing);
  ADD ("look", test_look);
  ADD ("keys", test_keys);
  ADD ("daemon-lost", test_daemon_lost);
  ADD ("while-selling", test_while_selling);
  ADD ("in-full", test_in_full);
  return g_test_run ();
}
