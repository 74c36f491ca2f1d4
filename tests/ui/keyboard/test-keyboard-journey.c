/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A scanner and a person at the same keyboard, by keys that the X server sends: whatever has the
 * focus, a scan does what its code stands for and leaves nothing behind, and nothing that a person
 * types is lost; a known guest's order by phone takes no more than five keys and the number. */

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <glib/gi18n.h>
#include <gmodule.h>

#include "find.h"
#include "osc-drawer.h"
#include "osc-fixture.h"
#include "osc-sale.h"
#include "osc-scanner.h"
#include "osc-sheet.h"
#include "osc-tables.h"
#include "osy-clock.h"
#include "osy-id-digits.h"

#define COLA_CODE "8801056150013"
#define LETTER_CODE "1Kr-2026b" /* the key of 1 picks a card of the board */
#define CHECK_ID "00000000-0000-7000-8000-0000000c0de5"
#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define SCANNER_MS 4
#define HAND_MS 60
#define FRAME_US 20000

typedef int (*FakeKey) (Display *display, unsigned keycode, int press, unsigned long delay);
typedef int (*FakeMotion) (Display *display, int screen, int x, int y, unsigned long delay);
typedef void (*AskMotion) (GdkSurface *surface);

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  Display *display;
  guint n_acts;    /* asked of orders */
  guint n_changed; /* how often the text with the focus changed */
  guint n_keys;    /* pressed by hand, a number's digits not counted */
  char *asked;     /* nullable: the number that was looked for */
  JsonNode *sent;  /* nullable: the order that left */
} Desk;

static GtkApplication *application;
static FakeKey fake_key;
static FakeKey fake_button;
static FakeMotion fake_motion;
static AskMotion ask_motion; /* GDK's own, in no header */

/* ---- the keyboard ---- */

static void
wait_for (Desk *desk, gboolean (*check) (Desk *desk))
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!check (desk)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    osc_fixture_spin (10);
  }
}

static gboolean
has_keyboard (Desk *desk)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (desk->window));

  XSetInputFocus (desk->display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (desk->display);
  return gtk_window_is_active (GTK_WINDOW (desk->window));
}

static void
strike (Desk *desk, KeySym symbol, gboolean shift, guint gap)
{
  unsigned code = XKeysymToKeycode (desk->display, symbol);
  unsigned with = XKeysymToKeycode (desk->display, XStringToKeysym ("Shift_L"));

  g_assert_cmpuint (code, !=, 0);
  if (shift)
    fake_key (desk->display, with, True, 0);
  fake_key (desk->display, code, True, gap);
  fake_key (desk->display, code, False, 0);
  if (shift)
    fake_key (desk->display, with, False, 0);
}

/* The server itself keeps the time between two keys: the load of this machine changes nothing. */
static void
type (Desk *desk, const char *text, guint gap, gboolean enter)
{
  for (; *text != '\0'; text++)
    strike (desk, (KeySym)g_ascii_tolower (*text), g_ascii_isupper (*text), gap);
  if (enter)
    strike (desk, XStringToKeysym ("Return"), FALSE, gap);
  XFlush (desk->display);
}

static void
hit (Desk *desk, const char *name)
{
  strike (desk, XStringToKeysym (name), FALSE, HAND_MS);
  XFlush (desk->display);
  desk->n_keys++;
}

static void
scan (Desk *desk, const char *code)
{
  type (desk, code, SCANNER_MS, TRUE);
}

/* ---- the desk ---- */

static void
on_act (Desk *desk)
{
  desk->n_acts++;
}

static void
put_menu (Desk *desk)
{
  OsyMenuData *data = osy_menu_data_new ("0193489a-0000-7000-8000-000000000001", 9);
  OsyMenuCategory *category = osy_menu_category_new ();
  static const char *const codes[] = {COLA_CODE, LETTER_CODE};

  category->id = g_strdup ("c");
  category->name = g_strdup ("음료");
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    OsyMenuItem *item = osy_menu_item_new ();

    item->id = g_strdup_printf ("i%u", i);
    item->category_id = g_strdup ("c");
    item->name = g_strdup (i == 0 ? "콜라" : "식혜");
    item->code = g_strdup (codes[i]);
    g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, 2000));
    g_ptr_array_add (category->items, item);
  }
  g_ptr_array_add (data->categories, category);
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  osc_menu_store_put (desk->context.menu, menu);
}

static void
put_order (Desk *desk, int number, const char *check_id)
{
  OsyOrderData *data = osc_fixture_order (number, "PREPARING", "TAKEOUT", 60);

  osc_fixture_line (data, "김밥", 1, 3500, NULL);
  g_free (data->check_id);
  data->check_id = g_strdup (check_id);
  g_autoptr (OsyOrder) order = osy_order_new (data);
  osc_order_store_put (desk->context.orders, order, "order.created");
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  put_menu (desk);
  put_order (desk, 11, NULL);
  put_order (desk, 12, CHECK_ID);
  osc_fixture_tables (desk->context.tables);
  g_signal_connect_swapped (desk->context.acts, "done", G_CALLBACK (on_act), desk);
  g_signal_connect_swapped (desk->context.acts, "failed", G_CALLBACK (on_act), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  desk->display = gdk_x11_display_get_xdisplay (gtk_widget_get_display (GTK_WIDGET (desk->window)));
  wait_for (desk, has_keyboard);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  osy_clock_set_fake (0);
}

static OscSale *
sale (Desk *desk)
{
  OscView *view = osc_shell_view (desk->shell);

  return OSC_IS_SALE (view) ? OSC_SALE (view) : NULL;
}

static int
in_cart (Desk *desk)
{
  return sale (desk) != NULL ? osc_cart_count (osc_carts_current (osc_sale_carts (sale (desk))))
                             : 0;
}

static gboolean
holds_one (Desk *desk)
{
  return in_cart (desk) == 1;
}

static gboolean
holds_two (Desk *desk)
{
  return in_cart (desk) == 2;
}

static void
on_changed (Desk *desk)
{
  desk->n_changed++;
}

/* The search of the sale, with the focus. */
static GtkEditable *
open_search (Desk *desk)
{
  osc_shell_go (desk->shell, "sale", NULL);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_FIND));
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (GTK_IS_TEXT (text));
  desk->n_changed = 0;
  g_signal_connect_swapped (text, "changed", G_CALLBACK (on_changed), desk);
  return GTK_EDITABLE (text);
}

static OscDrawer *
drawer (Desk *desk)
{
  return (OscDrawer *)find (GTK_WIDGET (desk->window), is_of_type,
                            GSIZE_TO_POINTER (OSC_TYPE_DRAWER));
}

static gboolean
shows_drawer (Desk *desk)
{
  return drawer (desk) != NULL;
}

static gboolean
holds_three (Desk *desk)
{
  return in_cart (desk) == 3;
}

/* The focus is in the entry of the number. */
static gboolean
has_phone_field (Desk *desk)
{
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (desk->window));
  GtkWidget *entry = text != NULL ? gtk_widget_get_ancestor (text, GTK_TYPE_ENTRY) : NULL;

  return entry != NULL &&
         gtk_entry_get_input_purpose (GTK_ENTRY (entry)) == GTK_INPUT_PURPOSE_PHONE;
}

/* ---- the tests ---- */

static void
test_from_a_field (void)
{
  Desk desk;

  desk_open (&desk);
  GtkEditable *search = open_search (&desk);
  gtk_editable_set_text (search, "ㄱㅂ");
  desk.n_changed = 0;
  scan (&desk, COLA_CODE);
  wait_for (&desk, holds_one);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "ㄱㅂ");
  /* Its first letter may have been there for a moment; of the others none was. */
  g_assert_cmpuint (desk.n_changed, <=, 4);
  desk.n_changed = 0;
  scan (&desk, COLA_CODE);
  wait_for (&desk, holds_two);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "ㄱㅂ");
  g_assert_cmpuint (desk.n_changed, <=, 4);
  desk_close (&desk);
}

/* Of the board each letter would be an act, and each digit a choice. */
static void
test_from_the_board (void)
{
  Desk desk;

  desk_open (&desk);
  scan (&desk, LETTER_CODE);
  wait_for (&desk, holds_one);
  g_assert_cmpuint (desk.n_acts, ==, 0);
  osc_shell_go (desk.shell, "orders", NULL);
  g_assert_null (find (GTK_WIDGET (desk.window), has_class, "picked"));
  scan (&desk, COLA_CODE);
  wait_for (&desk, holds_two); /* of the sale that was open */
  g_assert_cmpuint (desk.n_acts, ==, 0);
  desk_close (&desk);
}

static void
test_receipts (void)
{
  Desk desk;
  g_autofree char *receipt = osy_id_to_digits (CHECK_ID);

  desk_open (&desk);
  scan (&desk, receipt);
  wait_for (&desk, shows_drawer);
  g_assert_nonnull (find (GTK_WIDGET (drawer (&desk)), says, "12"));
  osc_shell_open (desk.shell, NULL);
  scan (&desk, "http-kr/o/00000000-0000-7000-8000-000000000011");
  wait_for (&desk, shows_drawer);
  g_assert_nonnull (find (GTK_WIDGET (drawer (&desk)), says, "11"));
  g_assert_cmpuint (desk.n_acts, ==, 0);
  desk_close (&desk);
}

static gboolean
shows_tables (Desk *desk)
{
  return OSC_IS_TABLES (osc_shell_view (desk->shell));
}

static void
test_tables (void)
{
  Desk desk;
  g_autofree char *id = osc_fixture_table_id (7);
  g_autofree char *code = osy_id_to_digits (id);

  desk_open (&desk);
  open_search (&desk);
  scan (&desk, code);
  wait_for (&desk, shows_tables);
  desk_close (&desk);
}

static gboolean
says_unknown (Desk *desk)
{
  g_autofree char *words = g_strdup_printf (_ ("Nothing has the code %s"), "4901777018888");

  return find (GTK_WIDGET (desk->window), says, words) != NULL;
}

static void
test_unknown (void)
{
  Desk desk;

  desk_open (&desk);
  GtkEditable *search = open_search (&desk);
  scan (&desk, "4901777018888");
  wait_for (&desk, says_unknown);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_cmpuint (desk.n_changed, <=, 4);
  desk_close (&desk);
}

/* Where the layout has Hangul on the letters, codes are read by where the keys are. */
static void
test_korean_layout (void)
{
  /* k r b */
  static const struct {
    const char *latin;
    KeySym hangul;
  } keys[] = {{"k", 0x0100314F}, {"r", 0x01003131}, {"b", 0x01003160}};
  KeySym before[G_N_ELEMENTS (keys)];
  unsigned codes[G_N_ELEMENTS (keys)];
  Desk desk;

  desk_open (&desk);
  GtkEditable *search = open_search (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    KeySym both[] = {keys[i].hangul, keys[i].hangul};

    before[i] = XStringToKeysym (keys[i].latin);
    codes[i] = XKeysymToKeycode (desk.display, before[i]);
    XChangeKeyboardMapping (desk.display, (int)codes[i], 2, both, 1);
  }
  XSync (desk.display, False);
  osc_fixture_spin (200); /* the toolkit reads the new layout when the server tells of it */
  for (const char *c = LETTER_CODE; *c != '\0'; c++) {
    gboolean moved = FALSE;

    for (guint i = 0; !moved && i < G_N_ELEMENTS (keys); i++)
      if (g_ascii_tolower (*c) == keys[i].latin[0]) {
        strike (&desk, keys[i].hangul, g_ascii_isupper (*c), SCANNER_MS);
        moved = TRUE;
      }
    if (!moved)
      strike (&desk, (KeySym)*c, FALSE, SCANNER_MS);
  }
  strike (&desk, XStringToKeysym ("Return"), FALSE, SCANNER_MS);
  XFlush (desk.display);
  wait_for (&desk, holds_one);
  g_assert_cmpuint (desk.n_changed, <=, 4);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    KeySym both[] = {before[i], before[i] - 0x20};

    XChangeKeyboardMapping (desk.display, (int)codes[i], 2, both, 1);
  }
  XSync (desk.display, False);
  desk_close (&desk);
}

static const char *awaited;

static gboolean
reads_awaited (Desk *desk)
{
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (desk->window));

  return GTK_IS_TEXT (text) && strcmp (gtk_editable_get_text (GTK_EDITABLE (text)), awaited) == 0;
}

/* However fast a person types: all of it arrives, in its order. */
static void
test_a_person (void)
{
  Desk desk;

  desk_open (&desk);
  GtkEditable *search = open_search (&desk);
  type (&desk, "gimbab 2", HAND_MS, FALSE);
  awaited = "gimbab 2";
  wait_for (&desk, reads_awaited);
  gtk_editable_set_text (search, "");
  type (&desk, "Quick12345", 10, FALSE); /* no Enter: no scan */
  awaited = "Quick12345";
  wait_for (&desk, reads_awaited);
  gtk_editable_set_text (search, "");
  type (&desk, "12345", 10, TRUE); /* too short for one */
  awaited = "12345";
  wait_for (&desk, reads_awaited);
  strike (&desk, XStringToKeysym ("BackSpace"), FALSE, 1);
  type (&desk, "6", 1, FALSE);
  strike (&desk, XStringToKeysym ("BackSpace"), FALSE, 1);
  type (&desk, "7", 1, FALSE); /* behind what came before it */
  awaited = "12347";
  wait_for (&desk, reads_awaited);
  g_assert_cmpint (in_cart (&desk), ==, 0);
  desk_close (&desk);
}

/* ---- a dialog ---- */

static OscSheet *sheet;

static gboolean
sheet_has_keyboard (Desk *desk)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (sheet));

  if (surface == NULL || !gtk_widget_get_mapped (GTK_WIDGET (sheet)))
    return FALSE;
  XSetInputFocus (desk->display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (desk->display);
  return gtk_window_is_active (GTK_WINDOW (sheet)) &&
         GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (sheet)));
}

static gboolean
sheet_reads_awaited (Desk *desk)
{
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (sheet));

  return GTK_IS_TEXT (text) && strcmp (gtk_editable_get_text (GTK_EDITABLE (text)), awaited) == 0;
}

static gboolean
says_finish_first (Desk *desk)
{
  return find (GTK_WIDGET (desk->window), says, _ ("Finish what is open first, then scan again")) !=
         NULL;
}

static gboolean
has_acted (Desk *desk)
{
  return desk->n_acts == 1;
}

/* What has been written there stays, and Enter of the scanner is not its verb. */
static void
test_over_a_sheet (void)
{
  Desk desk;

  desk_open (&desk);
  sheet = osc_sheet_new (GTK_WIDGET (desk.window));
  osc_sheet_ask (sheet, "Who waits", NULL, "Add");
  osc_sheet_add_field (sheet, "Name", NULL, FALSE);
  g_signal_connect_swapped (sheet, "primary", G_CALLBACK (on_act), &desk);
  wait_for (&desk, sheet_has_keyboard);
  type (&desk, "kim 4", HAND_MS, FALSE);
  awaited = "kim 4";
  wait_for (&desk, sheet_reads_awaited);
  osc_fixture_spin (HAND_MS); /* nobody scans within a letter */
  scan (&desk, COLA_CODE);
  wait_for (&desk, says_finish_first);
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (sheet));
  g_assert_true (GTK_IS_TEXT (text));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, awaited);
  g_assert_cmpuint (desk.n_acts, ==, 0);
  g_assert_cmpint (in_cart (&desk), ==, 0);
  hit (&desk, "Return");
  wait_for (&desk, has_acted);
  gtk_window_destroy (GTK_WINDOW (sheet));
  sheet = NULL;
  wait_for (&desk, has_keyboard);
  scan (&desk, COLA_CODE); /* the window below has its own again */
  wait_for (&desk, holds_one);
  desk_close (&desk);
}

/* ---- a telephone ---- */

static void
on_asked (OscCaller *caller, const char *phone, Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup (phone);
}

static void
on_sent (OscCart *cart, JsonNode *body, Desk *desk)
{
  g_clear_pointer (&desk->sent, json_node_unref);
  desk->sent = json_node_copy (body);
}

static gboolean
has_asked (Desk *desk)
{
  return g_strcmp0 (desk->asked, "010-2345-6789") == 0;
}

static gboolean
has_sent (Desk *desk)
{
  return desk->sent != NULL;
}

static void
add_dish (OsyOrderData *data, const char *id, const char *name, int quantity)
{
  OsyOrderLine *line;

  osc_fixture_line (data, name, quantity, 1500, NULL); /* it costs 2,000 by now */
  line = g_ptr_array_index (data->lines, data->lines->len - 1);
  g_free (line->menu_item_id);
  line->menu_item_id = g_strdup (id);
}

/* What the daemon knows of the number: a cancelled order, then one of two dishes. */
static void
answer_number (Desk *desk, const char *second)
{
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);
  OsyOrderData *dropped = osc_fixture_order (20, "CANCELED", "TAKEOUT", 600);
  OsyOrderData *last = osc_fixture_order (19, "COMPLETED", "TAKEOUT", 90000);

  add_dish (dropped, "i1", "식혜", 9);
  add_dish (last, "i0", "콜라", 2);
  add_dish (last, second, second[0] == 'i' ? "식혜" : "순대", 1);
  last->customer_name = g_strdup ("정**");
  g_ptr_array_add (orders, osy_order_new (dropped));
  g_ptr_array_add (orders, osy_order_new (last));
  osc_caller_take (osc_sale_caller (sale (desk)), orders);
}

static void
call_in (Desk *desk)
{
  hit (desk, "F10");
  wait_for (desk, has_phone_field);
  g_signal_connect (osc_sale_caller (sale (desk)), "requested", G_CALLBACK (on_asked), desk);
  type (desk, "01023456789", HAND_MS, FALSE);
}

static void
desk_hang_up (Desk *desk)
{
  desk_close (desk);
  g_clear_pointer (&desk->asked, g_free);
  g_clear_pointer (&desk->sent, json_node_unref);
}

/* From the board to the kitchen: three keys besides the number. */
static void
test_known_guest (void)
{
  Desk desk;

  desk_open (&desk);
  call_in (&desk);
  hit (&desk, "Return"); /* the answer is not there yet: it waits for it */
  wait_for (&desk, has_asked);
  g_assert_cmpint (in_cart (&desk), ==, 0);
  answer_number (&desk, "i1");
  g_assert_cmpint (in_cart (&desk), ==, 3);
  OscCart *cart = osc_carts_current (osc_sale_carts (sale (&desk)));
  g_assert_cmpint (osc_cart_total (cart), ==, 6000); /* today's prices */
  g_assert_cmpstr (osc_cart_text (cart, OSC_CART_PHONE), ==, "010-2345-6789");
  g_signal_connect (cart, "requested", G_CALLBACK (on_sent), &desk);
  hit (&desk, "Return");
  wait_for (&desk, has_sent);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (desk.sent), "channel"), ==,
                   "PHONE");
  g_assert_cmpuint (desk.n_keys, <=, 5);
  desk_hang_up (&desk);
}

/* What has left the menu is named and stays on its line. */
static void
test_gone_dish (void)
{
  Desk desk;
  g_autofree char *words = g_strdup_printf (_ ("Not to be had now: %s"), "순대");

  desk_open (&desk);
  call_in (&desk);
  wait_for (&desk, has_asked);
  answer_number (&desk, "gone");
  hit (&desk, "Return");
  wait_for (&desk, holds_three);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, words));
  g_assert_nonnull (find (GTK_WIDGET (desk.window), has_class, "unsellable"));
  desk_hang_up (&desk);
}

/* A number without an order, or no answer: Enter goes on to the dishes. */
static void
test_new_guest (void)
{
  Desk desk;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  desk_open (&desk);
  call_in (&desk);
  hit (&desk, "Return");
  wait_for (&desk, has_asked);
  osc_caller_take (osc_sale_caller (sale (&desk)), none);
  osc_fixture_spin (50);
  g_assert_false (has_phone_field (&desk));
  hit (&desk, "F10"); /* another call: the first is put by */
  wait_for (&desk, has_phone_field);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (osc_sale_carts (sale (&desk)))), ==, 1);
  desk_hang_up (&desk);
}

static void
test_bursts (void)
{
  OscScanner scanner = {.length = 0};
  const GdkModifierType none = 0;

  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (osc_scanner_key (&scanner, '0' + i, 10 + i, none, 100 + i * 34), ==,
                     i == 0 ? OSC_SCAN_FIRST : OSC_SCAN_NEXT);
  g_assert_cmpint (osc_scanner_key (&scanner, GDK_KEY_Return, 36, none, 100 + 5 * 34 + 34), ==,
                   OSC_SCAN_COMPLETE);
  g_assert_cmpstr (osc_scanner_code (&scanner), ==, "012345");
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (osc_scanner_key (&scanner, '0' + i, 10 + i, none, 1000 + i * 35), ==,
                     OSC_SCAN_FIRST);
  g_assert_cmpint (osc_scanner_key (&scanner, GDK_KEY_Return, 36, none, 2000), ==,
                   OSC_SCAN_NOTHING);
  g_assert_cmpint (osc_scanner_key (&scanner, 'a', 38, GDK_CONTROL_MASK, 3000), ==,
                   OSC_SCAN_NOTHING);
  g_assert_cmpint (osc_scanner_char ('A', 38, GDK_LOCK_MASK), ==, 'a');
  g_assert_cmpint (osc_scanner_char (0x01003141, 38, GDK_SHIFT_MASK), ==, 'A');
  g_assert_cmpint (osc_scanner_char (GDK_KEY_KP_7, 79, none), ==, '7');
  g_assert_cmpint (osc_scanner_char (GDK_KEY_space, 65, none), ==, 0);
  g_assert_cmpint (osc_scanner_char (GDK_KEY_Tab, 23, none), ==, 0);
}

/* ---- a press that is shorter than a frame ---- */

typedef struct {
  Desk desk;
  GtkWidget *button;
  gboolean is_up;
  guint n_frames;
  guint n_seen; /* of them by lift_cb() */
  guint n_clicked;
} Touch;

static void
on_clicked (Touch *touch)
{
  touch->n_clicked++;
}

static void
on_flush (Touch *touch)
{
  touch->n_frames++;
}

/* Of the priority of what begins a frame, and older. When none began after a rest as long as one,
 * one is due, right after this: the server knows then that the finger is up, and the program has
 * not read it yet. */
static gboolean
lift_cb (gpointer data)
{
  Touch *touch = data;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (touch->button);

  if (touch->n_frames != touch->n_seen) {
    touch->n_seen = touch->n_frames;
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_FLUSH_EVENTS);
    g_usleep (FRAME_US);
    return G_SOURCE_CONTINUE;
  }
  touch->is_up = TRUE;
  ask_motion (gtk_native_get_surface (GTK_NATIVE (touch->desk.window))); /* as a layout does */
  fake_button (touch->desk.display, 1, False, 0);
  XSync (touch->desk.display, False);
  return G_SOURCE_REMOVE;
}

static void
on_down (Touch *touch)
{
  touch->n_seen = G_MAXUINT;
  g_idle_add_full (GDK_PRIORITY_EVENTS + 1, lift_cb, touch, NULL);
}

static void
put_pointer (Touch *touch)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (touch->desk.window));
  graphene_point_t at;
  double left;
  double top;
  int x;
  int y;
  Window child;

  g_assert_true (gtk_widget_compute_point (
      touch->button, GTK_WIDGET (touch->desk.window),
      &GRAPHENE_POINT_INIT ((float)gtk_widget_get_width (touch->button) / 2,
                            (float)gtk_widget_get_height (touch->button) / 2),
      &at));
  gtk_native_get_surface_transform (GTK_NATIVE (touch->desk.window), &left, &top);
  XTranslateCoordinates (touch->desk.display, gdk_x11_surface_get_xid (surface),
                         DefaultRootWindow (touch->desk.display), (int)(at.x + left),
                         (int)(at.y + top), &x, &y, &child);
  fake_motion (touch->desk.display, -1, x, y, 0);
}

static gboolean
was_clicked (Desk *desk)
{
  return ((Touch *)desk)->n_clicked > 0;
}

static void
test_brief_touch (void)
{
  Touch touch = {.is_up = FALSE};
  GtkGesture *watch = gtk_gesture_click_new ();

  desk_open (&touch.desk);
  touch.button = find (GTK_WIDGET (touch.desk.window), has_class, "tool");
  g_assert_true (GTK_IS_BUTTON (touch.button));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (touch.button);
  g_signal_connect_swapped (touch.button, "clicked", G_CALLBACK (on_clicked), &touch);
  g_signal_connect_swapped (watch, "pressed", G_CALLBACK (on_down), &touch);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (watch), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (touch.button, GTK_EVENT_CONTROLLER (watch));
  g_signal_connect_swapped (clock, "flush-events", G_CALLBACK (on_flush), &touch);
  put_pointer (&touch);
  fake_button (touch.desk.display, 1, True, 0);
  XFlush (touch.desk.display);
  wait_for (&touch.desk, was_clicked);
  g_assert_true (touch.is_up);
  g_assert_cmpuint (touch.n_clicked, ==, 1);
  g_signal_handlers_disconnect_by_data (clock, &touch);
  desk_close (&touch.desk);
}

int
main (int argc, char **argv)
{
  GModule *module = g_module_open ("libXtst.so.6", G_MODULE_BIND_LAZY);
  GModule *own = g_module_open (NULL, G_MODULE_BIND_LAZY);

  /* Of the package that xdotool needs; its headers are not wanted elsewhere. */
  g_assert_nonnull (module);
  g_assert_true (g_module_symbol (module, "XTestFakeKeyEvent", (gpointer *)&fake_key));
  g_assert_true (g_module_symbol (module, "XTestFakeButtonEvent", (gpointer *)&fake_button));
  g_assert_true (g_module_symbol (module, "XTestFakeMotionEvent", (gpointer *)&fake_motion));
  g_assert_true (g_module_symbol (own, "gdk_surface_request_motion", (gpointer *)&ask_motion));
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/scan/bursts", test_bursts);
  g_test_add_func ("/console/scan/from-a-field", test_from_a_field);
  g_test_add_func ("/console/scan/from-the-board", test_from_the_board);
  g_test_add_func ("/console/scan/receipts", test_receipts);
  g_test_add_func ("/console/scan/tables", test_tables);
  g_test_add_func ("/console/scan/unknown", test_unknown);
  g_test_add_func ("/console/scan/korean-layout", test_korean_layout);
  g_test_add_func ("/console/scan/a-person", test_a_person);
  g_test_add_func ("/console/scan/over-a-sheet", test_over_a_sheet);
  g_test_add_func ("/console/touch/brief", test_brief_touch);
  g_test_add_func ("/console/phone/known-guest", test_known_guest);
  g_test_add_func ("/console/phone/gone-dish", test_gone_dish);
  g_test_add_func ("/console/phone/new-guest", test_new_guest);
  return g_test_run ();
}
