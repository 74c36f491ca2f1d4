/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys of the sale. Enter adds the dish under the cursor while there is one, and sends
 * when there is none; Ctrl and Enter send always. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-sale-private.h"
#include "osc-toasts.h"
#include "osy-clock.h"

/* ---- keys ---- */

static void
step_quantity (OscSale *self, int change)
{
  OscCartLine *line = osc_cart_panel_line (OSC_CART_PANEL (self->panel));

  if (line != NULL)
    osc_cart_set_quantity (
        self->cart, line, CLAMP (osc_cart_line_quantity (line) + change, 0, OSC_CART_MAX_QUANTITY));
}

static void
remove_line (OscSale *self)
{
  OscCartLine *line = osc_cart_panel_line (OSC_CART_PANEL (self->panel));

  if (line != NULL)
    osc_cart_remove (self->cart, line);
}

static void
type_digit (OscSale *self, int digit)
{
  if (self->quantity * 10 + digit <= OSC_CART_MAX_QUANTITY)
    self->quantity = self->quantity * 10 + digit;
  osc_sale_show_hint (self);
}

/* Digits and Enter without a dish: so many of the chosen line. */
static gboolean
quantity_to_line (OscSale *self)
{
  OscCartLine *line = osc_cart_panel_line (OSC_CART_PANEL (self->panel));
  int quantity = self->quantity;

  if (quantity == 0)
    return FALSE;
  self->quantity = 0;
  osc_sale_show_hint (self);
  if (line != NULL)
    osc_cart_set_quantity (self->cart, line, quantity);
  return TRUE;
}

static void
enter (OscSale *self)
{
  g_autofree char *id = g_strdup (osc_tile_pages_cursor (OSC_TILE_PAGES (self->pages)));

  if (id != NULL)
    osc_sale_choose_item (self, id);
  else if (!quantity_to_line (self))
    osc_sale_send (self, FALSE);
}

static void
sold_out (OscSale *self)
{
  const char *id = osc_tile_pages_cursor (OSC_TILE_PAGES (self->pages));
  const OsyMenuItem *item = id != NULL ? osy_menu_find_item (osc_sale_menu (self), id) : NULL;

  if (item != NULL)
    osc_sale_stop_item (self, item->id, !osy_menu_stop_at (&item->stop, osy_clock_now ()));
  else
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (self->stop_mode),
        !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->stop_mode)));
}

/* One level back; FALSE at the outermost. */
static gboolean
back (OscSale *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean searching = gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0';

  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  else if (osc_sale_is_on (self, "guest"))
    osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  else if (osc_sale_is_on (self, "tables"))
    osc_sale_show_page (self, "tiles");
  else if (searching)
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else if (GTK_IS_EDITABLE (focus))
    gtk_root_set_focus (root, NULL);
  else if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->stop_mode)))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->stop_mode), FALSE);
  else if (self->quantity > 0)
    self->quantity = 0;
  else if (osc_tile_pages_cursor (OSC_TILE_PAGES (self->pages)) != NULL)
    osc_tile_pages_clear_cursor (OSC_TILE_PAGES (self->pages));
  else
    return FALSE;
  osc_sale_show_hint (self);
  return TRUE;
}

/* The sheet of a dish takes the keys of its own; arrows move the focus in it. */
static gboolean
options_key (OscSale *self, OscKey key)
{
  OscOptionSheet *sheet = OSC_OPTION_SHEET (self->options);

  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9) {
    osc_option_sheet_tap (sheet, key - OSC_KEY_CARD_1);
    return TRUE;
  }
  switch (key) {
  case OSC_KEY_NEXT:
  case OSC_KEY_COMMIT: osc_option_sheet_confirm (sheet); return TRUE;
  case OSC_KEY_MORE: osc_option_sheet_step (sheet, 1); return TRUE;
  case OSC_KEY_LESS: osc_option_sheet_step (sheet, -1); return TRUE;
  default: return FALSE;
  }
}

static gboolean
guest_key (OscSale *self, OscKey key)
{
  if (key == OSC_KEY_NEXT)
    osc_guest_sheet_enter (OSC_GUEST_SHEET (self->guest));
  else if (key == OSC_KEY_COMMIT)
    osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  return key == OSC_KEY_NEXT || key == OSC_KEY_COMMIT;
}

static gboolean
tiles_key (OscSale *self, OscKey key)
{
  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9) {
    type_digit (self, (int)(key - OSC_KEY_CARD_1) + 1);
    return TRUE;
  }
  switch (key) {
  case OSC_KEY_ZERO: type_digit (self, 0); return TRUE;
  case OSC_KEY_NEXT: enter (self); return TRUE;
  case OSC_KEY_COMMIT: osc_sale_send (self, FALSE); return TRUE;
  case OSC_KEY_MORE: step_quantity (self, 1); return TRUE;
  case OSC_KEY_LESS: step_quantity (self, -1); return TRUE;
  case OSC_KEY_DROP: remove_line (self); return TRUE;
  case OSC_KEY_SOLD_OUT: sold_out (self); return TRUE;
  case OSC_KEY_MOVE_UP: osc_cart_panel_step (OSC_CART_PANEL (self->panel), -1); return TRUE;
  case OSC_KEY_MOVE_DOWN: osc_cart_panel_step (OSC_CART_PANEL (self->panel), 1); return TRUE;
  default: return osc_tile_pages_key (OSC_TILE_PAGES (self->pages), key);
  }
}

static void
set_type (OscSale *self, const char *type)
{
  osc_cart_set_type (self->cart, type);
  if (strcmp (type, "DELIVERY") == 0 && osc_cart_text (self->cart, OSC_CART_ADDRESS)[0] == '\0')
    osc_sale_open_guest (self, OSC_GUEST_ADDRESS);
}

static void
open_table (OscSale *self)
{
  osc_cart_set_type (self->cart, "DINE_IN");
  osc_sale_open_guest (self, OSC_GUEST_TABLE);
}

/* With nothing to hold: what was held last comes back. */
static void
hold_or_take_up (OscSale *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->carts));
  g_autoptr (OscCart) last =
      n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->carts), n - 1) : NULL;

  if (!osc_cart_is_empty (self->cart))
    osc_sale_hold (self);
  else if (last != NULL)
    osc_carts_take_up (self->carts, last);
}

/* Never the undo of an order's act, but that of the sending while it is offered on screen. */
static void
undo (OscSale *self)
{
  if (!osc_cart_undo (self->cart))
    osc_toasts_press (GTK_WIDGET (self), _ ("Take it back"));
}

/* Those that mean the same whatever covers the tiles. */
static gboolean
any_key (OscSale *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_BACK: return back (self);
  case OSC_KEY_PAY: osc_sale_send (self, TRUE); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_TYPE_1: set_type (self, "DINE_IN"); return TRUE;
  case OSC_KEY_TYPE_2: set_type (self, "TAKEOUT"); return TRUE;
  case OSC_KEY_TYPE_3: set_type (self, "DELIVERY"); return TRUE;
  case OSC_KEY_TABLE: open_table (self); return TRUE;
  case OSC_KEY_HOLD: hold_or_take_up (self); return TRUE;
  case OSC_KEY_UNDO: undo (self); return TRUE;
  case OSC_KEY_REDO: osc_cart_redo (self->cart); return TRUE;
  default: return FALSE;
  }
}

gboolean
osc_sale_key (OscView *view, OscKey key)
{
  OscSale *self = OSC_SALE (view);
  gboolean done = any_key (self, key);

  if (!done && osc_sale_is_on (self, "options"))
    done = options_key (self, key);
  else if (!done && osc_sale_is_on (self, "guest"))
    done = guest_key (self, key);
  else if (!done && key != OSC_KEY_BACK)
    done = tiles_key (self, key);
  osc_sale_show_send_key (self);
  return done;
}

void
osc_sale_show_send_key (OscSale *self)
{
  gboolean sheet = osc_sale_is_on (self, "options") || osc_sale_is_on (self, "guest");
  gboolean enter_sends =
      self->quantity == 0 && osc_tile_pages_cursor (OSC_TILE_PAGES (self->pages)) == NULL;

  osc_cart_panel_set_send_key (OSC_CART_PANEL (self->panel), sheet         ? NULL
                                                             : enter_sends ? "Enter"
                                                                           : "Ctrl Enter");
}

const OscKeyLine *
osc_sale_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"F3", N_ ("Search: name, initials, code; Enter adds the first")},
      {"← ↑ ↓ →", N_ ("Move to a dish")},
      {"Enter", N_ ("Add the dish; without one, send the order")},
      {"Ctrl Enter", N_ ("Send the order")},
      {"F9", N_ ("Send the order and take the payment")},
      {"2 5", N_ ("Digits first: so many of the next dish")},
      {"PgUp  PgDn", N_ ("Page or category before and after")},
      {"+  −  Del", N_ ("More, less or none of the chosen line")},
      {"Alt ↑  Alt ↓", N_ ("Choose a line of the cart")},
      {"Ctrl 1 – 3", N_ ("Dine in, takeout, delivery")},
      {"Ctrl T", N_ ("Table and people")},
      {"Ctrl H", N_ ("Hold the order; from an empty cart, take up the last one")},
      {"Ctrl Z", N_ ("Undo in the cart; right after sending, take the order back")},
      {"X", N_ ("Sold out, or for sale again")},
      {NULL, NULL},
  };

  return lines;
}
