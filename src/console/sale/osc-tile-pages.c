/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The tiles of a category. They are laid out here, since their number depends on the room there is:
 * a page never scrolls. */

#include "osc-tile-pages.h"

#include <glib/gi18n.h>

#include "osc-sale-tile.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osy-clock.h"

#define GAP 8
#define LEAST_WIDTH 178
#define LEAST_HEIGHT 88
#define PAGER 48
#define MIN_ACROSS 1
#define MAX_ACROSS 6
#define MAX_DOWN 5
#define POOL (MAX_ACROSS * MAX_DOWN)

struct _OscTilePages {
  GtkWidget parent_instance;
  GtkWidget *tiles[POOL];
  GtkWidget *pager;
  GtkWidget *previous;
  GtkWidget *place;
  GtkWidget *next;

  OsyMenu *menu;  /* nullable */
  GPtrArray *ids; /* of char* */
  OscCart *cart;  /* nullable */
  guint page;
  guint across;
  guint down;
  int cursor;        /* tile of the page, or -1 */
  guint fill_source; /* the room changed: to be filled anew after the layout */
};

enum { CHOSEN, ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTilePages, osc_tile_pages, GTK_TYPE_WIDGET)

static guint
per_page (OscTilePages *self)
{
  return self->across * self->down;
}

static guint
n_pages (OscTilePages *self)
{
  return MAX (1, (self->ids->len + per_page (self) - 1) / per_page (self));
}

static guint
on_page (OscTilePages *self)
{
  guint begin = self->page * per_page (self);

  return MIN (self->ids->len - MIN (begin, self->ids->len), per_page (self));
}

/* ---- what they show ---- */

static void
mark_cursor (OscTilePages *self)
{
  for (int i = 0; i < POOL; i++)
    osc_widget_set_class (self->tiles[i], "cursor", i == self->cursor);
}

static void
update_pager (OscTilePages *self)
{
  guint pages = n_pages (self);
  /* Translators: page 1 of 3 */
  g_autofree char *text = g_strdup_printf (_ ("%u / %u"), self->page + 1, pages);

  gtk_label_set_label (GTK_LABEL (self->place), text);
  gtk_widget_set_sensitive (self->previous, self->page > 0);
  gtk_widget_set_sensitive (self->next, self->page + 1 < pages);
  gtk_widget_set_visible (self->pager, pages > 1);
}

static void
fill (OscTilePages *self)
{
  OscSaleTileLook look = {.menu = self->menu,
                          .now = osy_clock_now (),
                          .channel = self->cart != NULL ? osc_cart_channel (self->cart) : NULL};
  guint shown;

  self->page = MIN (self->page, n_pages (self) - 1);
  shown = on_page (self);
  for (guint i = 0; i < POOL; i++) {
    if (i < shown) {
      const char *id = g_ptr_array_index (self->ids, self->page * per_page (self) + i);

      look.item = osy_menu_find_item (self->menu, id);
      look.count = self->cart != NULL ? osc_cart_count_of (self->cart, id) : 0;
      osc_sale_tile_show (OSC_SALE_TILE (self->tiles[i]), &look);
    }
    gtk_widget_set_visible (self->tiles[i], i < shown);
  }
  self->cursor = MIN (self->cursor, (int)shown - 1);
  mark_cursor (self);
  update_pager (self);
}

static void
show_counts (OscTilePages *self)
{
  guint shown = on_page (self);

  for (guint i = 0; i < shown; i++) {
    OscSaleTile *tile = OSC_SALE_TILE (self->tiles[i]);
    const char *id = osc_sale_tile_item_id (tile);

    if (id != NULL)
      osc_sale_tile_set_count (tile, osc_cart_count_of (self->cart, id));
  }
}

void
osc_tile_pages_refresh (OscTilePages *self)
{
  g_return_if_fail (OSC_IS_TILE_PAGES (self));
  fill (self);
}

static void
turn (OscTilePages *self, int change)
{
  int wanted = (int)self->page + change;

  if (wanted < 0 || wanted >= (int)n_pages (self)) {
    g_signal_emit (self, signals[ENDED], 0, change);
    return;
  }
  self->page = (guint)wanted;
  fill (self);
}

static void
on_previous (OscTilePages *self)
{
  turn (self, -1);
}

static void
on_next (OscTilePages *self)
{
  turn (self, 1);
}

static void
on_tile (OscTilePages *self, GtkWidget *tile)
{
  const char *id = osc_sale_tile_item_id (OSC_SALE_TILE (tile));

  if (id != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, id);
}

/* ---- from outside ---- */

void
osc_tile_pages_set_items (OscTilePages *self, OsyMenu *menu, GPtrArray *ids, gboolean again)
{
  g_return_if_fail (OSC_IS_TILE_PAGES (self) && OSY_IS_MENU (menu) && ids != NULL);

  g_set_object (&self->menu, menu);
  g_ptr_array_set_size (self->ids, 0);
  for (guint i = 0; i < ids->len; i++) {
    const char *id = g_ptr_array_index (ids, i);

    if (osy_menu_find_item (menu, id) != NULL)
      g_ptr_array_add (self->ids, g_strdup (id));
  }
  if (!again) {
    self->page = 0;
    self->cursor = -1;
  }
  fill (self);
}

void
osc_tile_pages_set_cart (OscTilePages *self, OscCart *cart)
{
  g_return_if_fail (OSC_IS_TILE_PAGES (self) && OSC_IS_CART (cart));

  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  g_set_object (&self->cart, cart);
  g_signal_connect_object (cart, "changed", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  fill (self);
}

const char *
osc_tile_pages_cursor (OscTilePages *self)
{
  g_return_val_if_fail (OSC_IS_TILE_PAGES (self), NULL);
  return self->cursor >= 0 ? osc_sale_tile_item_id (OSC_SALE_TILE (self->tiles[self->cursor]))
                           : NULL;
}

void
osc_tile_pages_clear_cursor (OscTilePages *self)
{
  g_return_if_fail (OSC_IS_TILE_PAGES (self));
  self->cursor = -1;
  mark_cursor (self);
}

const char *
osc_tile_pages_first (OscTilePages *self)
{
  g_return_val_if_fail (OSC_IS_TILE_PAGES (self), NULL);
  return self->ids->len > 0 ? g_ptr_array_index (self->ids, 0) : NULL;
}

void
osc_tile_pages_last_page (OscTilePages *self)
{
  g_return_if_fail (OSC_IS_TILE_PAGES (self));
  self->page = n_pages (self) - 1;
  fill (self);
}

/* ---- keys ---- */

/* Past an edge of the page the page turns, keeping the row. */
static void
move_beside (OscTilePages *self, int step)
{
  int across = (int)self->across;
  int row = self->cursor / across;

  if (self->cursor + step >= row * across && self->cursor + step < (row + 1) * across &&
      self->cursor + step < (int)on_page (self)) {
    self->cursor += step;
  } else if ((step < 0 && self->page > 0) || (step > 0 && self->page + 1 < n_pages (self))) {
    self->page += (guint)step;
    self->cursor = step > 0 ? row * across : (row + 1) * across - 1;
    fill (self);
  }
  mark_cursor (self);
}

static void
move_along (OscTilePages *self, int step)
{
  int wanted = self->cursor + step;

  if (wanted >= 0 && wanted < (int)on_page (self))
    self->cursor = wanted;
  mark_cursor (self);
}

static gboolean
begin_cursor (OscTilePages *self)
{
  if (self->cursor >= 0 || on_page (self) == 0)
    return FALSE;
  self->cursor = 0;
  mark_cursor (self);
  return TRUE;
}

gboolean
osc_tile_pages_key (OscTilePages *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_TILE_PAGES (self), FALSE);

  if (key == OSC_KEY_PAGE_UP || key == OSC_KEY_PAGE_DOWN) {
    turn (self, key == OSC_KEY_PAGE_DOWN ? 1 : -1);
    return TRUE;
  }
  if (key < OSC_KEY_UP || key > OSC_KEY_RIGHT)
    return FALSE;
  if (on_page (self) == 0 || begin_cursor (self))
    return TRUE;
  switch (key) {
  case OSC_KEY_UP: move_along (self, -(int)self->across); break;
  case OSC_KEY_DOWN: move_along (self, (int)self->across); break;
  case OSC_KEY_LEFT: move_beside (self, -1); break;
  default: move_beside (self, 1); break;
  }
  return TRUE;
}

/* ---- layout ---- */

static void
osc_tile_pages_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  /* Children have to be asked before they are allocated. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = *natural =
      osc_scale_px (orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : 2 * LEAST_HEIGHT);
}

static gboolean
fill_cb (gpointer user_data)
{
  OscTilePages *self = user_data;

  self->fill_source = 0;
  fill (self);
  return G_SOURCE_REMOVE;
}

static void
fit (OscTilePages *self, int width, int height)
{
  int gap = osc_scale_px (GAP);
  guint across = CLAMP (width / osc_scale_px (LEAST_WIDTH), MIN_ACROSS, MAX_ACROSS);
  guint down = CLAMP ((height + gap) / (osc_scale_px (LEAST_HEIGHT) + gap), 1, MAX_DOWN);
  guint first = self->page * per_page (self);

  if (across == self->across && down == self->down)
    return;
  self->across = across;
  self->down = down;
  self->page = first / per_page (self);
  if (self->fill_source == 0)
    self->fill_source = g_idle_add (fill_cb, self);
}

static void
allocate_tiles (OscTilePages *self, int width, int height)
{
  int gap = osc_scale_px (GAP);
  int across = (int)self->across;
  int w = (width - (across - 1) * gap) / across;
  int h = (height - ((int)self->down - 1) * gap) / (int)self->down;

  for (int i = 0; i < POOL; i++) {
    GtkAllocation place = {i % across * (w + gap), i / across * (h + gap), w, h};

    if (!gtk_widget_should_layout (self->tiles[i]))
      continue;
    if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
      place.x = width - place.x - w;
    gtk_widget_size_allocate (self->tiles[i], &place, -1);
  }
}

static void
osc_tile_pages_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscTilePages *self = OSC_TILE_PAGES (widget);
  int pager = osc_scale_px (PAGER);
  GtkAllocation foot = {0, height - pager, width, pager};

  if (gtk_widget_should_layout (self->pager)) {
    gtk_widget_size_allocate (self->pager, &foot, -1);
    height -= pager + osc_scale_px (GAP);
  }
  fit (self, width, height);
  allocate_tiles (self, width, height);
}

/* ---- life ---- */

static void
osc_tile_pages_dispose (GObject *object)
{
  OscTilePages *self = OSC_TILE_PAGES (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->cart);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_tile_pages_parent_class)->dispose (object);
}

static void
osc_tile_pages_finalize (GObject *object)
{
  g_ptr_array_unref (OSC_TILE_PAGES (object)->ids);
  G_OBJECT_CLASS (osc_tile_pages_parent_class)->finalize (object);
}

static void
osc_tile_pages_class_init (OscTilePagesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_tile_pages_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_tile_pages_finalize;
  widget_class->measure = osc_tile_pages_measure;
  widget_class->size_allocate = osc_tile_pages_size_allocate;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "tilepages");
}

static GtkWidget *
add_turn (OscTilePages *self, const char *icon, const char *name, GCallback pressed)
{
  GtkWidget *key = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_focus_on_click (key, FALSE);
  osc_widget_set_name (key, name);
  g_signal_connect_object (key, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->pager), key);
  return key;
}

static void
make_pager (OscTilePages *self)
{
  self->pager = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->pager, "pager");
  self->previous =
      add_turn (self, "osy-back-symbolic", _ ("Page before"), G_CALLBACK (on_previous));
  self->place = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->place, "numeric");
  gtk_widget_set_hexpand (self->place, TRUE);
  gtk_box_append (GTK_BOX (self->pager), self->place);
  self->next = add_turn (self, "osy-next-symbolic", _ ("Next page"), G_CALLBACK (on_next));
  gtk_widget_set_visible (self->pager, FALSE);
  gtk_widget_set_parent (self->pager, GTK_WIDGET (self));
}

static void
osc_tile_pages_init (OscTilePages *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->across = 4;
  self->down = MAX_DOWN;
  self->cursor = -1;
  for (int i = 0; i < POOL; i++) {
    self->tiles[i] = osc_sale_tile_new ();
    g_signal_connect_object (self->tiles[i], "clicked", G_CALLBACK (on_tile), self,
                             G_CONNECT_SWAPPED);
    gtk_widget_set_parent (self->tiles[i], GTK_WIDGET (self));
  }
  make_pager (self);
}
