/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen by keys and by touch, over real templates and invented tickets. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-fixture.h"
#include "osc-kitchen-card.h"
#include "osc-kitchen-pack.h"
#include "osc-kitchen-row.h"
#include "osc-kitchen-window.h"
#include "osc-kitchen.h"
#include "osy-clock.h"

#define GUARD_MS 450 /* a little more than nothing moves after a tap */

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  GPtrArray *asked; /* of char*: the end of the path, and the course */
} Desk;

static GtkApplication *application;

static gboolean
shows_number (GtkWidget *widget, gconstpointer number)
{
  return OSC_IS_KITCHEN_CARD (widget) &&
         osc_kitchen_card_item (OSC_KITCHEN_CARD (widget)) != NULL &&
         osc_kitchen_item_data (osc_kitchen_card_item (OSC_KITCHEN_CARD (widget)))->order_number ==
             GPOINTER_TO_INT (number);
}

static GtkWidget *
card_of (Desk *desk, int number)
{
  return find (GTK_WIDGET (desk->window), shows_number, GINT_TO_POINTER (number));
}

/* Until ticket @number stands on screen; the machine may be busy. */
static void
wait_for (GtkWidget *window, int number)
{
  for (int i = 0; i < 1200 && find (window, shows_number, GINT_TO_POINTER (number)) == NULL; i++)
    osc_fixture_spin (25);
  g_assert_nonnull (find (window, shows_number, GINT_TO_POINTER (number)));
  osc_fixture_spin (50);
}

/* Something the machine may be slow with: half a minute at most. */
#define WAIT(condition)                                         \
  for (int waited = 0; waited < 1200 && !(condition); waited++) \
  osc_fixture_spin (25)

static void
on_requested (OscKitchenStore *store, const char *path, JsonNode *body, Desk *desk)
{
  const char *end = strstr (path, "/kitchen/") + strlen ("/kitchen/");
  JsonObject *object = body != NULL ? json_node_get_object (body) : NULL;

  if (g_str_has_suffix (path, "/shown") || g_str_has_suffix (path, "/touch"))
    return;
  if (object != NULL && json_object_has_member (object, "course"))
    g_ptr_array_add (
        desk->asked,
        g_strdup_printf ("%s %d", end, (int)json_object_get_int_member (object, "course")));
  else
    g_ptr_array_add (desk->asked, g_strdup (end));
}

static void
desk_open (Desk *desk, int tickets)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  desk->asked = g_ptr_array_new_with_free_func (g_free);
  osc_fixture_context (&desk->context);
  osc_fixture_menu (desk->context.menu);
  if (tickets == 0)
    osc_fixture_kitchen (desk->context.kitchen);
  else
    osc_fixture_kitchen_peak (desk->context.kitchen, tickets);
  g_signal_connect (desk->context.kitchen, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_KITCHEN));
  wait_for (GTK_WIDGET (desk->window), tickets == 0 ? 45 : 20);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_spin (50);
  osc_fixture_context_clear (&desk->context);
  g_ptr_array_unref (desk->asked);
  osy_clock_set_fake (0);
}

static void
key (Desk *desk, OscKey wanted)
{
  osc_shell_key (desk->shell, wanted);
  osc_fixture_spin (30);
}

/* The newest request ends like this: a deed on a ticket, line or order of that number. */
static void
assert_asked (Desk *desk, const char *kind, int id_kind, int number, const char *deed)
{
  g_autofree char *wanted =
      g_strdup_printf ("%s/%08d-0000-7000-8000-%012d/%s", kind, id_kind, number, deed);

  g_assert_cmpuint (desk->asked->len, >, 0);
  g_assert_cmpstr (g_ptr_array_index (desk->asked, desk->asked->len - 1), ==, wanted);
}

static GtkWidget *
row_of (GtkWidget *card, const char *dish)
{
  GtkWidget *label = find (card, says, dish);

  return label != NULL ? gtk_widget_get_ancestor (label, OSC_TYPE_KITCHEN_ROW) : NULL;
}

static void
tap (GtkWidget *button)
{
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  osc_fixture_spin (30);
}

/* ---- keys ---- */

/* A number chooses, Enter sends out, and a second Enter at once sends nothing. */
static void
test_send_out (void)
{
  Desk desk;

  desk_open (&desk, 0);
  key (&desk, OSC_KEY_CARD_1 + 1);
  g_assert_true (gtk_widget_has_css_class (card_of (&desk, 47), "selected"));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  assert_asked (&desk, "tickets", 1, 47, "bump");
  g_assert_true (gtk_widget_has_css_class (card_of (&desk, 47), "leaving"));
  guint n = desk.asked->len;
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* nothing may come between, or it is not at once */
  g_assert_cmpuint (desk.asked->len, ==, n);
  osc_fixture_spin (30);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), has_class, "toast-card"));
  osc_fixture_spin (GUARD_MS);
  /* The next one is chosen already. */
  g_assert_true (gtk_widget_has_css_class (card_of (&desk, 48), "selected"));
  key (&desk, OSC_KEY_CARD_1 + 3);
  key (&desk, OSC_KEY_NEXT);
  assert_asked (&desk, "tickets", 1, 49, "bump");
  desk_close (&desk);
}

/* Space makes row after row; a tap on a row that is made takes it back. */
static void
test_rows (void)
{
  Desk desk;

  desk_open (&desk, 0);
  key (&desk, OSC_KEY_CARD_1 + 4);
  key (&desk, OSC_KEY_SPACE);
  assert_asked (&desk, "lines", 2, 5000, "make");
  GtkWidget *row = row_of (card_of (&desk, 50), "라면");
  g_assert_true (gtk_widget_has_css_class (row, "made"));
  key (&desk, OSC_KEY_SPACE);
  assert_asked (&desk, "lines", 2, 5001, "make");
  tap (row);
  assert_asked (&desk, "lines", 2, 5000, "unmake");
  g_assert_false (gtk_widget_has_css_class (row, "made"));
  key (&desk, OSC_KEY_UNDO);
  assert_asked (&desk, "lines", 2, 5000, "make");
  desk_close (&desk);
}

/* What was cancelled is looked at before the ticket goes; looking makes nothing. */
static void
test_cancelled (void)
{
  Desk desk;

  desk_open (&desk, 0);
  key (&desk, OSC_KEY_CARD_1 + 2);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked->len, ==, 0);
  GtkWidget *row = row_of (card_of (&desk, 48), "김치전");
  g_assert_true (gtk_widget_has_css_class (row, "voided"));
  tap (row);
  g_assert_cmpuint (desk.asked->len, ==, 1);
  assert_asked (&desk, "changes", 3, 4802, "seen");
  /* Something added is seen by making it. */
  key (&desk, OSC_KEY_PAGE_DOWN);
  tap (row_of (card_of (&desk, 54), "공깃밥"));
  assert_asked (&desk, "lines", 2, 5401, "make");
  g_assert_cmpuint (desk.asked->len, ==, 3);
  desk_close (&desk);
}

static void
test_courses (void)
{
  g_autofree char *waits = g_strdup_printf (_ ("Course %d waits"), 2);
  Desk desk;

  desk_open (&desk, 8);
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (90, "3", 5000, 15, "1 라면;2>1 식혜");
  osc_kitchen_store_put (desk.context.kitchen, ticket);
  WAIT (card_of (&desk, 90) != NULL);
  GtkWidget *card = card_of (&desk, 90);
  tap (row_of (card, "식혜"));
  g_assert_cmpuint (desk.asked->len, ==, 0); /* it is not wanted yet */
  tap (row_of (card, waits));
  assert_asked (&desk, "orders", 4, 90, "fire 2");
  OscKitchenItem *item = NULL;
  g_assert_cmpint (
      osc_kitchen_store_held (desk.context.kitchen, "00000004-0000-7000-8000-000000000090", &item),
      ==, 2);
  desk_close (&desk);
}

/* ---- sold out ---- */

static void
set_dish (Desk *desk, JsonObject *object, const char *member, const char *name)
{
  json_object_set_string_member (object, member, osc_fixture_dish (desk->context.menu, name));
}

/* A combo's row of ramen and gimbap is tapped, then what is sold out. */
static void
ask_of_combo (Desk *desk)
{
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (90, "3", 5000, 15, "1 세트|라면,김밥,덜 맵게");
  JsonObject *line = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (ticket), "lines"), 0);
  JsonArray *options = json_object_get_array_member (line, "options");

  set_dish (desk, line, "menu_item_id", "김밥 라면 세트");
  set_dish (desk, json_array_get_object_element (options, 0), "item_id", "어묵탕");
  set_dish (desk, json_array_get_object_element (options, 1), "item_id", "김치전");
  osc_kitchen_store_put (desk->context.kitchen, ticket);
  WAIT (card_of (desk, 90) != NULL);
  tap (row_of (card_of (desk, 90), "세트"));
  key (desk, OSC_KEY_SOLD_OUT);
}

/* One dish of a combo is sold out without the combo, which comes last; one that is sold out is for
 * sale again. */
static void
test_sold_out_of_combo (void)
{
  g_autofree char *again = g_strdup_printf (_ ("%s is sold out. Sell it again?"), "김치전");
  g_autofree char *whole = g_strdup_printf (_ ("All of %s"), "김밥 라면 세트");
  g_autofree char *today = g_strdup_printf (_ ("%s: sold out for today"), "어묵탕");
  g_autofree char *sold = g_strdup_printf (_ ("%s: for sale again"), "김치전");
  g_autofree char *open = g_strdup_printf (_ ("%s: sold out"), "김밥 라면 세트");
  const struct {
    const char *which;
    const char *when; /* (nullable) */
    const char *told;
  } cases[] = {
      {"어묵탕", _ ("Sold out today"), today},
      {again, NULL, sold},
      {whole, _ ("Until I sell it again"), open},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    Desk desk;

    desk_open (&desk, 8);
    ask_of_combo (&desk);
    GtkWidget *choices = find (GTK_WIDGET (desk.window), has_class, "kitchen-choices");
    g_assert_nonnull (choices);
    GtkWidget *popover = gtk_widget_get_ancestor (choices, GTK_TYPE_POPOVER);
    g_object_add_weak_pointer (G_OBJECT (popover), (gpointer *)&popover);
    g_assert_null (find (choices, says, "덜 맵게"));
    press_text (choices, cases[i].which);
    if (cases[i].when != NULL) {
      press_text (find (GTK_WIDGET (desk.window), has_class, "kitchen-choices"), cases[i].when);
    }
    WAIT (find (GTK_WIDGET (desk.window), says, cases[i].told) != NULL);
    g_assert_nonnull (find (GTK_WIDGET (desk.window), says, cases[i].told));
    osc_fixture_spin (50);
    if (popover != NULL && gtk_widget_get_parent (popover) != NULL) {
      gtk_widget_unparent (popover); /* the window ends before it has gone by itself */
    }
    desk_close (&desk);
  }
}

/* ---- touch ---- */

static GtkEventController *
press_of (GtkWidget *card)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (card);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (one))
      return one;
  }
  return NULL;
}

static void
count_cb (guint *count)
{
  ++*count;
}

/* The finger came down on one ticket and goes up on the one that took its cell. */
static void
test_moved_under_finger (void)
{
  g_autoptr (JsonNode) one = osc_fixture_ticket (1, "3", 60, 15, "1 라면");
  g_autoptr (JsonNode) two = osc_fixture_ticket (2, "4", 50, 15, "1 김밥");
  g_autoptr (OscKitchenStore) store = osc_kitchen_store_new (NULL);
  GtkWidget *card = g_object_ref_sink (osc_kitchen_card_new ());
  guint bumps = 0;

  osc_kitchen_store_put (store, one);
  osc_kitchen_store_put (store, two);
  OscKitchenCell cell = {
      .item = osc_kitchen_store_find (store, "00000001-0000-7000-8000-000000000001"), .count = 1};
  g_assert_nonnull (cell.item);
  osc_kitchen_card_show (OSC_KITCHEN_CARD (card), &cell);
  g_signal_connect_swapped (card, "bump", G_CALLBACK (count_cb), &bumps);
  GtkWidget *head = gtk_widget_get_first_child (card);
  g_signal_emit_by_name (press_of (card), "pressed", 1, 1.0, 1.0);
  cell.item = osc_kitchen_store_find (store, "00000001-0000-7000-8000-000000000002");
  osc_kitchen_card_show (OSC_KITCHEN_CARD (card), &cell);
  g_signal_emit_by_name (head, "clicked");
  g_assert_cmpuint (bumps, ==, 0);
  g_signal_emit_by_name (press_of (card), "pressed", 1, 1.0, 1.0);
  g_signal_emit_by_name (head, "clicked");
  g_assert_cmpuint (bumps, ==, 1);
  g_object_unref (card);
}

/* Whether an older ticket that comes back at once has moved the one under the finger. *@quick:
 * (out): the machine was fast enough to tell. */
static gboolean
moves_under_a_tap (Desk *desk, gboolean *quick)
{
  GtkWidget *card = card_of (desk, 50);
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (46, "3", 900, 15, "1 라면");
  gint64 tapped_at = g_get_monotonic_time ();

  tap (row_of (card, "라면"));
  osc_kitchen_store_put (desk->context.kitchen, ticket);
  osc_fixture_spin (100);
  gboolean moved = card_of (desk, 50) != card || card_of (desk, 46) != NULL;
  *quick = g_get_monotonic_time () - tapped_at < 300 * G_TIME_SPAN_MILLISECOND;
  WAIT (card_of (desk, 46) != NULL);
  g_assert_nonnull (card_of (desk, 46));
  g_assert_true (card_of (desk, 50) != card);
  return moved;
}

/* After a tap nothing moves for a moment, though an older ticket comes back. */
static void
test_holds_still (void)
{
  gboolean quick = FALSE, moved = TRUE;

  for (int tries = 0; !quick && tries < 20; tries++) {
    Desk desk;

    desk_open (&desk, 0);
    moved = moves_under_a_tap (&desk, &quick);
    desk_close (&desk);
  }
  g_assert_true (quick);
  g_assert_false (moved);
}

/* ---- pages ---- */

static void
test_pack (void)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  const int sizes[] = {2, 1, 5, 1}; /* rows of 60 in cells that hold three */

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    GArray *heights = g_array_new (FALSE, FALSE, sizeof (int));
    int height = 60;

    for (int j = 0; j < sizes[i]; j++)
      g_array_append_val (heights, height);
    g_ptr_array_add (rows, heights);
  }
  /* Pages of three cells: the long one finds one cell left and begins the next page. */
  g_autoptr (GArray) pieces = osc_kitchen_pack (rows, 200, 3);
  const OscKitchenPiece *piece = (const OscKitchenPiece *)pieces->data;
  g_assert_cmpuint (pieces->len, ==, 5);
  g_assert_cmpuint (piece[1].cell, ==, 1);
  g_assert_cmpuint (piece[2].cell, ==, 3);
  g_assert_cmpuint (piece[2].count, ==, 3);
  g_assert_true (piece[2].goes_on);
  g_assert_cmpuint (piece[3].cell, ==, 4);
  g_assert_cmpuint (piece[3].first, ==, 3);
  g_assert_cmpuint (piece[3].count, ==, 2);
  g_assert_cmpuint (piece[4].cell, ==, 5);
}

static void
test_pages (void)
{
  Desk desk;

  desk_open (&desk, 40);
  g_assert_nonnull (card_of (&desk, 20));
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, C_ ("ticket", "Continued")));
  GtkWidget *late = find (GTK_WIDGET (desk.window), has_class, "kitchen-late");
  g_assert_nonnull (late);
  key (&desk, OSC_KEY_PAGE_DOWN);
  g_assert_null (card_of (&desk, 20));
  key (&desk, OSC_KEY_END);
  g_assert_nonnull (card_of (&desk, 59));
  tap (find (GTK_WIDGET (desk.window), has_class, "kitchen-late"));
  g_assert_nonnull (card_of (&desk, 20));
  key (&desk, OSC_KEY_HOME);
  g_assert_true (gtk_widget_has_css_class (card_of (&desk, 20), "selected"));
  desk_close (&desk);
}

/* ---- bringing back ---- */

static void
test_bring_back (void)
{
  Desk desk;

  desk_open (&desk, 0);
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (49, "TAKEOUT", 485, 15, "1 김밥");
  g_autofree char *now = osy_clock_format (osy_clock_now ());
  osc_fixture_ticket_set (ticket, "bumped_at", now);
  osc_fixture_ticket_set (ticket, "state", "BUMPED");
  osc_kitchen_store_put (desk.context.kitchen, ticket);
  WAIT (card_of (&desk, 49) == NULL);
  g_assert_null (card_of (&desk, 49));
  key (&desk, OSC_KEY_RECALL);
  assert_asked (&desk, "tickets", 1, 49, "recall");
  osc_fixture_ticket_set (ticket, "state", "OPEN");
  osc_kitchen_store_put (desk.context.kitchen, ticket);
  WAIT (card_of (&desk, 49) != NULL);
  /* Where it was: before 50. */
  g_autoptr (OscKitchenItem) fourth =
      g_list_model_get_item (G_LIST_MODEL (desk.context.kitchen), 3);
  g_assert_cmpint (osc_kitchen_item_data (fourth)->order_number, ==, 49);
  g_assert_nonnull (card_of (&desk, 49));
  key (&desk, OSC_KEY_FIND);
  g_assert_cmpstr (g_ptr_array_index (desk.asked, desk.asked->len - 1), ==, "history?limit=50");
  key (&desk, OSC_KEY_BACK);
  g_assert_nonnull (card_of (&desk, 49));
  desk_close (&desk);
}

/* ---- out of touch ---- */

static void
test_frozen (void)
{
  Desk desk;

  desk_open (&desk, 0);
  osc_kitchen_store_set_frozen (desk.context.kitchen, TRUE);
  osy_clock_set_fake (OSC_FIXTURE_NOW + 600 * G_USEC_PER_SEC);
  osc_fixture_spin (1200);
  g_assert_nonnull (
      find (GTK_WIDGET (desk.window), says, _ ("This screen may be out of date. Reconnecting")));
  g_assert_nonnull (find (card_of (&desk, 52), says, "4:10?"));
  key (&desk, OSC_KEY_CARD_1);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked->len, ==, 0);
  osc_kitchen_store_set_frozen (desk.context.kitchen, FALSE);
  osc_fixture_spin (50);
  g_assert_null (find (card_of (&desk, 52), says, "4:10?"));
  desk_close (&desk);
}

/* ---- counts, stations, window ---- */

static gint64
quantity_of (OscKitchenStore *store, const char *name)
{
  g_autoptr (GPtrArray) counts = osc_kitchen_store_counts (store, NULL);

  for (guint i = 0; i < counts->len; i++) {
    const OscKitchenCount *count = g_ptr_array_index (counts, i);

    if (strcmp (count->name, name) == 0)
      return count->quantity;
  }
  return 0;
}

static void
test_counts (void)
{
  Desk desk;

  desk_open (&desk, 0);
  g_assert_cmpint (quantity_of (desk.context.kitchen, "김밥"), ==, 5);
  g_assert_cmpint (quantity_of (desk.context.kitchen, "식혜"), ==, 0); /* its course waits */
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (49, "TAKEOUT", 485, 15, "*4 김밥");
  osc_fixture_ticket_set (ticket, "state", "OPEN");
  osc_kitchen_store_put (desk.context.kitchen, ticket);
  g_assert_cmpint (quantity_of (desk.context.kitchen, "김밥"), ==, 1);
  osc_kitchen_store_put (desk.context.kitchen, ticket); /* the same again */
  g_assert_cmpint (quantity_of (desk.context.kitchen, "김밥"), ==, 1);
  osc_fixture_spin (100);
  GtkWidget *dish = find (GTK_WIDGET (desk.window), has_class, "kitchen-dish");
  tap (dish);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), has_class, "ringed"));
  tap (dish);
  g_assert_null (find (GTK_WIDGET (desk.window), has_class, "ringed"));
  press_text (GTK_WIDGET (desk.window), "튀김");
  WAIT (card_of (&desk, 45) == NULL);
  g_assert_null (card_of (&desk, 45));
  g_assert_nonnull (card_of (&desk, 49));
  desk_close (&desk);
}

/* One monitor: a window of its own, which goes with the console. */
static void
test_window (void)
{
  Desk desk;

  desk_open (&desk, 0);
  GtkWindow *window = osc_kitchen_window_open (&desk.context, GTK_WIDGET (desk.shell));
  wait_for (GTK_WIDGET (window), 45);
  g_assert_true (osc_kitchen_window_open (&desk.context, GTK_WIDGET (desk.shell)) == window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  desk_close (&desk);
  WAIT (window == NULL);
  g_assert_null (window);
}

static void
count_path_cb (OscKitchenStore *store, const char *path, JsonNode *body, guint *count)
{
  *count += g_str_has_suffix (path, "/shown");
}

/* Each ticket on screen says so once. */
static void
test_shown (void)
{
  guint shown = 0;
  Desk desk;

  desk_open (&desk, 0);
  g_signal_connect (desk.context.kitchen, "requested", G_CALLBACK (count_path_cb), &shown);
  key (&desk, OSC_KEY_ORDERS);
  key (&desk, OSC_KEY_KITCHEN);
  osc_fixture_spin (100);
  g_assert_cmpuint (shown, ==, 0); /* they did when the view opened */
  g_autoptr (JsonNode) ticket = osc_fixture_ticket (46, "3", 900, 15, "1 라면");
  osc_kitchen_store_put (desk.context.kitchen, ticket);
  WAIT (shown > 0);
  g_assert_cmpuint (shown, ==, 1);
  desk_close (&desk);
}

/* The kitchen goes where it was before, never over the console it was opened from, and into a
 * window where there is one screen. */
static void
test_monitor (void)
{
  static const char *const three[] = {"eDP-1", "HDMI-1", "DP-2", NULL};
  static const char *const one[] = {"eDP-1", NULL};

  g_assert_cmpint (osc_kitchen_window_choose (three, 0, "DP-2"), ==, 2);
  g_assert_cmpint (osc_kitchen_window_choose (three, 0, NULL), ==, 1);
  g_assert_cmpint (osc_kitchen_window_choose (three, 1, "HDMI-1"), ==, 0);
  g_assert_cmpint (osc_kitchen_window_choose (three, 0, "VGA-1"), ==, 1);
  g_assert_cmpint (osc_kitchen_window_choose (one, 0, "eDP-1"), ==, -1);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/kitchen/send-out", test_send_out);
  g_test_add_func ("/console/kitchen/rows", test_rows);
  g_test_add_func ("/console/kitchen/cancelled", test_cancelled);
  g_test_add_func ("/console/kitchen/courses", test_courses);
  g_test_add_func ("/console/kitchen/sold-out-of-combo", test_sold_out_of_combo);
  g_test_add_func ("/console/kitchen/moved-under-finger", test_moved_under_finger);
  g_test_add_func ("/console/kitchen/holds-still", test_holds_still);
  g_test_add_func ("/console/kitchen/pack", test_pack);
  g_test_add_func ("/console/kitchen/pages", test_pages);
  g_test_add_func ("/console/kitchen/bring-back", test_bring_back);
  g_test_add_func ("/console/kitchen/frozen", test_frozen);
  g_test_add_func ("/console/kitchen/counts", test_counts);
  g_test_add_func ("/console/kitchen/window", test_window);
  g_test_add_func ("/console/kitchen/shown", test_shown);
  g_test_add_func ("/console/kitchen/monitor", test_monitor);
  return g_test_run ();
}
