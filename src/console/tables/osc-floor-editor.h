/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-floor-canvas.h"
#include "osc-keys.h"

G_BEGIN_DECLS

/** OscFloorEditor: drawing the plan while service goes on (console-ux 7.5): floors, palette,
 * canvas, and the form of what is chosen. "Done" activates tables.end-edit. */
#define OSC_TYPE_FLOOR_EDITOR (osc_floor_editor_get_type ())
G_DECLARE_FINAL_TYPE (OscFloorEditor, osc_floor_editor, OSC, FLOOR_EDITOR, GtkWidget)

/** osc_floor_editor_new: draws in @store. */
GtkWidget *osc_floor_editor_new (OscFloorStore *store);
/** osc_floor_editor_begin: @floor_id: (nullable): what is shown first. */
void osc_floor_editor_begin (OscFloorEditor *self, const char *floor_id);
/** osc_floor_editor_key: of OscView. */
gboolean osc_floor_editor_key (OscFloorEditor *self, OscKey key);
/** osc_floor_editor_canvas: (transfer none): for tests and pictures. */
OscFloorCanvas *osc_floor_editor_canvas (OscFloorEditor *self);

G_END_DECLS
