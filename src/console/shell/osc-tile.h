/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscTile: a view's place on the rail: icon, name, key, and a number when something waits there.
 */
#define OSC_TYPE_TILE (osc_tile_get_type ())
G_DECLARE_FINAL_TYPE (OscTile, osc_tile, OSC, TILE, GtkWidget)

/** osc_tile_new: @title: translated. */
GtkWidget *osc_tile_new (const char *title, const char *hint, const char *icon);
/** osc_tile_set_target: the view that a press leads to, by the action shell.go. */
void osc_tile_set_target (OscTile *self, const char *view);
/** osc_tile_set_chosen: whether its view is on screen. */
void osc_tile_set_chosen (OscTile *self, gboolean chosen);
/** osc_tile_set_badge: @name: (nullable): what a screen reader says with this count. */
void osc_tile_set_badge (OscTile *self, guint count, const char *name);

G_END_DECLS
