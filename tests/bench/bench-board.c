/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the board, over the real store and templates:
 *   start SINCE   from SINCE (monotonic µs, before exec) to the first frame with 300 open orders
 *   arrival N     N times: order put into the store to the frame that shows its card; and, on the
 *                 next line, to the moment at which the sound was asked for
 *   scroll        frames a second while 300 cards scroll for five seconds
 * Milliseconds and frames, in lines of numbers. */

#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "osc-alarm.h"
#include "osc-fixture.h"
#include "osc-order-card.h"
#include "osy-clock.h"

#define OPEN_ORDERS 300
#define SCROLL_US (5 * G_USEC_PER_SEC)

typedef struct {
  OscContext context;
  OscWindow *window;
  guint frames; /* painted so far */
} Desk;

static GtkApplication *application;

static void
on_painted (GdkFrameClock *clock, Desk *desk)
{
  desk->frames++;
}

/* By way of its JSON, as the feed brings it. */
static OsyOrder *
make_order (int number, const char *status, int age)
{
  OsyOrderData *data = osc_fixture_order (number, status, "TAKEOUT", age);
  g_autoptr (GError) error = NULL;

  osc_fixture_line (data, "떡볶이", 2, 7000, "불맛,쌀떡,치즈+1500");
  osc_fixture_line (data, "김밥", 1, 3500, NULL);
  g_autoptr (OsyOrder) made = osy_order_new (data);
  g_autoptr (JsonNode) node = osy_order_to_json (made);
  OsyOrder *order = osy_order_from_json (node, &error);
  g_assert_no_error (error);
  return order;
}

static void
put_order (Desk *desk, int number, const char *status, int age)
{
  g_autoptr (OsyOrder) order = make_order (number, status, age);

  osc_order_store_put (desk->context.orders, order, "order.placed");
}

static void
wait_frame (Desk *desk)
{
  guint before = desk->frames;
  gint64 deadline = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  while (desk->frames == before && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
}

static void
desk_open (Desk *desk, int orders)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 100);
  for (int i = 1; i <= orders; i++)
    put_order (desk, i, OSY_ORDER_PREPARING, 60);
  osc_window_show_shell (desk->window, OSC_SHELL (osc_shell_new (&desk->context)));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (desk->window));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (desk->window));
  g_assert_nonnull (clock);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), desk);
  wait_frame (desk);
}

static gboolean
shows (GtkWidget *widget, OscOrderItem *item)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (OSC_IS_ORDER_CARD (widget))
    return osc_order_card_get_item (OSC_ORDER_CARD (widget)) == item;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, item))
      return TRUE;
  return FALSE;
}

static OscOrderItem *
newest (Desk *desk)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (desk->context.orders));
  g_autoptr (OscOrderItem) item =
      g_list_model_get_item (G_LIST_MODEL (desk->context.orders), n - 1);

  return item;
}

static void
measure_start (gint64 since)
{
  Desk desk;

  desk_open (&desk, OPEN_ORDERS);
  g_print ("%.1f\n", (double)(g_get_monotonic_time () - since) / 1000);
}

/* As the session ties them. */
static void
on_ring (OscArrivalQueue *queue, GParamSpec *pspec, OscAlarm *alarm)
{
  if (osc_arrival_queue_ring (queue) == OSC_RING_FULL)
    osc_alarm_ring (alarm);
  else
    osc_alarm_stop (alarm);
}

static void
on_sound (OscAlarm *alarm, int sound, double volume, gint64 *at)
{
  if (*at == 0)
    *at = g_get_monotonic_time ();
}

static void
measure_arrival (int count)
{
  g_autoptr (OscAlarm) alarm = osc_alarm_new ();
  g_autoptr (GString) sounds = g_string_new (NULL);
  gint64 sound_at = 0;
  Desk desk;

  desk_open (&desk, 20);
  OscArrivalQueue *queue = osc_shell_queue (osc_window_shell (desk.window));
  g_signal_connect (queue, "notify::ring", G_CALLBACK (on_ring), alarm);
  g_signal_connect (alarm, "requested", G_CALLBACK (on_sound), &sound_at);
  osc_fixture_spin (500);
  for (int i = 0; i < count; i++) {
    gint64 begin = g_get_monotonic_time ();
    sound_at = 0;
    put_order (&desk, 100 + i, OSY_ORDER_PENDING, 0);
    OscOrderItem *item = newest (&desk);
    do
      wait_frame (&desk);
    while (!shows (GTK_WIDGET (desk.window), item));
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    g_assert_cmpint (sound_at, >, 0);
    g_string_append_printf (sounds, "%.2f ", (double)(sound_at - begin) / 1000);
    osc_fixture_move (desk.context.orders, item, OSY_ORDER_REJECTED);
    /* Not in step with the frame clock, as orders are not. */
    osc_fixture_spin (20 + g_random_int_range (0, 17));
  }
  g_print ("\n%s\n", sounds->str);
}

static GtkScrolledWindow *
find_scroller (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget)) {
    GtkAdjustment *move = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
    if (gtk_adjustment_get_upper (move) > 2 * gtk_adjustment_get_page_size (move))
      return GTK_SCROLLED_WINDOW (widget);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkScrolledWindow *found = find_scroller (child);
    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Sixteen pixels a frame, as a finger that goes on and on. */
static gboolean
scroll_on (GtkWidget *scroller, GdkFrameClock *clock, gpointer data)
{
  GtkAdjustment *move = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  double end = gtk_adjustment_get_upper (move) - gtk_adjustment_get_page_size (move);
  double next = gtk_adjustment_get_value (move) + 16;

  gtk_adjustment_set_value (move, next > end ? 0 : next);
  return G_SOURCE_CONTINUE;
}

static void
measure_scroll (void)
{
  Desk desk;

  desk_open (&desk, OPEN_ORDERS);
  osc_fixture_spin (500);
  GtkScrolledWindow *scroller = find_scroller (GTK_WIDGET (desk.window));
  g_assert_nonnull (scroller);
  gtk_widget_add_tick_callback (GTK_WIDGET (scroller), scroll_on, NULL, NULL);
  guint before = desk.frames;
  gint64 begin = g_get_monotonic_time ();
  osc_fixture_spin (SCROLL_US / 1000);
  double seconds = (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  g_print ("%.1f\n", (desk.frames - before) / seconds);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  gtk_init ();
  application = osc_fixture_application ();
  if (argc == 3 && g_str_equal (argv[1], "start"))
    measure_start (g_ascii_strtoll (argv[2], NULL, 10));
  else if (argc == 3 && g_str_equal (argv[1], "arrival"))
    measure_arrival (atoi (argv[2]));
  else if (argc == 2 && g_str_equal (argv[1], "scroll"))
    measure_scroll ();
  else
    return 2;
  return 0;
}
