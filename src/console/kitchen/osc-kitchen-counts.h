/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-kitchen-store.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

/** OscKitchenCounts: what is to be made now over all tickets, and what is sold out; as a panel or
 * as a strip, as much of it as there is room for. Signal "chosen" (const char *dish, nullable: none
 * any more). */
#define OSC_TYPE_KITCHEN_COUNTS (osc_kitchen_counts_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenCounts, osc_kitchen_counts, OSC, KITCHEN_COUNTS, GtkWidget)

/** osc_kitchen_counts_set_strip: side by side in one line. */
void osc_kitchen_counts_set_strip (OscKitchenCounts *self, gboolean strip);
/** osc_kitchen_counts_show: @counts: of OscKitchenCount. */
void osc_kitchen_counts_show (OscKitchenCounts *self, GPtrArray *counts);
/** osc_kitchen_counts_show_menu: what of it is sold out. */
void osc_kitchen_counts_show_menu (OscKitchenCounts *self, OsyMenu *menu);
/** osc_kitchen_counts_set_width: that the strip may take. */
void osc_kitchen_counts_set_width (OscKitchenCounts *self, int width);
/** osc_kitchen_counts_choose: @dish: (nullable): the one whose tickets are ringed. */
void osc_kitchen_counts_choose (OscKitchenCounts *self, const char *dish);

G_END_DECLS
