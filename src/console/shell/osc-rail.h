/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"

G_BEGIN_DECLS

/** OscRail: the views that are built, one under the other. A tile activates shell.go. */
#define OSC_TYPE_RAIL (osc_rail_get_type ())
G_DECLARE_FINAL_TYPE (OscRail, osc_rail, OSC, RAIL, GtkWidget)

/** osc_rail_choose: lights the tile of the view @name. */
void osc_rail_choose (OscRail *self, const char *name);
/** osc_rail_show_open: leaves out the views that are not open to who is signed in. */
void osc_rail_show_open (OscRail *self, OscPeople *people);
/** osc_rail_set_waiting: orders waiting for acceptance, as the badge of Orders. */
void osc_rail_set_waiting (OscRail *self, guint waiting);
/** osc_rail_set_short: ingredients of which there is too little, as the badge of Stock. */
void osc_rail_set_short (OscRail *self, guint n);

G_END_DECLS
