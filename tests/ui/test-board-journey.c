/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The console by touch and by keys, over real templates and invented orders. A small daemon of the
 * test answers every act by moving the order on. */

#include <glib/gi18n.h>
#include <string.h>

#include "find.h"
#include "osc-arrival.h"
#include "osc-board.h"
#include "osc-filter-bar.h"
#include "osc-fixture.h"
#include "osc-later.h"
#include "osc-order-card.h"
#include "osc-toasts.h"
#include "osc-words.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  char *act; /* the last that was asked for */
  int minutes;
  char *reason;
  gint64 requested_at;
} Desk;

static GtkApplication *application;

static const char *
state_after (const OsyOrderData *order, const char *act)
{
  const OsyStateRow *row = osy_order_find_step (order, act);

  return row != NULL ? row->to : NULL;
}

static void
on_requested (OscActs *acts, OscOrderItem *item, const char *act, JsonNode *body, Desk *desk)
{
  JsonObject *object = body != NULL ? json_node_get_object (body) : NULL;
  const char *to = state_after (osc_order_item_data (item), act);

  g_free (desk->act);
  desk->act = g_strdup (act);
  if (object != NULL && json_object_has_member (object, "ready_in_minutes"))
    desk->minutes = (int)json_object_get_int_member (object, "ready_in_minutes");
  if (object != NULL && json_object_has_member (object, "reason")) {
    g_free (desk->reason);
    desk->reason = g_strdup (json_object_get_string_member (object, "reason"));
  }
  if (strcmp (act, "reschedule") == 0) {
    g_assert_true (osy_clock_parse (json_object_get_string_member (object, "requested_at"),
                                    &desk->requested_at));
    return;
  }
  g_assert_nonnull (to);
  osc_fixture_move (desk->context.orders, item, to);
}

static void
desk_open (Desk *desk, void (*fill) (OscOrderStore *))
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 100);
  g_signal_connect (desk->context.acts, "requested", G_CALLBACK (on_requested), desk);
  fill (desk->context.orders);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->act);
  g_free (desk->reason);
  osy_clock_set_fake (0);
}

static OscOrderItem *
number (Desk *desk, gint64 wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (desk->context.orders)); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (desk->context.orders), i);

    if (osc_order_item_data (item)->number == wanted)
      return item;
  }
  g_assert_not_reached ();
}

static gboolean
is_card_of (GtkWidget *widget, gconstpointer item)
{
  return OSC_IS_ORDER_CARD (widget) && osc_order_card_get_item (OSC_ORDER_CARD (widget)) == item;
}

static GtkWidget *
card_of (Desk *desk, OscOrderItem *item)
{
  return find (GTK_WIDGET (desk->window), is_card_of, item);
}

static void
put_off_all (Desk *desk)
{
  while (osc_arrival_queue_current (osc_shell_queue (desk->shell)) != NULL)
    g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
}

/* ---- the tests ---- */

static void
test_arrival_to_completion (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  OscArrivalQueue *queue = osc_shell_queue (desk.shell);
  OscOrderItem *first = number (&desk, 56);

  g_assert_true (osc_arrival_queue_current (queue) == first);
  g_assert_cmpint (osc_arrival_queue_ring (queue), ==, OSC_RING_FULL);
  g_assert_nonnull (
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_ARRIVAL)));
  press (GTK_WIDGET (desk.window), "answer-accept");
  g_assert_cmpstr (desk.act, ==, "accept");
  g_assert_cmpint (desk.minutes, ==, 20);
  osc_fixture_spin (600); /* the next order comes after 400 ms */
  g_assert_true (osc_arrival_queue_current (queue) == number (&desk, 57));
  put_off_all (&desk);
  g_assert_cmpint (osc_arrival_queue_ring (queue), ==, OSC_RING_SOFT);
  osc_fixture_spin (100);
  press (card_of (&desk, first), "edge");
  g_assert_cmpstr (desk.act, ==, "ready");
  osc_fixture_spin (600);
  g_assert_cmpint (osc_order_item_column (first), ==, OSC_COLUMN_OUT);
  press (card_of (&desk, first), "edge");
  g_assert_cmpstr (desk.act, ==, "complete");
  osc_fixture_spin (600);
  g_assert_null (card_of (&desk, first));
  desk_close (&desk);
}

/* A second tap in the moment after the first must not do the step after it. */
static void
test_holds_still (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  OscOrderItem *item = number (&desk, 48);
  GtkWidget *card = card_of (&desk, item);
  GtkWidget *edge = find (card, has_class, "edge");
  graphene_rect_t before;
  graphene_rect_t after;

  g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (desk.window), &before));
  g_signal_emit_by_name (edge, "clicked");
  g_assert_cmpstr (desk.act, ==, "ready");
  g_clear_pointer (&desk.act, g_free);
  osc_fixture_spin (100);
  g_assert_true (card_of (&desk, item) == card);
  g_assert_true (gtk_widget_compute_bounds (card, GTK_WIDGET (desk.window), &after));
  g_assert_true (graphene_rect_equal (&before, &after));
  g_signal_emit_by_name (edge, "clicked");
  g_assert_null (desk.act);
  osc_fixture_spin (600);
  g_assert_cmpint (osc_order_item_column (item), ==, OSC_COLUMN_READY);
  desk_close (&desk);
}

static void
test_keys (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_CARD_1 + 1));
  g_assert_true (osc_board_get_picked (OSC_BOARD (osc_shell_view (desk.shell))) ==
                 number (&desk, 57));
  osc_shell_key (desk.shell, OSC_KEY_MORE);
  osc_shell_key (desk.shell, OSC_KEY_MORE);
  osc_shell_key (desk.shell, OSC_KEY_LESS);
  osc_shell_key (desk.shell, OSC_KEY_ACCEPT);
  g_assert_cmpstr (desk.act, ==, "accept");
  g_assert_cmpint (desk.minutes, ==, 25);
  osc_fixture_spin (600);
  osc_board_pick (OSC_BOARD (osc_shell_view (desk.shell)), number (&desk, 48));
  osc_shell_key (desk.shell, OSC_KEY_RIGHT);
  g_assert_true (osc_board_get_picked (OSC_BOARD (osc_shell_view (desk.shell))) ==
                 number (&desk, 49));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  g_assert_cmpstr (desk.act, ==, "ready");
  osc_fixture_spin (600);
  osc_shell_key (desk.shell, OSC_KEY_RECALL);
  g_assert_cmpstr (desk.act, ==, "recall");
  g_assert_cmpint (osc_order_item_column (number (&desk, 49)), ==, OSC_COLUMN_COOKING);
  osc_fixture_spin (600);
  osc_shell_key (desk.shell, OSC_KEY_DROP);
  osc_fixture_spin (100);
  press (GTK_WIDGET (desk.window), "reason");
  GtkWidget *chip = find (GTK_WIDGET (desk.window), has_class, "reason");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  press (GTK_WIDGET (desk.window), "destructive");
  g_assert_cmpstr (desk.act, ==, "cancel");
  g_assert_cmpstr (desk.reason, ==, gtk_button_get_label (GTK_BUTTON (chip)));
  desk_close (&desk);
}

static void
test_reject (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_DROP));
  osc_fixture_spin (100);
  g_assert_false (
      gtk_widget_is_sensitive (find (GTK_WIDGET (desk.window), has_class, "destructive")));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (find (GTK_WIDGET (desk.window), has_class, "reason")), TRUE);
  press (GTK_WIDGET (desk.window), "destructive");
  g_assert_cmpstr (desk.act, ==, "reject");
  g_assert_cmpstr (osc_order_item_data (number (&desk, 57))->status, ==, "PENDING");
  desk_close (&desk);
}

static void
count_cb (guint *undone)
{
  ++*undone;
}

static void
test_toasts (void)
{
  Desk desk;
  guint undone = 0;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  for (int i = 0; i < 3; i++) {
    g_autofree char *text = g_strdup_printf ("done %d", i);

    g_signal_emit_by_name (desk.context.acts, "done", text, TRUE);
  }
  osc_fixture_spin (100);
  GtkWidget *toasts =
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_TOASTS));
  g_assert_null (find (toasts, says, "done 0"));
  g_assert_nonnull (find (toasts, says, "done 1"));
  g_assert_true (find (gtk_widget_get_first_child (toasts), says, "done 2") != NULL);
  g_signal_connect_swapped (toasts, "undo", G_CALLBACK (count_cb), &undone);
  g_signal_emit_by_name (find (toasts, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_BUTTON)), "clicked");
  g_assert_cmpuint (undone, ==, 1);
  g_assert_null (find (toasts, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_BUTTON)));
  desk_close (&desk);
}

static void
test_filter (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  GtkWidget *label = find (GTK_WIDGET (desk.window), says, _ ("Takeout"));
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  osc_fixture_spin (200);
  g_assert_null (card_of (&desk, number (&desk, 48)));
  g_assert_nonnull (card_of (&desk, number (&desk, 49)));
  g_assert_nonnull (card_of (&desk, number (&desk, 57))); /* new orders ignore it */
  desk_close (&desk);
}

static void
test_peak (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_peak);
  put_off_all (&desk);
  osc_fixture_spin (200);
  GtkWidget *foot = find (GTK_WIDGET (desk.window), has_class, "foot");
  GtkWidget *last = card_of (&desk, number (&desk, 69));

  g_assert_nonnull (foot);
  g_assert_nonnull (last);
  g_assert_true (gtk_widget_has_css_class (last, "compact"));
  g_assert_false (gtk_widget_has_css_class (card_of (&desk, number (&desk, 56)), "compact"));
  for (int i = 0; i < 4; i++) {
    g_signal_emit_by_name (foot, "clicked");
    osc_fixture_spin (100);
  }
  g_assert_null (find (GTK_WIDGET (desk.window), has_class, "foot"));
  desk_close (&desk);
}

static void
test_daemon_lost (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  OscOrderItem *item = number (&desk, 55);
  GtkWidget *card = card_of (&desk, item);

  osc_shell_set_live (desk.shell, "no server");
  osc_fixture_spin (300);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, "no server"));
  g_assert_false (gtk_widget_is_sensitive (find (card, has_class, "edge")));
  osc_board_pick (OSC_BOARD (osc_shell_view (desk.shell)), item);
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  g_assert_null (desk.act);
  g_assert_nonnull (find (card, says, "1:12"));
  osy_clock_advance_fake (5 * G_USEC_PER_SEC);
  osc_order_item_tick (item);
  g_assert_nonnull (find (card, says, "1:17"));
  osc_shell_set_live (desk.shell, NULL);
  g_assert_true (gtk_widget_is_sensitive (find (card, has_class, "edge")));
  desk_close (&desk);
}

static void
test_drawer (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  osc_shell_open (desk.shell, number (&desk, 48));
  osc_fixture_spin (100);
  g_autofree char *total = g_strdup_printf (_ ("₩%s"), "27,000");
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, total));
  press (find (GTK_WIDGET (desk.window), has_class, "drawer-foot"), "commit");
  g_assert_cmpstr (desk.act, ==, "ready");
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_BACK));
  osc_fixture_spin (50);
  g_assert_null (find (GTK_WIDGET (desk.window), has_class, "drawer-foot"));
  desk_close (&desk);
}

static void
fill_many (OscOrderStore *store)
{
  for (int i = 1; i <= 300; i++) {
    OsyOrderData *data = osc_fixture_order (i, OSY_ORDER_PREPARING, "TAKEOUT", 60);
    g_autoptr (OsyOrder) order = NULL;

    osc_fixture_line (data, "김밥", 1, 3500, NULL);
    order = osy_order_new (data);
    osc_order_store_put (store, order, "order.placed");
  }
}

static guint
count_cards (GtkWidget *widget)
{
  guint cards = OSC_IS_ORDER_CARD (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    cards += count_cards (child);
  return cards;
}

/* Cards are recycled: there are only as many as the screen and its surroundings need. */
static void
test_many_orders (void)
{
  Desk desk;
  gint64 begun = g_get_monotonic_time ();

  desk_open (&desk, fill_many);
  g_test_message ("300 orders on screen after %d ms",
                  (int)((g_get_monotonic_time () - begun) / 1000));
  g_assert_cmpuint (count_cards (GTK_WIDGET (desk.window)), <, 150);
  desk_close (&desk);
}

static void
test_keys_by_place (void)
{
  static const struct {
    guint keyval;
    guint keycode;
    GdkModifierType state;
    gboolean typing;
    int key;
  } cases[] = {
      /* ㅁ of the Korean layout is the A key; its keyval is a Hangul letter. */
      {GDK_KEY_Hangul_Mieum, 38, 0, FALSE, OSC_KEY_ACCEPT},
      {GDK_KEY_a, 38, 0, TRUE, OSC_KEY_NONE},
      {GDK_KEY_Escape, 9, 0, TRUE, OSC_KEY_BACK},
      {GDK_KEY_F2, 68, 0, TRUE, OSC_KEY_NEW},
      {GDK_KEY_3, 12, 0, FALSE, OSC_KEY_CARD_1 + 2},
      {GDK_KEY_z, 52, GDK_CONTROL_MASK, FALSE, OSC_KEY_UNDO},
      {GDK_KEY_z, 52, GDK_CONTROL_MASK | GDK_SHIFT_MASK, FALSE, OSC_KEY_REDO},
      /* A text field undoes its own words; saving is meant for the view all the same. */
      {GDK_KEY_z, 52, GDK_CONTROL_MASK, TRUE, OSC_KEY_NONE},
      {GDK_KEY_s, 39, GDK_CONTROL_MASK, TRUE, OSC_KEY_SAVE},
      {GDK_KEY_4, 13, GDK_ALT_MASK, TRUE, OSC_KEY_MENU},
      {GDK_KEY_4, 13, GDK_SUPER_MASK, FALSE, OSC_KEY_NONE},
      {GDK_KEY_Up, 111, GDK_ALT_MASK, FALSE, OSC_KEY_MOVE_UP},
      {GDK_KEY_Up, 111, 0, FALSE, OSC_KEY_UP},
      {GDK_KEY_Page_Down, 117, 0, FALSE, OSC_KEY_PAGE_DOWN},
      {GDK_KEY_question, 61, GDK_CONTROL_MASK | GDK_SHIFT_MASK, TRUE, OSC_KEY_HELP},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (
        osc_keys_find (cases[i].keyval, cases[i].keycode, cases[i].state, cases[i].typing), ==,
        cases[i].key);
}

/* Every function key that does something stands on the sheet once, and each line has its keys. */
static void
test_key_sheet (void)
{
  for (const OscKeyLine *line = osc_keys_sheet (); line->keys != NULL; line++)
    g_assert_cmpstr (line->keys, !=, "");
  for (guint n = 1; n <= 12; n++) {
    g_autofree char *name = g_strdup_printf ("F%u", n);
    guint found = 0;

    for (const OscKeyLine *line = osc_keys_sheet (); line->keys != NULL; line++) {
      g_auto (GStrv) keys = g_strsplit (line->keys, "  ", -1);

      found += g_strv_contains ((const char *const *)keys, name);
    }
    g_assert_cmpuint (found, ==,
                      osc_keys_find (GDK_KEY_F1 + n - 1, 0, 0, FALSE) != OSC_KEY_NONE ? 1 : 0);
  }
}

static void
on_offer (GObject *owner)
{
  g_object_set_data (owner, "taken", GINT_TO_POINTER (TRUE));
}

/* A view offers a way back of its own; it can be taken once, and a newer toast ends it. */
static void
test_offer (void)
{
  Desk desk;
  g_autoptr (GObject) owner = g_object_new (G_TYPE_OBJECT, NULL);

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);
  GtkWidget *view = GTK_WIDGET (osc_shell_view (desk.shell));

  osc_toasts_offer (view, "old words", "Take", G_CALLBACK (on_offer), owner);
  osc_toasts_offer (view, "words", "Take", G_CALLBACK (on_offer), owner);
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, "old words"));
  press_text (window, "Take");
  osc_fixture_spin (50);
  g_assert_nonnull (g_object_get_data (owner, "taken"));
  g_assert_null (find (window, says, "words"));
  g_assert_null (find (window, says, "Take"));
  desk_close (&desk);
}

static void
on_printer_asked (OscPrinterStore *store, const char *what, char **asked)
{
  g_free (*asked);
  *asked = g_strdup (what);
}

/* A slip that is not on paper stays shown on its card, and a tap prints it. */
static void
test_unprinted (void)
{
  Desk desk;
  g_autofree char *asked = NULL;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  OscOrderItem *item = number (&desk, 48);
  g_signal_connect (desk.context.printers, "requested", G_CALLBACK (on_printer_asked), &asked);
  g_assert_false (osc_order_item_get_unprinted (item));
  osc_fixture_unprinted (desk.context.printers, item);
  osc_fixture_spin (50);
  GtkWidget *button = find (card_of (&desk, item), has_class, "unprinted");
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (asked, ==, "POST print-jobs/01940000-0000-7000-8000-000000000007/retry");
  desk_close (&desk);
}

/* Accepted orders for later wait beside the board, the next one first, until they begin or somebody
 * begins them. */
static void
test_later (void)
{
  Desk desk;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);
  GtkWidget *filter = find (window, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_FILTER_BAR));
  GtkWidget *count = find (filter, has_class, "filter-count");
  g_autofree char *all = g_strdup (gtk_label_get_label (GTK_LABEL (count)));
  g_assert_null (find (window, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_LATER)));

  OscOrderItem *second = osc_fixture_later (desk.context.orders, 71, 95);
  OscOrderItem *first = osc_fixture_later (desk.context.orders, 70, 40);
  osc_fixture_spin (100);
  GtkWidget *later = find (window, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_LATER));
  g_assert_nonnull (later);
  GtkWidget *words = find (later, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_LABEL));
  g_autofree char *clock = osc_words_clock (osc_order_item_data (first)->requested_at);
  g_assert_true (g_str_has_suffix (gtk_label_get_label (GTK_LABEL (words)), clock));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (words)), "2"));
  g_assert_cmpint (osc_order_item_column (first), ==, OSC_COLUMN_LATER);
  g_assert_null (card_of (&desk, first));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (count)), ==, all);

  gtk_menu_button_popup (
      GTK_MENU_BUTTON (find (later, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_MENU_BUTTON))));
  osc_fixture_spin (300);
  press (later, "later-more");
  g_assert_cmpstr (desk.act, ==, "reschedule");
  g_assert_cmpint (desk.requested_at, ==,
                   osc_order_item_data (first)->requested_at + 10 * G_TIME_SPAN_MINUTE);
  press (later, "later-start");
  g_assert_cmpstr (desk.act, ==, "start");
  osc_fixture_spin (600);
  g_assert_cmpint (osc_order_item_column (first), ==, OSC_COLUMN_COOKING);
  g_assert_nonnull (card_of (&desk, first));
  g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (words)), clock));

  OsyOrderData *begun = osy_order_data_copy (osc_order_item_data (second));
  begun->begins_at = 0;
  begun->version++;
  osy_clock_advance_fake (75 * G_TIME_SPAN_MINUTE);
  g_autoptr (OsyOrder) order = osy_order_new (begun);
  osc_order_store_put (desk.context.orders, order, "order.begun");
  osc_fixture_spin (600);
  g_assert_cmpint (osc_order_item_column (second), ==, OSC_COLUMN_COOKING);
  g_assert_null (find (window, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_LATER)));
  /* Its clock began with it, not when it was accepted. */
  g_assert_cmpint (osc_order_item_age_level (second, osy_clock_now ()), ==, OSC_AGE_NEUTRAL);
  desk_close (&desk);
}

static void
test_spoken_name (void)
{
  Desk desk;
  gboolean korean = g_strcmp0 (g_getenv ("LANGUAGE"), "ko") == 0;

  desk_open (&desk, osc_fixture_typical);
  put_off_all (&desk);
  GtkWidget *edge = find (card_of (&desk, number (&desk, 48)), has_class, "edge");

  gtk_test_accessible_assert_property (edge, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       korean ? "48번 테이블 5 조리완료" : "No. 48 Table 5 Done");
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/journey/arrival-to-completion", test_arrival_to_completion);
  g_test_add_func ("/console/journey/holds-still", test_holds_still);
  g_test_add_func ("/console/journey/keys", test_keys);
  g_test_add_func ("/console/journey/reject", test_reject);
  g_test_add_func ("/console/journey/toasts", test_toasts);
  g_test_add_func ("/console/journey/filter", test_filter);
  g_test_add_func ("/console/journey/peak", test_peak);
  g_test_add_func ("/console/journey/daemon-lost", test_daemon_lost);
  g_test_add_func ("/console/journey/drawer", test_drawer);
  g_test_add_func ("/console/journey/many-orders", test_many_orders);
  g_test_add_func ("/console/journey/keys-by-place", test_keys_by_place);
  g_test_add_func ("/console/journey/key-sheet", test_key_sheet);
  g_test_add_func ("/console/journey/offer", test_offer);
  g_test_add_func ("/console/journey/unprinted", test_unprinted);
  g_test_add_func ("/console/journey/later", test_later);
  g_test_add_func ("/console/journey/spoken-name", test_spoken_name);
  return g_test_run ();
}
