/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** OscItemRow: one line of an order in full: quantity, name, amount; under it options with their
 * prices and the guest's words, an allergy as an inverted tag. */
#define OSC_TYPE_ITEM_ROW (osc_item_row_get_type ())
G_DECLARE_FINAL_TYPE (OscItemRow, osc_item_row, OSC, ITEM_ROW, GtkWidget)

/** osc_item_row_new: @line: read once. */
GtkWidget *osc_item_row_new (const OsyOrderLine *line);

/** osc_item_row_fill: a row for each of @lines (of OsyOrderLine), in place of what @box holds. */
void osc_item_row_fill (GtkBox *box, GPtrArray *lines);

G_END_DECLS
