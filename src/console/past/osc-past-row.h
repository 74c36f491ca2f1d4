/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-order-item.h"

G_BEGIN_DECLS

/** OscPastRow: one order of the list in two lines; follows it. Its buttons activate past.recall and
 * past.copy (s: order id). */
#define OSC_TYPE_PAST_ROW (osc_past_row_get_type ())
G_DECLARE_FINAL_TYPE (OscPastRow, osc_past_row, OSC, PAST_ROW, GtkWidget)

/** osc_past_row_new: empty. */
GtkWidget *osc_past_row_new (void);
/** osc_past_row_show: @item: (nullable). @with_day: orders of several days are listed. */
void osc_past_row_show (OscPastRow *self, OscOrderItem *item, gboolean with_day);
/** osc_past_row_get_item: (transfer none) (nullable). */
OscOrderItem *osc_past_row_get_item (OscPastRow *self);

G_END_DECLS
