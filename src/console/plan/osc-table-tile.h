/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What stands on a table of the plan. Texts are borrowed for the call. */
typedef struct {
  const char *state;  /* the CSS class: "free", "seated", "dining", "bill", "booked", "clean" */
  gboolean attention; /* nobody has looked after it for too long */
  gboolean round;
  const char *icon;   /* nullable */
  const char *number; /* "12" */
  const char *when;   /* (nullable): "31 min", "13:30" */
  const char *line;   /* (nullable): amount, or whose booking */
  const char *detail; /* (nullable): "4 people" */
  const char *spoken; /* its accessible name */
} OscTableLook;

/** OscTableTile: one table on a plan. It shows as much as its place has room for: the number
 * always, then its minutes, amount and guests. Signal "clicked" (GtkButton). */
#define OSC_TYPE_TABLE_TILE (osc_table_tile_get_type ())
G_DECLARE_FINAL_TYPE (OscTableTile, osc_table_tile, OSC, TABLE_TILE, GtkButton)

/** osc_table_tile_new: empty until osc_table_tile_show(). */
GtkWidget *osc_table_tile_new (void);
/** osc_table_tile_show: takes another look; what is the same as before is not drawn again. */
void osc_table_tile_show (OscTableTile *self, const OscTableLook *look);

G_END_DECLS
