/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu-pricing.h"

G_BEGIN_DECLS

/** OscOptionGroup: one group of options as rows of chips; the groups of a chosen option unfold
 * below. It keeps to the most that may be taken and says so. Signal "changed". */
#define OSC_TYPE_OPTION_GROUP (osc_option_group_get_type ())
G_DECLARE_FINAL_TYPE (OscOptionGroup, osc_option_group, OSC, OPTION_GROUP, GtkWidget)

/** osc_option_group_new: @group: borrowed from a menu that outlives the widget. @channel:
 * (nullable): static: whose prices. Where exactly one is to be taken the first for sale is. */
GtkWidget *osc_option_group_new (OsyMenu *menu, const OsyMenuGroup *group, const char *channel);
/** osc_option_group_collect: adds what is taken to @choices (of OsyMenuChoice). */
void osc_option_group_collect (OscOptionGroup *self, GPtrArray *choices);
/** osc_option_group_restore: takes what of @choices (of OsyMenuChoice) is an option here. */
void osc_option_group_restore (OscOptionGroup *self, GPtrArray *choices);
/** osc_option_group_price: won: what is taken, for one of what the group belongs to. */
gint64 osc_option_group_price (OscOptionGroup *self);
/** osc_option_group_missing: Returns: (transfer none) (nullable): the first group, this or one
 * below, with too few taken; it says so. */
OscOptionGroup *osc_option_group_missing (OscOptionGroup *self);
/** osc_option_group_tap: as a touch of the chip at @*nth, counted over this group and those below;
 * what is passed is taken off it. Returns: whether there was one. */
gboolean osc_option_group_tap (OscOptionGroup *self, guint *nth);

G_END_DECLS
