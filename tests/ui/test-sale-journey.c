/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The counter sale by keys alone and by touch alone, over real templates and an invented menu. What
 * would be sent is looked at; no daemon answers. */

#include <glib/gi18n.h>

#include "config.h"
#include "find.h"
#include "osc-cart-row.h"
#include "osc-command.h"
#include "osc-fixture.h"
#include "osc-guest-display.h"
#include "osc-guest-window.h"
#include "osc-option-chip.h"
#include "osc-option-group.h"
#include "osc-sale-tile.h"
#include "osc-sale.h"
#include "osc-scale.h"
#include "osc-settings.h"
#include "osc-stepper.h"
#include "osc-words.h"
#include "osy-clock.h"

#define COLA_CODE "8801056150013"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  OscSale *sale;
  JsonNode *sent;    /* nullable: the body of the order */
  JsonNode *stopped; /* nullable: what was asked of the menu */
} Desk;

static GtkApplication *application;

static void
on_sent (OscCart *cart, JsonNode *body, Desk *desk)
{
  g_clear_pointer (&desk->sent, json_node_unref);
  desk->sent = json_node_copy (body);
}

static void
on_stopped (OscMenuStore *menu, JsonNode *body, Desk *desk)
{
  g_clear_pointer (&desk->stopped, json_node_unref);
  desk->stopped = json_node_copy (body);
}

static OscCart *
cart (Desk *desk)
{
  return osc_carts_current (osc_sale_carts (desk->sale));
}

static OscCartLine *
line (Desk *desk, guint index)
{
  g_autoptr (OscCartLine) found = g_list_model_get_item (G_LIST_MODEL (cart (desk)), index);

  g_assert_nonnull (found);
  return found;
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  osc_fixture_menu (desk->context.menu);
  g_signal_connect (desk->context.menu, "requested", G_CALLBACK (on_stopped), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_NEW));
  desk->sale = OSC_SALE (osc_shell_view (desk->shell));
  g_signal_connect (cart (desk), "requested", G_CALLBACK (on_sent), desk);
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_clear_pointer (&desk->sent, json_node_unref);
  g_clear_pointer (&desk->stopped, json_node_unref);
  osy_clock_set_fake (0);
}

/* ---- by touch ---- */

static gboolean
is_tile_of (GtkWidget *widget, gconstpointer id)
{
  return OSC_IS_SALE_TILE (widget) &&
         g_strcmp0 (osc_sale_tile_item_id (OSC_SALE_TILE (widget)), id) == 0;
}

static GtkWidget *
window_of (Desk *desk)
{
  return GTK_WIDGET (desk->window);
}

static void
tap_tile (Desk *desk, const char *name)
{
  GtkWidget *tile =
      find (window_of (desk), is_tile_of, osc_fixture_dish (desk->context.menu, name));

  g_assert_nonnull (tile);
  g_signal_emit_by_name (tile, "clicked");
  osc_fixture_spin (50);
}

static gboolean
is_chip_of (GtkWidget *widget, gconstpointer name)
{
  return OSC_IS_OPTION_CHIP (widget) &&
         g_str_equal (osc_option_chip_option (OSC_OPTION_CHIP (widget))->name, name);
}

static OscOptionChip *
chip (Desk *desk, const char *name)
{
  GtkWidget *found = find (window_of (desk), is_chip_of, name);

  g_assert_nonnull (found);
  return OSC_OPTION_CHIP (found);
}

static void
tap_chip (Desk *desk, const char *name)
{
  press (GTK_WIDGET (chip (desk, name)), "chip-main");
}

static gboolean
is_entry_of (GtkWidget *widget, gconstpointer id)
{
  return GTK_IS_ENTRY (widget) &&
         g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

/* By its id in the template; that of a sheet before that of the cart. */
static GtkEditable *
entry (Desk *desk, const char *id)
{
  GtkWidget *found = find (window_of (desk), is_entry_of, id);

  g_assert_nonnull (found);
  return GTK_EDITABLE (found);
}

/* Every button and entry on screen is large enough for a wet finger. */
static void
check_targets (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) ||
      gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL)
    return;
  if (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget)) {
    graphene_rect_t area;

    g_assert_true (gtk_widget_compute_bounds (widget, widget, &area));
    g_assert_cmpfloat (area.size.width, >=, 47.5);
    g_assert_cmpfloat (area.size.height, >=, 47.5);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_targets (child);
}

/* ---- by keys ---- */

static void
key (Desk *desk, OscKey pressed)
{
  g_assert_true (osc_shell_key (desk->shell, pressed));
  osc_fixture_spin (20);
}

/* A key as the window gets it. Returns: whether anything took it before the focus. */
static gboolean
press_key (Desk *desk, guint keyval, guint keycode)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (window_of (desk));
  gboolean taken = FALSE;

  for (guint i = 0; !taken && i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (all, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (one) &&
        gtk_event_controller_get_propagation_phase (one) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (one, "key-pressed", keyval, keycode, 0, &taken);
  }
  return taken;
}

static JsonObject *
sent_item (Desk *desk, guint index)
{
  g_assert_nonnull (desk->sent);
  return json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (desk->sent), "items"), index);
}

static const char *
sent_text (Desk *desk, const char *member)
{
  return json_object_get_string_member (json_node_get_object (desk->sent), member);
}

/* ---- the tests ---- */

static void
test_by_keys (void)
{
  Desk desk;

  desk_open (&desk);
  key (&desk, OSC_KEY_RIGHT); /* the cursor begins at the first dish, 떡볶이 */
  key (&desk, OSC_KEY_NEXT);  /* which has to be asked about */
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "순한맛")), ==, 1);
  key (&desk, OSC_KEY_CARD_1 + 1);
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "순한맛")), ==, 0);
  key (&desk, OSC_KEY_MORE);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpstr (osc_cart_line_options (line (&desk, 0)), ==, "중간맛");
  g_assert_cmpint (osc_cart_line_quantity (line (&desk, 0)), ==, 2);
  key (&desk, OSC_KEY_DOWN); /* 김밥, below it */
  key (&desk, OSC_KEY_CARD_1);
  key (&desk, OSC_KEY_ZERO);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpstr (osc_cart_line_name (line (&desk, 1)), ==, "김밥");
  g_assert_cmpint (osc_cart_line_quantity (line (&desk, 1)), ==, 10);
  key (&desk, OSC_KEY_LESS);
  g_assert_cmpint (osc_cart_line_quantity (line (&desk, 1)), ==, 9);
  key (&desk, OSC_KEY_BACK); /* the cursor goes; Enter sends from now on */
  key (&desk, OSC_KEY_CARD_1 + 2);
  key (&desk, OSC_KEY_NEXT); /* digits without a dish: so many of the chosen line */
  g_assert_cmpint (osc_cart_line_quantity (line (&desk, 1)), ==, 3);
  key (&desk, OSC_KEY_TYPE_2);
  g_assert_null (desk.sent);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpstr (sent_text (&desk, "type"), ==, "TAKEOUT");
  g_assert_cmpstr (sent_text (&desk, "channel"), ==, "COUNTER");
  g_assert_cmpint (json_object_get_int_member (sent_item (&desk, 0), "unit_price"), ==, 4500);
  g_assert_cmpint (json_object_get_int_member (sent_item (&desk, 1), "quantity"), ==, 3);
  g_assert_true (json_object_has_member (json_node_get_object (desk.sent), "accept"));
  desk_close (&desk);
}

static void
test_by_touch (void)
{
  Desk desk;

  desk_open (&desk);
  check_targets (GTK_WIDGET (desk.sale));
  press_text (window_of (&desk), "김밥"); /* the category */
  tap_tile (&desk, "참치김밥");
  tap_tile (&desk, "참치김밥");
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 2);
  check_targets (GTK_WIDGET (desk.sale));
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (find (window_of (&desk), says, "떡볶이"),
                                                  GTK_TYPE_TOGGLE_BUTTON)),
      TRUE);
  osc_fixture_spin (50);
  tap_tile (&desk, "로제떡볶이");
  osc_fixture_spin (100);
  check_targets (GTK_WIDGET (desk.sale));
  tap_chip (&desk, "매운맛");
  tap_chip (&desk, "치즈 추가");
  tap_chip (&desk, "체다"); /* unfolded below it */
  press_text (window_of (&desk), _ ("Less spicy"));
  osc_fixture_spin (50);
  g_autofree char *price = osc_words_money (8500);
  g_autofree char *words = g_strdup_printf (_ ("Add %s"), price);
  press_text (window_of (&desk), words);
  osc_fixture_spin (50);
  g_assert_cmpint (osc_cart_line_unit_price (line (&desk, 1)), ==, 8500);
  press_text (GTK_WIDGET (desk.sale), _ ("Table"));
  osc_fixture_spin (100);
  check_targets (GTK_WIDGET (desk.sale));
  press_text (window_of (&desk), "1");
  press_text (window_of (&desk), "2");
  press_text (window_of (&desk), _ ("On to the dishes"));
  osc_fixture_spin (50);
  g_assert_cmpstr (osc_cart_text (cart (&desk), OSC_CART_TABLE), ==, "12");
  press (window_of (&desk), "send");
  g_assert_cmpint (json_object_get_int_member (sent_item (&desk, 0), "quantity"), ==, 2);
  desk_close (&desk);
}

static void
test_search (void)
{
  Desk desk;

  desk_open (&desk);
  key (&desk, OSC_KEY_FIND);
  GtkEditable *search = entry (&desk, "search");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (search))));
  gtk_editable_set_text (search, "ㅎㅎㅎㅎ");
  g_signal_emit_by_name (search, "activate"); /* nothing found, nothing added */
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_editable_set_text (search, "ㄷㄲㅅㄱ"); /* 돈까스김밥 */
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (osc_cart_line_name (line (&desk, 0)), ==, "돈까스김밥");
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  desk_close (&desk);
}

/* The most is kept to, the least is asked for, both in words. */
static void
test_option_rules (void)
{
  Desk desk;

  desk_open (&desk);
  tap_tile (&desk, "떡볶이");
  tap_chip (&desk, "순한맛");
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "순한맛")), ==, 1);
  for (int i = 0; i < 4; i++)
    tap_chip (&desk, "떡 추가");
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "떡 추가")), ==, 3);
  g_autofree char *most = g_strdup_printf (
      g_dngettext (NULL, "At most %d can be taken", "At most %d can be taken", 3), 3);
  g_assert_nonnull (find (window_of (&desk), says, most));
  press (GTK_WIDGET (chip (&desk, "떡 추가")), "chip-less");
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "떡 추가")), ==, 2);
  g_assert_null (find (window_of (&desk), says, most));
  desk_close (&desk);

  g_autoptr (OsyMenuGroup) group = osy_menu_group_new ();
  group->id = g_strdup ("g");
  group->name = g_strdup ("g");
  group->min = group->max = 2;
  for (int i = 0; i < 3; i++) {
    OsyMenuOption *option = osy_menu_option_new ();

    option->id = g_strdup_printf ("%d", i);
    option->name = g_strdup (option->id);
    option->max = 1;
    g_ptr_array_add (group->options, option);
  }
  GtkWidget *widget = g_object_ref_sink (osc_option_group_new (NULL, group, NULL));
  g_autoptr (GPtrArray) taken =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);
  guint first = 0;
  guint last = 2;

  g_assert_true (osc_option_group_missing (OSC_OPTION_GROUP (widget)) == OSC_OPTION_GROUP (widget));
  g_assert_true (osc_option_group_tap (OSC_OPTION_GROUP (widget), &first));
  g_assert_nonnull (osc_option_group_missing (OSC_OPTION_GROUP (widget)));
  g_assert_true (osc_option_group_tap (OSC_OPTION_GROUP (widget), &last));
  g_assert_null (osc_option_group_missing (OSC_OPTION_GROUP (widget)));
  last = 1;
  osc_option_group_tap (OSC_OPTION_GROUP (widget), &last); /* a third one is refused */
  osc_option_group_collect (OSC_OPTION_GROUP (widget), taken);
  g_assert_cmpuint (taken->len, ==, 2);
  g_object_unref (widget);
}

/* What another console does to the menu shows in the open cart. */
static void
test_menu_changes (void)
{
  Desk desk;

  desk_open (&desk);
  tap_tile (&desk, "김밥");
  tap_tile (&desk, "라면");
  osc_fixture_price (desk.context.menu, "김밥", 4000);
  osc_fixture_stop (desk.context.menu, "라면");
  osc_fixture_spin (50);
  g_assert_nonnull (find (window_of (&desk), has_class, "unsellable"));
  GtkWidget *send = find (window_of (&desk), has_class, "send");
  g_assert_false (gtk_widget_is_sensitive (send));
  press_text (window_of (&desk), _ ("Take the new price"));
  osc_fixture_spin (50);
  g_assert_cmpint (osc_cart_line_amount (line (&desk, 0)), ==, 4000);
  g_assert_false (gtk_widget_is_sensitive (send));
  press (find (window_of (&desk), has_class, "unsellable"), "mend");
  osc_fixture_spin (50);
  g_assert_true (gtk_widget_is_sensitive (send));
  g_assert_cmpint (osc_cart_total (cart (&desk)), ==, 4000);
  desk_close (&desk);
}

static void
test_hold_and_undo (void)
{
  Desk desk;

  desk_open (&desk);
  tap_tile (&desk, "김밥");
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  key (&desk, OSC_KEY_REDO);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 1);
  key (&desk, OSC_KEY_HOLD);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  tap_tile (&desk, "라면");
  press (window_of (&desk), "held-tab");
  osc_fixture_spin (50);
  g_assert_cmpstr (osc_cart_line_name (line (&desk, 0)), ==, "김밥");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (osc_sale_carts (desk.sale))), ==, 1);
  desk_close (&desk);
}

/* What is done with a code; how it is told from typing is test-keyboard-journey's. */
static void
test_scanner (void)
{
  Desk desk;

  desk_open (&desk);
  key (&desk, OSC_KEY_CARD_1 + 2);
  osc_shell_scan (desk.shell, COLA_CODE);
  g_assert_cmpstr (osc_cart_line_name (line (&desk, 0)), ==, "콜라");
  g_assert_cmpint (osc_cart_line_quantity (line (&desk, 0)), ==, 3);
  osc_shell_go (desk.shell, "orders", NULL);
  osc_shell_scan (desk.shell, COLA_CODE);
  g_assert_true (osc_shell_view (desk.shell) == OSC_VIEW (desk.sale));
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 4);
  osc_shell_scan (desk.shell, "4901777018888");
  osc_fixture_spin (50);
  g_autofree char *unknown = g_strdup_printf (_ ("Nothing has the code %s"), "4901777018888");
  g_assert_nonnull (find (window_of (&desk), says, unknown));
  desk_close (&desk);
}

/* A code of the command sheet does what its key does, on whatever is open. */
static void
test_commands (void)
{
  Desk desk;

  desk_open (&desk);
  for (const OscCommand *one = osc_command_all (); one->code != NULL; one++) {
    g_assert_cmpuint (strlen (one->code), >=, 6); /* a shorter one is typing */
    g_assert_cmpint (osc_command_key (one->code), ==, one->key);
  }
  osc_shell_scan (desk.shell, COLA_CODE);
  osc_shell_scan (desk.shell, "OSY-BACK");
  g_assert_true (osc_shell_view (desk.shell) != OSC_VIEW (desk.sale));
  osc_shell_scan (desk.shell, "osy-new");
  g_assert_true (osc_shell_view (desk.shell) == OSC_VIEW (desk.sale));
  osc_shell_scan (desk.shell, COLA_CODE);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 2);
  osc_shell_scan (desk.shell, "OSY-SPLIT");
  osc_fixture_spin (50);
  g_assert_nonnull (find (window_of (&desk), says, _ ("There is nothing here to do that with")));
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 2);
  desk_close (&desk);
}

static void
test_escape_keeps (void)
{
  Desk desk;

  desk_open (&desk);
  tap_tile (&desk, "떡볶이");
  tap_chip (&desk, "매운맛");
  gtk_editable_set_text (entry (&desk, "note"), "양념 많이");
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  tap_tile (&desk, "떡볶이");
  g_assert_cmpint (osc_option_chip_quantity (chip (&desk, "매운맛")), ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (entry (&desk, "note")), ==, "양념 많이");
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpstr (osc_cart_line_note (line (&desk, 0)), ==, "양념 많이");
  key (&desk, OSC_KEY_TABLE);
  press_text (window_of (&desk), "7");
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpstr (osc_cart_text (cart (&desk), OSC_CART_TABLE), ==, "7");
  key (&desk, OSC_KEY_BACK); /* to the board */
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (desk.sale)));
  key (&desk, OSC_KEY_NEW);
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 1);
  g_assert_nonnull (find (window_of (&desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_CART_ROW)));
  desk_close (&desk);
}

/* While a letter is being composed no key acts; what is committed arrives whole. */
static void
test_input_method (void)
{
  Desk desk;
  GtkWidget *text;

  desk_open (&desk);
  press_text (window_of (&desk), _ ("Guest"));
  osc_fixture_spin (100);
  text = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (GTK_IS_TEXT (text));
  g_signal_emit_by_name (text, "preedit-changed", "하");
  g_assert_false (press_key (&desk, GDK_KEY_Escape, 9));
  g_assert_cmpstr (osc_cart_text (cart (&desk), OSC_CART_NAME), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (text), "정하늘");
  g_signal_emit_by_name (text, "preedit-changed", "");
  g_assert_true (press_key (&desk, GDK_KEY_Escape, 9));
  osc_fixture_spin (50);
  g_assert_cmpstr (osc_cart_text (cart (&desk), OSC_CART_NAME), ==, "정하늘");
  g_assert_nonnull (find (window_of (&desk), says, "정하늘"));
  desk_close (&desk);
}

/* Every text under @widget, a line each. */
static void
read_labels (GtkWidget *widget, GString *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_child_visible (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child) && gtk_widget_get_visible (child))
      read_labels (child, text);
}

static gboolean
guest_reads (GtkWindow *window, const char *words)
{
  g_autoptr (GString) text = g_string_new ("\n");
  g_autofree char *line = g_strdup_printf ("\n%s\n", words);

  read_labels (GTK_WIDGET (window), text);
  return strstr (text->str, line) != NULL;
}

static gboolean
guest_reads_won (GtkWindow *window, gint64 won)
{
  g_autofree char *money = osc_words_money (won);

  return guest_reads (window, money);
}

/* The window for the guest says what the cart says, at every moment, and nothing of a guest. */
static void
test_guest_window (void)
{
  Desk desk;

  desk_open (&desk);
  osc_guest_window_follow (desk.shell);
  GtkWindow *guest = osc_guest_window_open (desk.shell);
  g_assert_true (osc_guest_window_open (desk.shell) == guest);
  osc_fixture_spin (50);
  g_assert_true (guest_reads (guest, _ ("Welcome")));
  tap_tile (&desk, "김밥");
  tap_tile (&desk, "김밥");
  g_assert_true (guest_reads (guest, "김밥 × 2"));
  g_assert_true (guest_reads_won (guest, osc_cart_total (cart (&desk))));
  tap_tile (&desk, "라면");
  osc_fixture_stop (desk.context.menu, "라면");
  osc_fixture_price (desk.context.menu, "김밥", 4000);
  osc_fixture_spin (50);
  g_assert_false (guest_reads (guest, "라면")); /* it is not in the total either */
  g_assert_true (guest_reads_won (guest, osc_cart_line_amount (line (&desk, 0))));
  g_assert_true (guest_reads_won (guest, osc_cart_total (cart (&desk))));
  key (&desk, OSC_KEY_HOLD);
  g_assert_true (guest_reads (guest, _ ("Welcome")));
  osc_cart_set_channel (cart (&desk), "PHONE");
  tap_tile (&desk, "순대");
  g_assert_true (guest_reads (guest, _ ("Welcome")));
  osc_cart_set_channel (cart (&desk), "COUNTER");
  g_assert_true (guest_reads (guest, "순대"));
  osc_shell_go (desk.shell, "orders", NULL);
  osc_fixture_spin (20);
  g_assert_true (guest_reads (guest, _ ("Welcome")));
  osc_guest_window_close (desk.shell);
  osc_shell_go (desk.shell, "sale", NULL);
  desk_close (&desk);
}

/* The guest's language is not that of the console: words, dishes and options; without a name in it
 * a dish is called as it is sold. */
static void
test_guest_language (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *display = osc_guest_display_new ();
  const OsyMenuItem *item = osy_menu_find_item (osc_menu_store_get (desk.context.menu),
                                                osc_fixture_dish (desk.context.menu, "김밥"));
  g_autofree char *both = g_strdup_printf ("김밥 · %s × 2", item->name_en);
  g_autofree char *english = g_strdup_printf ("%s × 2", item->name_en);

  gtk_window_set_child (window, display);
  gtk_window_present (window);
  tap_tile (&desk, "김밥");
  tap_tile (&desk, "김밥");
  osc_guest_display_speak (OSC_GUEST_DISPLAY (display), "ko", desk.context.menu);
  osc_guest_display_show_cart (OSC_GUEST_DISPLAY (display), cart (&desk));
  osc_fixture_spin (20);
  g_assert_true (guest_reads (window, "합계") && guest_reads (window, "김밥 × 2"));
  osc_guest_display_speak (OSC_GUEST_DISPLAY (display), "en", desk.context.menu);
  osc_guest_display_show_cart (OSC_GUEST_DISPLAY (display), cart (&desk));
  osc_fixture_spin (20);
  g_assert_true (guest_reads (window, "Total") && guest_reads (window, english));
  g_assert_false (guest_reads (window, "김밥 × 2"));
  osc_guest_display_speak (OSC_GUEST_DISPLAY (display), "both", desk.context.menu);
  osc_guest_display_show_cart (OSC_GUEST_DISPLAY (display), cart (&desk));
  osc_fixture_spin (20);
  g_assert_true (guest_reads (window, "합계 · Total") && guest_reads (window, both));
  gtk_window_destroy (window);
  desk_close (&desk);
}

static guint
count_windows (void)
{
  return g_list_model_get_n_items (gtk_window_get_toplevels ());
}

/* The setting opens and closes it; who closes it has set that. */
static void
test_guest_setting (void)
{
  GSettings *settings = osc_settings_get ();
  Desk desk;

  g_assert_nonnull (settings);
  desk_open (&desk);
  guint before = count_windows ();
  osc_guest_window_follow (desk.shell);
  g_assert_cmpuint (count_windows (), ==, before);
  g_settings_set_string (settings, "guest-display", "on");
  osc_fixture_spin (100);
  g_assert_cmpuint (count_windows (), ==, before + 1);
  g_settings_set_string (settings, "guest-display", "off");
  osc_fixture_spin (100);
  g_assert_cmpuint (count_windows (), ==, before);
  g_settings_set_string (settings, "guest-display", "on");
  osc_fixture_spin (100);
  gtk_window_close (osc_guest_window_open (desk.shell));
  osc_fixture_spin (100);
  g_autofree char *kept = g_settings_get_string (settings, "guest-display");
  g_assert_cmpstr (kept, ==, "off");
  g_assert_cmpuint (count_windows (), ==, before);
  g_settings_set_string (settings, "guest-display", "on");
  osc_fixture_spin (100);
  desk_close (&desk); /* it goes with the console */
  osc_fixture_spin (50);
  g_assert_cmpuint (count_windows (), ==, before - 1);
  g_settings_set_string (settings, "guest-display", "off");
}

static void
test_sold_out (void)
{
  Desk desk;

  desk_open (&desk);
  press_text (window_of (&desk), _ ("Sold out")); /* two taps */
  tap_tile (&desk, "순대");
  g_assert_nonnull (desk.stopped);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (desk.stopped), "until"), ==,
                   "TODAY");
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  g_clear_pointer (&desk.stopped, json_node_unref);
  osc_fixture_stop (desk.context.menu, "순대");
  osc_fixture_spin (50);
  tap_tile (&desk, "순대");
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 0);
  press_text (window_of (&desk), _ ("Sell again"));
  g_assert_nonnull (desk.stopped);
  desk_close (&desk);
}

static void
test_daemon_lost (void)
{
  Desk desk;

  desk_open (&desk);
  tap_tile (&desk, "김밥");
  osc_shell_set_live (desk.shell, "no server");
  osc_fixture_spin (100);
  g_assert_false (gtk_widget_is_sensitive (find (window_of (&desk), has_class, "send")));
  key (&desk, OSC_KEY_COMMIT);
  g_assert_null (desk.sent);
  tap_tile (&desk, "김밥");
  g_assert_cmpint (osc_cart_count (cart (&desk)), ==, 2);
  osc_shell_set_live (desk.shell, NULL);
  press (window_of (&desk), "send");
  g_assert_nonnull (desk.sent);
  desk_close (&desk);
}

static void
test_phone_order (void)
{
  Desk desk;

  desk_open (&desk);
  press_text (window_of (&desk), _ ("Phone order"));
  osc_fixture_spin (100);
  press_text (window_of (&desk), "0");
  press_text (window_of (&desk), "1");
  press_text (window_of (&desk), "00");
  press_text (window_of (&desk), "00");
  press_text (window_of (&desk), "00");
  press_text (window_of (&desk), "1");
  press_text (window_of (&desk), "2");
  press_text (window_of (&desk), "3");
  osc_fixture_spin (50);
  g_assert_cmpstr (osc_cart_text (cart (&desk), OSC_CART_PHONE), ==, "010-0000-0123");
  key (&desk, OSC_KEY_COMMIT);
  tap_tile (&desk, "비빔밥");
  key (&desk, OSC_KEY_COMMIT);
  g_assert_cmpstr (sent_text (&desk, "channel"), ==, "PHONE");
  g_assert_cmpstr (sent_text (&desk, "type"), ==, "TAKEOUT");
  desk_close (&desk);
}

static guint
count_tiles (GtkWidget *widget)
{
  guint tiles = OSC_IS_SALE_TILE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    tiles += count_tiles (child);
  return tiles;
}

/* Two thousand dishes need no more tiles than thirty. */
static void
test_many_dishes (void)
{
  OsyMenuData *data = osy_menu_data_new ("0193489a-0000-7000-8000-000000000001", 9);
  OsyMenuCategory *category = osy_menu_category_new ();
  Desk desk;

  desk_open (&desk);
  category->id = g_strdup ("c");
  category->name = g_strdup ("c");
  for (int i = 0; i < 2000; i++) {
    OsyMenuItem *item = osy_menu_item_new ();

    item->id = g_strdup_printf ("i%d", i);
    item->category_id = g_strdup ("c");
    item->name = g_strdup_printf ("김밥 %d", i);
    g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, 1000 + i));
    g_ptr_array_add (category->items, item);
  }
  g_ptr_array_add (data->categories, category);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  osc_menu_store_put (desk.context.menu, menu);
  osc_fixture_spin (100);
  g_assert_cmpuint (count_tiles (window_of (&desk)), <=, 30);
  key (&desk, OSC_KEY_PAGE_DOWN);
  g_assert_nonnull (find (window_of (&desk), is_tile_of, "i20"));
  g_assert_null (find (window_of (&desk), is_tile_of, "i19"));
  gtk_editable_set_text (entry (&desk, "search"), "ㄱㅂ1999");
  osc_fixture_spin (50);
  g_assert_nonnull (find (window_of (&desk), is_tile_of, "i1999"));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_setenv ("GSETTINGS_SCHEMA_DIR", OSY_BUILD_DIR "/data", TRUE);
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/sale/by-keys", test_by_keys);
  g_test_add_func ("/console/sale/by-touch", test_by_touch);
  g_test_add_func ("/console/sale/search", test_search);
  g_test_add_func ("/console/sale/option-rules", test_option_rules);
  g_test_add_func ("/console/sale/menu-changes", test_menu_changes);
  g_test_add_func ("/console/sale/hold-and-undo", test_hold_and_undo);
  g_test_add_func ("/console/sale/scanner", test_scanner);
  g_test_add_func ("/console/sale/commands", test_commands);
  g_test_add_func ("/console/sale/escape-keeps", test_escape_keeps);
  g_test_add_func ("/console/sale/input-method", test_input_method);
  g_test_add_func ("/console/sale/guest-window", test_guest_window);
  g_test_add_func ("/console/sale/guest-language", test_guest_language);
  g_test_add_func ("/console/sale/guest-setting", test_guest_setting);
  g_test_add_func ("/console/sale/sold-out", test_sold_out);
  g_test_add_func ("/console/sale/daemon-lost", test_daemon_lost);
  g_test_add_func ("/console/sale/phone-order", test_phone_order);
  g_test_add_func ("/console/sale/many-dishes", test_many_dishes);
  return g_test_run ();
}
