/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The tables view by keys, by touch and by dragging, over real templates and invented tables. What
 * would be sent is looked at; no daemon answers. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-fixture.h"
#include "osc-sale.h"
#include "osc-sheet.h"
#include "osc-tables.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  OscTables *view;
  char *path;     /* nullable: of the last call */
  JsonNode *body; /* nullable */
  guint calls;
  JsonNode *changes; /* (nullable): the last batch of the plan */
} Desk;

static GtkApplication *application;

static void
on_requested (OscTableStore *store, const char *path, JsonNode *body, Desk *desk)
{
  g_free (desk->path);
  desk->path = g_strdup (path);
  g_clear_pointer (&desk->body, json_node_unref);
  desk->body = body != NULL ? json_node_copy (body) : NULL;
  desk->calls++;
}

static void
on_changes (OscFloorStore *store, JsonNode *changes, Desk *desk)
{
  g_clear_pointer (&desk->changes, json_node_unref);
  desk->changes = json_node_copy (changes);
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  osc_fixture_menu (desk->context.menu);
  osc_fixture_tables (desk->context.tables);
  g_signal_connect (desk->context.tables, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (osc_table_store_floors (desk->context.tables), "requested",
                    G_CALLBACK (on_changes), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_TABLES));
  desk->view = OSC_TABLES (osc_shell_view (desk->shell));
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_clear_pointer (&desk->body, json_node_unref);
  g_clear_pointer (&desk->changes, json_node_unref);
  g_free (desk->path);
  osy_clock_set_fake (0);
}

static void
key (Desk *desk, OscKey pressed)
{
  g_assert_true (osc_shell_key (desk->shell, pressed));
  osc_fixture_spin (20);
}

static void
type_number (Desk *desk, int number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);

  for (const char *c = text; *c != '\0'; c++)
    key (desk, *c == '0' ? OSC_KEY_ZERO : OSC_KEY_CARD_1 + (OscKey)(*c - '1'));
  key (desk, OSC_KEY_NEXT);
}

static int
picked (Desk *desk)
{
  const OsyTable *table = osc_table_store_find (
      desk->context.tables, osc_table_plan_picked (osc_tables_plan (desk->view)));

  return table != NULL ? atoi (table->number) : 0;
}

static void
assert_called (Desk *desk, int table, const char *act)
{
  g_autofree char *id = osc_fixture_table_id (table);
  g_autofree char *path = g_strdup_printf ("tables/%s/%s", id, act);

  g_assert_cmpstr (desk->path, ==, path);
}

static void
assert_member (Desk *desk, const char *name, int table)
{
  g_autofree char *id = osc_fixture_table_id (table);

  g_assert_nonnull (desk->body);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (desk->body), name), ==, id);
}

static GtkWidget *
tile (Desk *desk, int number)
{
  g_autofree char *id = osc_fixture_table_id (number);

  return osc_table_plan_tile (osc_tables_plan (desk->view), id);
}

static void
tap (Desk *desk, int number)
{
  g_signal_emit_by_name (tile (desk, number), "clicked");
  osc_fixture_spin (20);
}

static gboolean
does (GtkWidget *widget, gconstpointer action)
{
  return GTK_IS_ACTIONABLE (widget) &&
         g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

/* The first button on screen that does @action. */
static void
press_act (Desk *desk, const char *action)
{
  GtkWidget *button = find (GTK_WIDGET (desk->view), does, action);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* A list of the toolbar. */
static void
toggle (Desk *desk, const char *list)
{
  GObject *button = gtk_widget_get_template_child (GTK_WIDGET (desk->view), OSC_TYPE_TABLES, list);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

/* (transfer none) (nullable): the dialog on screen. */
static GtkWidget *
sheet (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data))
      return i->data;
  return NULL;
}

/* ---- the tests ---- */

static void
test_move_by_keys (void)
{
  Desk desk;

  desk_open (&desk);
  type_number (&desk, 5);
  g_assert_cmpint (picked (&desk), ==, 5);
  key (&desk, OSC_KEY_MOVE);
  g_assert_true (gtk_widget_has_css_class (tile (&desk, 6), "target"));
  g_assert_false (gtk_widget_has_css_class (tile (&desk, 5), "target"));
  type_number (&desk, 12);
  assert_called (&desk, 5, "move");
  assert_member (&desk, "to_table_id", 12);
  g_assert_cmpint (picked (&desk), ==, 12); /* the ring goes along */
  g_assert_false (gtk_widget_has_css_class (tile (&desk, 6), "target"));
  /* Esc ends it without a call. */
  type_number (&desk, 8);
  key (&desk, OSC_KEY_MOVE);
  key (&desk, OSC_KEY_BACK);
  g_assert_false (gtk_widget_has_css_class (tile (&desk, 6), "target"));
  tap (&desk, 6);
  g_assert_cmpint (picked (&desk), ==, 6);
  g_assert_cmpuint (desk.calls, ==, 1);
  desk_close (&desk);
}

static void
test_occupied_target_asks (void)
{
  Desk desk;

  desk_open (&desk);
  tap (&desk, 5);
  key (&desk, OSC_KEY_MOVE);
  tap (&desk, 8);
  g_assert_cmpuint (desk.calls, ==, 0); /* nothing is done before somebody has said which */
  g_assert_nonnull (sheet ());
  osc_fixture_spin (100);
  press (sheet (), "answer-merge");
  osc_fixture_spin (50);
  g_assert_null (sheet ());
  assert_called (&desk, 5, "merge");
  assert_member (&desk, "into_table_id", 8);
  desk_close (&desk);
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  GtkWidget *words = gtk_widget_has_css_class (widget, "bill-row")
                         ? gtk_widget_get_next_sibling (gtk_widget_get_first_child (
                               gtk_button_get_child (GTK_BUTTON (widget))))
                         : NULL;

  return words != NULL && g_str_equal (gtk_label_get_label (GTK_LABEL (words)), name);
}

/* @name of what was sent is @id alone. */
static void
assert_ids (Desk *desk, const char *name, const char *id)
{
  JsonArray *ids = json_object_get_array_member (json_node_get_object (desk->body), name);

  g_assert_cmpuint (json_array_get_length (ids), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (ids, 0), ==, id);
}

/* Guests who join another table bring their orders: none is sent to the kitchen again. */
static void
test_drag_onto_others (void)
{
  Desk desk;
  g_autofree char *from = osc_fixture_table_id (5);
  g_autofree char *on = osc_fixture_table_id (8);

  desk_open (&desk);
  tap (&desk, 5);
  osc_fixture_check (desk.context.tables, 5);
  g_signal_emit_by_name (osc_tables_plan (desk.view), "dropped", from, on);
  osc_fixture_spin (100);
  press (sheet (), "answer-move");
  osc_fixture_spin (50);
  assert_called (&desk, 5, "clear"); /* after the orders have gone over */
  g_assert_cmpuint (desk.calls, ==, 2);
  desk_close (&desk);

  desk_open (&desk);
  tap (&desk, 5);
  osc_fixture_check (desk.context.tables, 5);
  press_act (&desk, "tables.transfer");
  osc_fixture_spin (100);
  /* The newest order is ticked as a whole; of the one before it, one line goes too. */
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (sheet (), is_row_of, "된장찌개")), TRUE);
  g_signal_emit_by_name (osc_sheet_primary (OSC_SHEET (sheet ())), "clicked");
  osc_fixture_spin (100);
  g_assert_null (sheet ());
  tap (&desk, 9);
  assert_called (&desk, 5, "transfer");
  assert_member (&desk, "to_table_id", 9);
  assert_ids (&desk, "order_ids", "00000000-0000-7000-8000-000000000051");
  assert_ids (&desk, "line_ids", "b");
  /* A free table takes them at once. */
  g_signal_emit_by_name (osc_tables_plan (desk.view), "dropped", on, from);
  g_assert_nonnull (sheet ());
  gtk_window_close (GTK_WINDOW (sheet ()));
  osc_fixture_spin (50);
  desk_close (&desk);
}

static gboolean
is_chip_of (GtkWidget *widget, gconstpointer guests)
{
  return gtk_widget_has_css_class (widget, "guest-chip") &&
         g_str_equal (gtk_widget_get_name (widget), guests);
}

static void
test_seat_and_order (void)
{
  Desk desk;
  OscCart *cart;

  desk_open (&desk);
  tap (&desk, 6);
  g_signal_emit_by_name (find (GTK_WIDGET (desk.view), is_chip_of, "5"), "clicked");
  key (&desk, OSC_KEY_LESS);
  key (&desk, OSC_KEY_NEXT);
  assert_called (&desk, 6, "seat");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (desk.body), "guest_count"), ==,
                   4);
  osc_fixture_spin (50);
  g_assert_true (OSC_IS_SALE (osc_shell_view (desk.shell)));
  cart = osc_carts_current (osc_sale_carts (OSC_SALE (osc_shell_view (desk.shell))));
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_TABLE), ==, "6");
  g_assert_cmpint (osc_cart_guests (cart), ==, 4);
  g_autofree char *id = osc_fixture_table_id (6);
  g_assert_cmpstr (osc_cart_table_id (cart), ==, id);
  desk_close (&desk);
}

static void
test_states (void)
{
  Desk desk;
  const struct {
    int table;
    const char *state;
    gboolean attention;
  } rows[] = {{4, "free", FALSE},  {7, "seated", FALSE}, {1, "dining", FALSE},
              {3, "dining", TRUE}, {5, "bill", FALSE},   {10, "booked", FALSE},
              {12, "free", FALSE}, {13, "clean", FALSE}};

  desk_open (&desk);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_true (gtk_widget_has_css_class (tile (&desk, rows[i].table), rows[i].state));
    g_assert_cmpint (gtk_widget_has_css_class (tile (&desk, rows[i].table), "attention"), ==,
                     rows[i].attention);
  }
  /* Time alone makes a table want attention: 7 sits four minutes more without an order, 10 is late.
   */
  osy_clock_set_fake (OSC_FIXTURE_NOW + G_GINT64_CONSTANT (37) * 60 * G_USEC_PER_SEC);
  osc_fixture_merge (desk.context.tables, 9, 8);
  g_assert_true (gtk_widget_has_css_class (tile (&desk, 7), "attention"));
  g_assert_true (gtk_widget_has_css_class (tile (&desk, 10), "attention"));
  g_assert_true (gtk_widget_has_css_class (tile (&desk, 12), "free"));
  g_assert_null (find (tile (&desk, 9), says, _ ("Free")));
  desk_close (&desk);
}

static void
test_bill_and_leaving (void)
{
  Desk desk;

  desk_open (&desk);
  tap (&desk, 8);
  press_act (&desk, "tables.request-bill");
  assert_called (&desk, 8, "request-bill");
  tap (&desk, 13);
  key (&desk, OSC_KEY_NEXT);
  assert_called (&desk, 13, "clear");
  tap (&desk, 8);
  press_act (&desk, "tables.clear");
  g_assert_cmpuint (desk.calls, ==, 2); /* money is left behind: that is asked for */
  desk_close (&desk);
}

static void
test_arrows (void)
{
  Desk desk;

  desk_open (&desk);
  tap (&desk, 5);
  key (&desk, OSC_KEY_RIGHT);
  g_assert_cmpint (picked (&desk), ==, 6);
  key (&desk, OSC_KEY_DOWN);
  g_assert_cmpint (picked (&desk), ==, 9);
  key (&desk, OSC_KEY_UP);
  key (&desk, OSC_KEY_LEFT);
  g_assert_cmpint (picked (&desk), ==, 5);
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpint (picked (&desk), ==, 0);
  desk_close (&desk);
}

static void
test_booking (void)
{
  Desk desk;
  g_autofree char *id = osc_fixture_table_id (4);
  JsonObject *body;

  desk_open (&desk);
  tap (&desk, 4);
  key (&desk, OSC_KEY_BOOK);
  g_assert_nonnull (sheet ());
  osc_fixture_spin (100);
  press_text (sheet (), "18:15");
  g_signal_emit_by_name (osc_sheet_primary (OSC_SHEET (sheet ())), "clicked");
  osc_fixture_spin (50);
  g_assert_null (sheet ());
  g_assert_cmpstr (desk.path, ==, "bookings");
  body = json_node_get_object (desk.body);
  g_assert_cmpstr (json_object_get_string_member (body, "at"), ==, "2026-11-21T09:15:00.000000Z");
  g_assert_cmpstr (
      json_array_get_string_element (json_object_get_array_member (body, "table_ids"), 0), ==, id);
  /* They came: at the table they booked. */
  toggle (&desk, "bookings");
  osc_fixture_spin (50);
  press_act (&desk, "tables.come-booking");
  assert_called (&desk, 10, "seat");
  /* Who waits is seated where one taps. */
  tap (&desk, 5);
  toggle (&desk, "waiting");
  osc_fixture_spin (50);
  press_act (&desk, "tables.aim-waiting");
  tap (&desk, 8); /* taken */
  g_assert_true (g_str_has_suffix (desk.path, "/seat"));
  tap (&desk, 6);
  g_assert_true (g_str_has_prefix (desk.path, "waiting/"));
  assert_member (&desk, "table_id", 6);
  desk_close (&desk);
}

/* ---- drawing ---- */

static const OsyPiece *
piece (Desk *desk, int number)
{
  g_autofree char *text = g_strdup_printf ("%d", number);

  return osy_floor_plan_table (osc_table_store_plan (desk->context.tables), text);
}

static void
open_editor (Desk *desk)
{
  desk_open (desk);
  press_act (desk, "tables.edit");
  osc_fixture_spin (100);
}

static void
select_table (Desk *desk, int number)
{
  g_autofree char *id = osc_fixture_table_id (number);

  osc_floor_canvas_select (osc_tables_canvas (desk->view), id);
  osc_fixture_spin (50);
}

static void
test_draw_by_keys (void)
{
  Desk desk;
  guint n;

  open_editor (&desk);
  select_table (&desk, 6);
  key (&desk, OSC_KEY_RIGHT);
  g_assert_cmpint (piece (&desk, 6)->x, ==, 208 + 8);
  key (&desk, OSC_KEY_FINE_UP);
  g_assert_cmpint (piece (&desk, 6)->y, ==, 192 - 1);
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpint (piece (&desk, 6)->y, ==, 192);
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpint (piece (&desk, 6)->x, ==, 208);
  key (&desk, OSC_KEY_REDO);
  g_assert_cmpint (piece (&desk, 6)->x, ==, 216);
  n = ((OsyFloor *)g_ptr_array_index (osc_table_store_plan (desk.context.tables)->floors, 0))
          ->pieces->len;
  key (&desk, OSC_KEY_COPY); /* the number follows */
  g_assert_nonnull (piece (&desk, 14));
  g_assert_cmpint (piece (&desk, 14)->width, ==, piece (&desk, 6)->width);
  key (&desk, OSC_KEY_DROP);
  g_assert_null (piece (&desk, 14));
  key (&desk, OSC_KEY_UNDO);
  g_assert_nonnull (piece (&desk, 14));
  g_assert_cmpuint (
      ((OsyFloor *)g_ptr_array_index (osc_table_store_plan (desk.context.tables)->floors, 0))
          ->pieces->len,
      ==, n + 1);
  g_assert_nonnull (desk.changes);
  key (&desk, OSC_KEY_BACK); /* nothing is chosen any more: it ends the drawing */
  osc_fixture_spin (50);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (osc_tables_plan (desk.view))));
  desk_close (&desk);
}

/* Where the piece is, once the canvas was laid out with all that has happened. */
static void
await_area (Desk *desk, int number, graphene_rect_t *area)
{
  OscFloorCanvas *canvas = osc_tables_canvas (desk->view);
  g_autofree char *id = osc_fixture_table_id (number);
  graphene_rect_t before;
  int still = 0;

  g_assert_true (osc_floor_canvas_area (canvas, id, &before));
  while (still < 3) {
    osc_fixture_frame (GTK_WIDGET (canvas));
    g_assert_true (osc_floor_canvas_area (canvas, id, area));
    still = graphene_rect_equal (area, &before) ? still + 1 : 0;
    before = *area;
  }
}

static void
test_draw_by_finger (void)
{
  Desk desk;
  OscFloorCanvas *canvas;
  graphene_rect_t area;
  int before;

  open_editor (&desk);
  canvas = osc_tables_canvas (desk.view);
  await_area (&desk, 12, &area);
  before = piece (&desk, 12)->x;
  /* The middle takes the whole; it lands on the grid, and is one batch. */
  g_assert_true (osc_floor_canvas_begin_drag (canvas, area.origin.x + area.size.width / 2,
                                              area.origin.y + area.size.height / 2));
  osc_floor_canvas_drag (canvas, -10, 0);
  osc_floor_canvas_drag (canvas, -43, 3);
  g_assert_null (desk.changes);
  osc_floor_canvas_end_drag (canvas);
  g_assert_nonnull (desk.changes);
  g_assert_cmpint (piece (&desk, 12)->x, <, before);
  g_assert_cmpint (piece (&desk, 12)->x % 8, ==, 0);
  /* A corner of the chosen one resizes it; the other edges stay. */
  await_area (&desk, 12, &area);
  before = piece (&desk, 12)->x;
  g_assert_true (osc_floor_canvas_begin_drag (canvas, area.origin.x + area.size.width - 2,
                                              area.origin.y + area.size.height - 2));
  osc_floor_canvas_drag (canvas, 40, -2000);
  osc_floor_canvas_end_drag (canvas);
  g_assert_cmpint (piece (&desk, 12)->x, ==, before);
  g_assert_cmpint (piece (&desk, 12)->width, >, 120);
  g_assert_cmpint (piece (&desk, 12)->height, >=, 48); /* a finger has to hit it */
  /* A tap beside everything chooses nothing and sends nothing. */
  g_clear_pointer (&desk.changes, json_node_unref);
  osc_fixture_spin (50);
  g_assert_false (osc_floor_canvas_begin_drag (canvas, 2, 2));
  osc_floor_canvas_end_drag (canvas);
  g_assert_null (desk.changes);
  g_assert_null (osc_floor_canvas_selected (canvas));
  desk_close (&desk);
}

static void
test_templates (void)
{
  Desk desk;
  const int sizes[] = {8, 12, 20};

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (NULL, "%d table", "%d tables", (gulong)sizes[i]), sizes[i]);
    g_autofree char *last = g_strdup_printf ("%d", sizes[i]);
    const OsyFloor *floor;

    desk_open (&desk);
    osc_floor_store_put (osc_table_store_floors (desk.context.tables), osy_floor_plan_new ());
    osc_fixture_spin (50);
    press_text (GTK_WIDGET (desk.view), text);
    osc_fixture_spin (50);
    floor = g_ptr_array_index (osc_table_store_plan (desk.context.tables)->floors, 0);
    g_assert_nonnull (osy_floor_plan_table (osc_table_store_plan (desk.context.tables), last));
    for (guint a = 0; a < floor->pieces->len; a++)
      for (guint b = a + 1; b < floor->pieces->len; b++) {
        const OsyPiece *one = g_ptr_array_index (floor->pieces, a);
        const OsyPiece *two = g_ptr_array_index (floor->pieces, b);

        g_assert_true (one->x + one->width <= two->x || two->x + two->width <= one->x ||
                       one->y + one->height <= two->y || two->y + two->height <= one->y);
        g_assert_cmpint (one->x + one->width, <=, floor->width);
        g_assert_cmpint (one->y + one->height, <=, floor->height);
      }
    desk_close (&desk);
  }
}

/* Every table can be hit with a wet finger, however many there are. */
static void
test_targets (void)
{
  Desk desk;

  desk_open (&desk);
  osc_fixture_full_tables (desk.context.tables, 60);
  osc_fixture_spin (200);
  for (int i = 1; i <= 60; i++) {
    g_assert_cmpint (gtk_widget_get_width (tile (&desk, i)), >=, 48);
    g_assert_cmpint (gtk_widget_get_height (tile (&desk, i)), >=, 48);
  }
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Seoul", TRUE);
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/tables/move-by-keys", test_move_by_keys);
  g_test_add_func ("/tables/occupied-target-asks", test_occupied_target_asks);
  g_test_add_func ("/tables/drag-onto-others", test_drag_onto_others);
  g_test_add_func ("/tables/seat-and-order", test_seat_and_order);
  g_test_add_func ("/tables/states", test_states);
  g_test_add_func ("/tables/bill-and-leaving", test_bill_and_leaving);
  g_test_add_func ("/tables/arrows", test_arrows);
  g_test_add_func ("/tables/booking", test_booking);
  g_test_add_func ("/tables/draw-by-keys", test_draw_by_keys);
  g_test_add_func ("/tables/draw-by-finger", test_draw_by_finger);
  g_test_add_func ("/tables/templates", test_templates);
  g_test_add_func ("/tables/targets", test_targets);
  return g_test_run ();
}
