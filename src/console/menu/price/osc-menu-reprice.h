/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** How many prices are changed at once. */
typedef struct {
  gboolean percent;
  gint64 by; /* won, or tenths of a percent; less than 0 lowers */
  gboolean round;
} OscReprice;

/** osc_reprice_read: @text: an amount as typed, "500", "3.5" (percent), without a sign. Returns:
 * FALSE when it is none; nothing typed is 0. */
gboolean
osc_reprice_read (const char *text, gboolean percent, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/** osc_reprice_apply: Returns: the price that @won becomes, to whole 100 won (halves up) where so
 * asked; -1 when it would fall below 0 or rise above what a price may be. */
gint64 osc_reprice_apply (const OscReprice *self, gint64 won);

/** osc_reprice_changes: (transfer full): the batch, an array, that makes @won[i] the general price
 * in force of the item @ids[i]; prices of channels and of later stay. What the menu has lost
 * meanwhile is left out. */
JsonNode *osc_reprice_changes (OsyMenu *menu, const char *const *ids, const gint64 *won, guint n);

/** osc_reprice_others: Returns: how many prices of channels or of later @item has. */
guint osc_reprice_others (const OsyMenuItem *item, gint64 now);

G_END_DECLS
