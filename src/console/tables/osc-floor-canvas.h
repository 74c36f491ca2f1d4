/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-floor-store.h"

G_BEGIN_DECLS

/** OscFloorCanvas: one floor being drawn. Pieces are dragged, and resized by their corners, on a
 * grid of 8; each gesture is one batch of the store. Signal "selected" (const char *piece_id,
 * nullable): another piece, or none, is chosen. */
#define OSC_TYPE_FLOOR_CANVAS (osc_floor_canvas_get_type ())
G_DECLARE_FINAL_TYPE (OscFloorCanvas, osc_floor_canvas, OSC, FLOOR_CANVAS, GtkWidget)

/** osc_floor_canvas_new: draws in @store. */
GtkWidget *osc_floor_canvas_new (OscFloorStore *store);
/** osc_floor_canvas_set_floor: @id: (nullable): NULL or unknown: the first. */
void osc_floor_canvas_set_floor (OscFloorCanvas *self, const char *id);
/** osc_floor_canvas_floor: (transfer none) (nullable). */
const OsyFloor *osc_floor_canvas_floor (OscFloorCanvas *self);
/** osc_floor_canvas_set_photo: @photo: (nullable): what lies behind, pale. */
void osc_floor_canvas_set_photo (OscFloorCanvas *self, GdkTexture *photo);
/** osc_floor_canvas_select: @id: nullable. */
void osc_floor_canvas_select (OscFloorCanvas *self, const char *id);
/** osc_floor_canvas_selected: (transfer none) (nullable). */
const OsyPiece *osc_floor_canvas_selected (OscFloorCanvas *self);
/** osc_floor_canvas_step: chooses the piece that is @step further on. */
void osc_floor_canvas_step (OscFloorCanvas *self, int step);
/** osc_floor_canvas_nudge: moves the chosen piece by units of the plan. Returns: whether one is
 * chosen. */
gboolean osc_floor_canvas_nudge (OscFloorCanvas *self, int dx, int dy);
/** osc_floor_canvas_begin_drag, _drag, _end_drag: what a finger does, in pixels. Also for tests. */
gboolean osc_floor_canvas_begin_drag (OscFloorCanvas *self, double x, double y);
void osc_floor_canvas_drag (OscFloorCanvas *self, double dx, double dy);
void osc_floor_canvas_end_drag (OscFloorCanvas *self);
/** osc_floor_canvas_area: where piece @id lies in the widget, in pixels. */
gboolean osc_floor_canvas_area (OscFloorCanvas *self, const char *id, graphene_rect_t *area);
/** osc_floor_canvas_name: (transfer full): what people call @piece: "Table 5", "Wall". */
char *osc_floor_canvas_name (const OsyPiece *piece);

G_END_DECLS
