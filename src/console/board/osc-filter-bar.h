/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscFilterBar: all, dine in, takeout, delivery, each with its count. Signal "chosen" (nullable
 * const char *type). Goes back to all after two minutes without a touch. */
#define OSC_TYPE_FILTER_BAR (osc_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (OscFilterBar, osc_filter_bar, OSC, FILTER_BAR, GtkWidget)

/** osc_filter_bar_set_orders: the orders to count. */
void osc_filter_bar_set_orders (OscFilterBar *self, GListModel *orders);
/** osc_filter_bar_touch: somebody is here: the two minutes start anew. */
void osc_filter_bar_touch (OscFilterBar *self);

G_END_DECLS
