/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscOptionChip: one option to tap, with its price; how many of it are taken, and a key for one
 * less where it may be taken more than once. Signal "tapped" (int: 1 or −1). */
#define OSC_TYPE_OPTION_CHIP (osc_option_chip_get_type ())
G_DECLARE_FINAL_TYPE (OscOptionChip, osc_option_chip, OSC, OPTION_CHIP, GtkWidget)

/** osc_option_chip_new: @option: borrowed from a menu that outlives the chip. @price: won, 0: free.
 * @many: it may be taken more than once. */
GtkWidget *osc_option_chip_new (const OsyMenuOption *option, gint64 price, gboolean many);
/** osc_option_chip_option: (transfer none). */
const OsyMenuOption *osc_option_chip_option (OscOptionChip *self);
gint64 osc_option_chip_price (OscOptionChip *self);
int osc_option_chip_quantity (OscOptionChip *self);
void osc_option_chip_set_quantity (OscOptionChip *self, int quantity);
/** osc_option_chip_is_sold_out: it cannot be tapped. */
gboolean osc_option_chip_is_sold_out (OscOptionChip *self);

G_END_DECLS
