/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscSoldCounts: how often each dish was sold from this console; orders the tiles of what sells
 * most. Kept in a file of this machine; losing it costs nothing but that order. */
#define OSC_TYPE_SOLD_COUNTS (osc_sold_counts_get_type ())
G_DECLARE_FINAL_TYPE (OscSoldCounts, osc_sold_counts, OSC, SOLD_COUNTS, GObject)

/** osc_sold_counts_new: @path: (nullable): the file; NULL keeps nothing. */
OscSoldCounts *osc_sold_counts_new (const char *path);
/** osc_sold_counts_add: @quantity more of the dish @item_id were sold. */
void osc_sold_counts_add (OscSoldCounts *self, const char *item_id, int quantity);
/** osc_sold_counts_save: writes the file. */
void osc_sold_counts_save (OscSoldCounts *self);
/** osc_sold_counts_most: (transfer container): at most @n ids (const char*) of items of @menu that
 * were sold, most sold first. */
GPtrArray *osc_sold_counts_most (OscSoldCounts *self, OsyMenu *menu, guint n);

G_END_DECLS
