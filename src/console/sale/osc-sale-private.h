/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart-panel.h"
#include "osc-category-strip.h"
#include "osc-guest-sheet.h"
#include "osc-option-sheet.h"
#include "osc-sale.h"
#include "osc-tile-pages.h"

G_BEGIN_DECLS

/* The parts of the view, shared by osc-sale.c (what is on screen), osc-sale-acts.c (what is done)
 * and osc-sale-keys.c (keys). */
struct _OscSale {
  GtkWidget parent_instance;

  GtkWidget *left;
  GtkWidget *search;
  GtkWidget *ready;
  GtkWidget *ready_label;
  GtkWidget *stop_mode;
  GtkWidget *phone;
  GtkWidget *strip;
  GtkWidget *stack;
  GtkWidget *pages;
  GtkWidget *options;
  GtkWidget *guest;
  GtkWidget *panel;
  GtkWidget *plan; /* nullable: the tables to choose from, once it was asked for */

  OscContext context; /* references of its own */
  OscCarts *carts;
  OscCart *cart;       /* the current one */
  OscCaller *caller;   /* of the order by phone */
  char *address_order; /* nullable: whose address the current cart waits for */
  OscSoldCounts *counts;
  GPtrArray *most; /* of char*: ids of what sells most, as of the last quiet moment */
  int quantity;    /* digits typed before a dish; 0: none */
  gboolean live;
  gboolean filling;
  OsyOrder *sent;     /* nullable: what "take it back" is about */
  gboolean pays;      /* what is being sent is to be paid at once */
  char *stopped;      /* nullable: the item the offer "sell again" is about */
  guint clock_source; /* prices and sold-out marks change by themselves */
};

/* ---- osc-sale.c ---- */

/** osc_sale_show_items: fills the tiles by search or category. @again: the page stays. */
void osc_sale_show_items (OscSale *self, gboolean again);
/** osc_sale_show_page: "tiles", "options" or "guest". */
void osc_sale_show_page (OscSale *self, const char *name);
/** osc_sale_is_on: whether that page is shown. */
gboolean osc_sale_is_on (OscSale *self, const char *name);
/** osc_sale_show_hint: what stands beside the search: quantity, sold-out mode, or the scanner. */
void osc_sale_show_hint (OscSale *self);
/** osc_sale_menu: (transfer none). */
OsyMenu *osc_sale_menu (OscSale *self);

/* ---- osc-sale-acts.c ---- */

/** osc_sale_install_acts: the actions of the view. */
void osc_sale_install_acts (GtkWidgetClass *widget_class);
/** osc_sale_choose_item: what a touch of its tile does. */
void osc_sale_choose_item (OscSale *self, const char *item_id);
/** osc_sale_stop_item: sold out for today, or for sale again. */
void osc_sale_stop_item (OscSale *self, const char *item_id, gboolean stop);
/** osc_sale_send: places the order, or says why not. @pay: goes on to take its money then. */
void osc_sale_send (OscSale *self, gboolean pay);
/** osc_sale_open_guest: the guest sheet. */
void osc_sale_open_guest (OscSale *self, OscGuestField begin);
/** osc_sale_begin_phone: an order by phone, for whose number the guest sheet asks; what is in the
 * cart is put by. */
void osc_sale_begin_phone (OscSale *self);
/** osc_sale_repeat: @order of who calls is in the cart again, at today's prices. */
void osc_sale_repeat (OscSale *self, OsyOrder *order);
/** osc_sale_take_address: where @order_id was brought, while the cart asks for it. */
void osc_sale_take_address (OscSale *self, const char *order_id, const char *address);
/** osc_sale_choose_table: the plan over the tiles. Returns: FALSE when there is none. */
gboolean osc_sale_choose_table (OscSale *self);
/** osc_sale_set_table: the cart is for the table @id of the plan. @guests: 0: as many as sit there.
 */
void osc_sale_set_table (OscSale *self, const char *id, int guests);
/** osc_sale_hold: puts the cart by. */
void osc_sale_hold (OscSale *self);
/** osc_sale_copy: copies the order @id into a new cart. */
void osc_sale_copy (OscSale *self, const char *id);

/* ---- osc-sale-keys.c ---- */

/** osc_sale_key: of OscView. */
gboolean osc_sale_key (OscView *view, OscKey key);
/** osc_sale_key_lines: of OscView. */
const OscKeyLine *osc_sale_key_lines (OscView *view);
/** osc_sale_show_send_key: which key sends now. */
void osc_sale_show_send_key (OscSale *self);

G_END_DECLS
