/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the counter sale, over a menu of 2,000 items and real
 * templates, with the cart kept on disk, in lines of milliseconds:
 * tap N: N times: a tap on a tile to the frame that shows its line in the cart;
 * find N: N times: something typed into the search to the frame that shows what was found; and, on
 * the next line, until the tiles were chosen, without the frame;
 * keys N: N times: a key of the X server, while the scanner is watched for, to the frame that shows
 * it: a letter of the search; and, on the next line, + at a line of the cart. */

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <gmodule.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "osc-cart-panel.h"
#include "osc-fixture.h"
#include "osc-sale-tile.h"
#include "osc-sale.h"
#include "osy-clock.h"
#include "osy-id.h"

#define CATEGORIES 20
#define ITEMS_EACH 100
#define LINES 20
#define HELD_MS 70 /* a finger stays on its key */

typedef int (*FakeKey) (Display *display, unsigned keycode, int press, unsigned long delay);

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  OscSale *sale;
  guint frames; /* painted so far */
} Desk;

static GtkApplication *application;

static OsyMenuItem *
make_item (const OsyMenuCategory *category, int number)
{
  static const char *const kinds[] = {"떡볶이", "김밥", "라면", "돈까스", "순대", "튀김", "비빔밥"};
  OsyMenuItem *item = osy_menu_item_new ();

  item->id = osy_id_new ();
  item->category_id = g_strdup (category->id);
  item->name = g_strdup_printf ("%s %04d", kinds[number % (int)G_N_ELEMENTS (kinds)], number);
  item->version = 1;
  g_ptr_array_add (item->prices, osy_menu_price_new (NULL, 0, 3000 + number));
  return item;
}

static void
put_menu (OscMenuStore *store)
{
  g_autofree char *shop = osy_id_new ();
  OsyMenuData *data = osy_menu_data_new (shop, 1);

  for (int i = 0; i < CATEGORIES; i++) {
    OsyMenuCategory *category = osy_menu_category_new ();

    category->id = osy_id_new ();
    category->name = g_strdup_printf ("분류 %d", i);
    category->version = 1;
    for (int k = 0; k < ITEMS_EACH; k++)
      g_ptr_array_add (category->items, make_item (category, i * ITEMS_EACH + k));
    g_ptr_array_add (data->categories, category);
  }
  g_autoptr (OsyMenu) menu = osy_menu_new (data, NULL);
  g_assert_nonnull (menu);
  osc_menu_store_put (store, menu);
}

static void
on_painted (GdkFrameClock *clock, Desk *desk)
{
  desk->frames++;
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
desk_open (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  /* Nobody answers there; the carts are kept all the same. */
  desk->context.client = osy_client_new ("http://127.0.0.1:9");
  put_menu (desk->context.menu);
  desk->window = osc_window_new (application, 100);
  OscShell *shell = OSC_SHELL (osc_shell_new (&desk->context));
  osc_window_show_shell (desk->window, shell);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  gtk_window_present (GTK_WINDOW (desk->window));
  osc_shell_go (shell, "sale", NULL);
  desk->shell = shell;
  desk->sale = OSC_SALE (osc_shell_view (shell));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (desk->window)), "after-paint",
                    G_CALLBACK (on_painted), desk);
  osc_fixture_spin (500);
}

/* The mapped tile number @wanted, counted down to 0. */
static GtkWidget *
find_tile (GtkWidget *widget, int *wanted)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (OSC_IS_SALE_TILE (widget))
    return osc_sale_tile_item_id (OSC_SALE_TILE (widget)) != NULL && (*wanted)-- == 0 ? widget
                                                                                      : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_tile (child, wanted);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
says (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, text))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
measure_taps (int count)
{
  Desk desk;

  desk_open (&desk);
  OscCart *cart = osc_carts_current (osc_sale_carts (desk.sale));
  GtkWidget *panel = find_type (GTK_WIDGET (desk.sale), OSC_TYPE_CART_PANEL);
  for (int i = 0; i < count; i++) {
    int wanted = i % LINES;
    GtkWidget *tile = find_tile (GTK_WIDGET (desk.sale), &wanted);
    g_assert_nonnull (tile);
    const char *id = osc_sale_tile_item_id (OSC_SALE_TILE (tile));
    const char *name = osy_menu_find_item (osc_menu_store_get (desk.context.menu), id)->name;
    gint64 begin = g_get_monotonic_time ();
    g_signal_emit_by_name (tile, "clicked");
    do
      wait_frame (&desk);
    while (!says (panel, name));
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    if (i % LINES == LINES - 1)
      osc_cart_clear (cart);
    /* Not in step with the frame clock, as fingers are not. */
    osc_fixture_spin (20 + (guint)g_random_int_range (0, 17));
  }
  g_print ("\n");
}

static void
measure_find (int count)
{
  static const char *const texts[] = {"ㄸㅂㅇ",  "김밥",      "1234",
                                      "ㄹㅁ 07", "비빔밥 19", "없는 메뉴"};
  g_autoptr (GString) chosen = g_string_new (NULL);
  Desk desk;

  desk_open (&desk);
  GtkWidget *search = find_type (GTK_WIDGET (desk.sale), GTK_TYPE_ENTRY);
  g_assert_nonnull (search);
  for (int i = 0; i < count; i++) {
    gint64 begin = g_get_monotonic_time ();
    gtk_editable_set_text (GTK_EDITABLE (search), texts[i % (int)G_N_ELEMENTS (texts)]);
    g_string_append_printf (chosen, "%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    wait_frame (&desk);
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    osc_fixture_spin (20 + (guint)g_random_int_range (0, 17));
  }
  g_print ("\n%s\n", chosen->str);
}

/* ---- keys ---- */

/* The hands are another client: the server lets one wait that asks for a key later. */
static Display *
take_keyboard (Desk *desk)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (desk->window));
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));

  XSetInputFocus (display, gdk_x11_surface_get_xid (surface), RevertToParent, CurrentTime);
  XFlush (display);
  osc_fixture_spin (200);
  g_assert_true (gtk_window_is_active (GTK_WINDOW (desk->window)));
  return XOpenDisplay (NULL);
}

/* Until @shows tells that the key has done its work, and that is painted. */
static void
measure_key (Desk *desk,
             Display *display,
             FakeKey fake_key,
             const char *name,
             int (*shows) (Desk *))
{
  unsigned code = XKeysymToKeycode (display, XStringToKeysym (name));
  int before = shows (desk);
  gint64 begin = g_get_monotonic_time ();

  fake_key (display, code, True, 0);
  fake_key (display, code, False, HELD_MS);
  XFlush (display);
  while (shows (desk) == before && g_get_monotonic_time () < begin + 2 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  wait_frame (desk);
  g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
  osc_fixture_spin (100 + (guint)g_random_int_range (0, 17));
}

static int
letters (Desk *desk)
{
  GtkWidget *search = find_type (GTK_WIDGET (desk->sale), GTK_TYPE_ENTRY);

  return (int)strlen (gtk_editable_get_text (GTK_EDITABLE (search)));
}

static int
pieces (Desk *desk)
{
  return osc_cart_count (osc_carts_current (osc_sale_carts (desk->sale)));
}

static void
measure_keys (int count)
{
  GModule *module = g_module_open ("libXtst.so.6", G_MODULE_BIND_LAZY);
  FakeKey fake_key;
  int wanted = 0;
  Desk desk;

  g_assert_true (module != NULL &&
                 g_module_symbol (module, "XTestFakeKeyEvent", (gpointer *)&fake_key));
  desk_open (&desk);
  Display *display = take_keyboard (&desk);
  GtkWidget *search = find_type (GTK_WIDGET (desk.sale), GTK_TYPE_ENTRY);
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_FIND));
  for (int i = 0; i < count; i++) {
    if (i % 4 == 0) {
      gtk_editable_set_text (GTK_EDITABLE (search), "");
      osc_fixture_spin (50);
    }
    measure_key (&desk, display, fake_key, i % 4 == 3 ? "1" : "d", letters);
  }
  g_print ("\n");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_signal_emit_by_name (find_tile (GTK_WIDGET (desk.sale), &wanted), "clicked");
  gtk_window_set_focus (GTK_WINDOW (desk.window), NULL);
  osc_fixture_spin (200);
  for (int i = 0; i < count; i++)
    measure_key (&desk, display, fake_key, "equal", pieces);
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  g_autofree char *state = g_dir_make_tmp ("bench-sale-XXXXXX", NULL);

  setlocale (LC_ALL, "");
  g_setenv ("XDG_STATE_HOME", state, TRUE);
  gtk_init ();
  application = osc_fixture_application ();
  if (argc == 3 && g_str_equal (argv[1], "tap"))
    measure_taps (atoi (argv[2]));
  else if (argc == 3 && g_str_equal (argv[1], "find"))
    measure_find (atoi (argv[2]));
  else if (argc == 3 && g_str_equal (argv[1], "keys"))
    measure_keys (atoi (argv[2]));
  else
    return 2;
  return 0;
}
