/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-floor-store.h"

G_BEGIN_DECLS

/** OscPieceForm: what the chosen piece is, or the floor when none is chosen. What is changed is
 * sent at once; its buttons activate the actions "edit.…" of the editor. */
#define OSC_TYPE_PIECE_FORM (osc_piece_form_get_type ())
G_DECLARE_FINAL_TYPE (OscPieceForm, osc_piece_form, OSC, PIECE_FORM, GtkWidget)

/** osc_piece_form_new: changes what @store holds. */
GtkWidget *osc_piece_form_new (OscFloorStore *store);
/** osc_piece_form_show: @floor_id, @piece_id: (nullable). */
void osc_piece_form_show (OscPieceForm *self, const char *floor_id, const char *piece_id);

G_END_DECLS
