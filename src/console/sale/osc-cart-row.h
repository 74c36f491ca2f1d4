/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-cart.h"

G_BEGIN_DECLS

/** OscCartRow: a line of the cart (console-ux 7.6): dish, options, note, quantity, amount; what the
 * menu has done to it since; chosen, its acts unfold. It activates the actions "sale.edit-line"
 * (ib: id, begin in the note), "sale.set-quantity" (ii: id, quantity; 0 removes),
 * "sale.set-course", "sale.set-seat" (ii), "sale.take-price" (i: id) and "sale.swap-line" (is: id,
 * another dish). */
#define OSC_TYPE_CART_ROW (osc_cart_row_get_type ())
G_DECLARE_FINAL_TYPE (OscCartRow, osc_cart_row, OSC, CART_ROW, GtkWidget)

/** osc_cart_row_new: follows @line. @menu: what else there is when it is sold out; read by @cart's
 * channel. @has_options: whether its dish has any. */
GtkWidget *
osc_cart_row_new (OscCart *cart, OscMenuStore *menu, OscCartLine *line, gboolean has_options);
/** osc_cart_row_line: (transfer none). */
OscCartLine *osc_cart_row_line (OscCartRow *self);
/** osc_cart_row_set_dine_in: whether course and seat mean anything. */
void osc_cart_row_set_dine_in (OscCartRow *self, gboolean dine_in);
/** osc_cart_row_set_chosen: unfolds its acts, or folds them. */
void osc_cart_row_set_chosen (OscCartRow *self, gboolean chosen);

G_END_DECLS
