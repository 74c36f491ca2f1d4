/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Past orders by keys alone and by touch alone, over real templates and invented orders. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-fixture.h"
#include "osc-past-row.h"
#include "osc-past.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  guint asked;
  char *act;
} Desk;

static GtkApplication *application;

static void
on_requested (OscActs *acts, OscOrderItem *item, const char *act, JsonNode *body, Desk *desk)
{
  g_free (desk->act);
  desk->act = g_strdup_printf ("%s %d", act, (int)osc_order_item_data (item)->number);
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 100);
  g_signal_connect (desk->context.acts, "requested", G_CALLBACK (on_requested), desk);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 1040);
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->act);
  osy_clock_set_fake (0);
}

static OscPastOrders *
orders_of (Desk *desk)
{
  return osc_past_orders (OSC_PAST (osc_shell_view (desk->shell)));
}

static void
count_cb (Desk *desk)
{
  desk->asked++;
}

/* Goes there and answers as the daemon would. */
static void
answer (Desk *desk, guint n)
{
  g_autoptr (GPtrArray) orders = osc_fixture_past ();

  g_ptr_array_set_size (orders, (int)n);
  osc_past_orders_take (orders_of (desk), orders, NULL);
  osc_fixture_spin (100);
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer number)
{
  return OSC_IS_PAST_ROW (widget) &&
         osc_order_item_data (osc_past_row_get_item (OSC_PAST_ROW (widget)))->number ==
             GPOINTER_TO_INT (number);
}

static GtkWidget *
row_of (Desk *desk, int number)
{
  return find (GTK_WIDGET (desk->window), is_row_of, GINT_TO_POINTER (number));
}

static gboolean
is_icon (GtkWidget *widget, gconstpointer icon)
{
  return GTK_IS_IMAGE (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON) != NULL &&
         g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (widget)), icon) == 0;
}

static void
press_icon (GtkWidget *parent, const char *icon)
{
  GtkWidget *image = find (parent, is_icon, icon);
  GtkWidget *button;

  g_assert_nonnull (image);
  button = gtk_widget_get_ancestor (image, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* F7, arrows, Enter, R, Ctrl D, ← →, Esc. */
static void
test_keys (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);

  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_PAST));
  g_assert_true (OSC_IS_PAST (osc_shell_view (desk.shell)));
  g_assert_cmpstr (osc_past_orders_day (orders_of (&desk)), ==, "2026-11-21");
  answer (&desk, 40);
  osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_shell_key (desk.shell, OSC_KEY_RECALL); /* 38, completed */
  g_assert_cmpstr (desk.act, ==, "recall 38");
  for (int i = 0; i < 7; i++)
    osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_shell_key (desk.shell, OSC_KEY_RECALL); /* 31, cancelled: says why not */
  g_assert_cmpstr (desk.act, ==, "recall 38");
  osc_fixture_spin (100);
  g_assert_nonnull (
      find (window, says, _ ("A cancelled order can't be taken back. Make it a new order")));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  osc_fixture_spin (100);
  GtkWidget *drawer = find (window, has_class, "drawer-number");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (drawer)), ==, "31");
  osc_shell_key (desk.shell, OSC_KEY_BACK);
  osc_fixture_spin (50);
  g_assert_null (find (window, has_class, "drawer-number"));
  osc_shell_key (desk.shell, OSC_KEY_LEFT);
  g_assert_cmpstr (osc_past_orders_day (orders_of (&desk)), ==, "2026-11-20");
  osc_shell_key (desk.shell, OSC_KEY_RIGHT);
  osc_shell_key (desk.shell, OSC_KEY_RIGHT); /* there is no day after today */
  g_assert_cmpstr (osc_past_orders_day (orders_of (&desk)), ==, "2026-11-21");
  osc_shell_key (desk.shell, OSC_KEY_BACK);
  g_assert_false (OSC_IS_PAST (osc_shell_view (desk.shell)));
  desk_close (&desk);
}

/* F3 from the board puts the cursor into the search; Esc leaves it with what was typed. */
static void
test_find (void)
{
  Desk desk;

  desk_open (&desk);
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_FIND));
  osc_fixture_spin (100);
  GtkWidget *search = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (GTK_IS_TEXT (search));
  gtk_editable_set_text (GTK_EDITABLE (search), "4837");
  g_signal_emit_by_name (gtk_widget_get_parent (search), "activate");
  g_assert_cmpstr (osc_past_orders_text (orders_of (&desk)), ==, "4837");
  answer (&desk, 0);
  g_autofree char *nothing = g_strdup_printf (_ ("No order found for “%s”"), "4837");
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, nothing));
  osc_shell_key (desk.shell, OSC_KEY_BACK);
  g_assert_true (OSC_IS_PAST (osc_shell_view (desk.shell)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "4837");
  press_text (GTK_WIDGET (desk.window), _ ("Look on every day"));
  g_assert_null (osc_past_orders_day (orders_of (&desk)));
  answer (&desk, 4);
  g_assert_nonnull (row_of (&desk, 37));
  osc_shell_go (desk.shell, "orders", NULL);
  osc_shell_go (desk.shell, "past", "로제");
  g_assert_cmpstr (osc_past_orders_text (orders_of (&desk)), ==, "로제");
  desk_close (&desk);
}

/* The board's search button, day buttons, filter, the buttons of a row, the drawer. */
static void
test_touch (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);

  press_icon (window, "osy-search-symbolic");
  g_assert_true (OSC_IS_PAST (osc_shell_view (desk.shell)));
  answer (&desk, 12);
  press_icon (row_of (&desk, 38), "osy-recall-symbolic");
  g_assert_cmpstr (desk.act, ==, "recall 38");
  g_assert_null (find (row_of (&desk, 31), is_icon, "osy-recall-symbolic"));
  g_assert_nonnull (find (row_of (&desk, 31), is_icon, "osy-copy-symbolic"));
  g_signal_emit_by_name (gtk_widget_get_ancestor (row_of (&desk, 31), GTK_TYPE_LIST_VIEW),
                         "activate", 9);
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, has_class, "drawer-number"));
  g_assert_nonnull (find (find (window, has_class, "drawer-foot"), says, _ ("As a new order")));
  press_icon (window, "osy-back-symbolic");
  g_assert_cmpstr (osc_past_orders_day (orders_of (&desk)), ==, "2026-11-20");
  GtkWidget *label = find (window, says, _ ("Cancelled"));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  g_assert_cmpint (osc_past_orders_kind (orders_of (&desk)), ==, OSC_PAST_DROPPED);
  desk_close (&desk);
}

/* Loading shows shapes only after a while; a failure offers another try. */
static void
test_states (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "past", NULL);
  g_signal_connect_swapped (orders_of (&desk), "requested", G_CALLBACK (count_cb), &desk);
  g_assert_null (find (GTK_WIDGET (desk.window), has_class, "shape"));
  osc_fixture_spin (400);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), has_class, "shape"));
  osc_past_orders_take (orders_of (&desk), NULL, NULL);
  osc_fixture_spin (100);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("The orders couldn't be read")));
  press_text (GTK_WIDGET (desk.window), _ ("Try again"));
  g_assert_cmpuint (desk.asked, ==, 1);
  answer (&desk, 40);
  g_assert_nonnull (row_of (&desk, 40));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/past/keys", test_keys);
  g_test_add_func ("/console/past/find", test_find);
  g_test_add_func ("/console/past/touch", test_touch);
  g_test_add_func ("/console/past/states", test_states);
  return g_test_run ();
}
