/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-kitchen-store.h"

G_BEGIN_DECLS

/** OscKitchenHistory: what was sent out this business day, to be found and brought back. Signals:
 * "recall" (OscKitchenItem*, gboolean anew: its clock starts again); "closed". */
#define OSC_TYPE_KITCHEN_HISTORY (osc_kitchen_history_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenHistory, osc_kitchen_history, OSC, KITCHEN_HISTORY, GtkWidget)

/** osc_kitchen_history_new: asks @store once it is opened. */
GtkWidget *osc_kitchen_history_new (OscKitchenStore *store);
/** osc_kitchen_history_open: looks from the start. */
void osc_kitchen_history_open (OscKitchenHistory *self);
/** osc_kitchen_history_take: shows @items, of OscKitchenItem, as an answer would. @more: there are
 * others. @add: below what is shown. */
void osc_kitchen_history_take (OscKitchenHistory *self,
                               GPtrArray *items,
                               const char *more,
                               gboolean add);

G_END_DECLS
