/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-pricing.h"

G_BEGIN_DECLS

/** What the newest menu says of a line. All but FINE keep the cart from being sent. */
typedef enum {
  OSC_CART_LINE_FINE,
  OSC_CART_LINE_PRICE,    /* costs something else than when it was taken: "new price" or out */
  OSC_CART_LINE_SOLD_OUT, /* the item, or one of its options */
  OSC_CART_LINE_GONE,     /* no longer on the menu, or not sold on this channel */
  OSC_CART_LINE_OPTIONS,  /* its options are no longer allowed: to be chosen anew */
} OscCartLineState;

/**
 * OscCartLine: one line of a cart; lasting: the same object through quantities, notes, undo and
 * redo. Read-only for views; they change it through the cart. Properties (notify): "name",
 * "options" (text, nullable), "note" (text, nullable), "quantity", "course", "seat" (int),
 * "unit-price", "amount" (int64 won), "state" (int: OscCartLineState).
 */
#define OSC_TYPE_CART_LINE (osc_cart_line_get_type ())
G_DECLARE_FINAL_TYPE (OscCartLine, osc_cart_line, OSC, CART_LINE, GObject)

/** osc_cart_line_id: Returns: unlike that of every other line this cart ever had. */
int osc_cart_line_id (OscCartLine *self);
const char *osc_cart_line_item_id (OscCartLine *self);
/** osc_cart_line_name: (transfer none): by the newest menu that had it. */
const char *osc_cart_line_name (OscCartLine *self);
/** osc_cart_line_options: (transfer none) (nullable): "곱빼기, 치즈 ×2". */
const char *osc_cart_line_options (OscCartLine *self);
/** osc_cart_line_choices: (transfer none): of OsyMenuChoice; not to be changed. */
GPtrArray *osc_cart_line_choices (OscCartLine *self);
/** osc_cart_line_note: (transfer none) (nullable). */
const char *osc_cart_line_note (OscCartLine *self);
int osc_cart_line_quantity (OscCartLine *self);
/** osc_cart_line_course: 1–9: when it is cooked; sent for DINE_IN alone, as the seat is. */
int osc_cart_line_course (OscCartLine *self);
/** osc_cart_line_seat: 1–99: whose it is; 0: not said. */
int osc_cart_line_seat (OscCartLine *self);
/** osc_cart_line_unit_price: with options, won, by the newest menu; what it was when it is no
 * longer known. */
gint64 osc_cart_line_unit_price (OscCartLine *self);
/** osc_cart_line_old_price: what it cost when it was taken; differs in state PRICE. */
gint64 osc_cart_line_old_price (OscCartLine *self);
/** osc_cart_line_amount: unit price × quantity, won; 0 of what cannot be sold. */
gint64 osc_cart_line_amount (OscCartLine *self);
OscCartLineState osc_cart_line_state (OscCartLine *self);
/** osc_cart_line_problem: (transfer full) (nullable): a sentence about SOLD_OUT, GONE, OPTIONS and
 * PRICE ("The price has changed"); NULL when fine. */
char *osc_cart_line_problem (OscCartLine *self);
/** osc_cart_line_lacks_option: Returns: whether it is SOLD_OUT for an option alone, which may be
 * chosen anew. */
gboolean osc_cart_line_lacks_option (OscCartLine *self);

/** Most dishes that are offered in place of a sold-out one. */
#define OSC_CART_SUBSTITUTES 3
/** osc_cart_line_substitutes: Returns: (transfer container): of OsyMenuItem of @menu: what the same
 * category has for @channel now in place of a dish that is sold out, nearest price first; empty for
 * every other line. */
GPtrArray *osc_cart_line_substitutes (OscCartLine *self, OsyMenu *menu, const char *channel);

G_END_DECLS
