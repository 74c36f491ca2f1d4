/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscCategoryStrip: what sells most and every category, one of them on; where they need more room
 * than there is, keys at the ends move them. Signal "chosen" (const char *category_id, "" for what
 * sells most). */
#define OSC_TYPE_CATEGORY_STRIP (osc_category_strip_get_type ())
G_DECLARE_FINAL_TYPE (OscCategoryStrip, osc_category_strip, OSC, CATEGORY_STRIP, GtkWidget)

/** osc_category_strip_set_menu: @first: the name of the first, which is no category. What is on
 * stays on, if it is still there. */
void osc_category_strip_set_menu (OscCategoryStrip *self, OsyMenu *menu, const char *first);
/** osc_category_strip_chosen: (transfer none) (nullable): the category on; "" for the first, NULL
 * for none. */
const char *osc_category_strip_chosen (OscCategoryStrip *self);
/** osc_category_strip_step: turns on the one beside. Returns: FALSE at the end. */
gboolean osc_category_strip_step (OscCategoryStrip *self, int step);
/** osc_category_strip_set_dim: while something else than a category is shown, as in a search. */
void osc_category_strip_set_dim (OscCategoryStrip *self, gboolean dim);

G_END_DECLS
