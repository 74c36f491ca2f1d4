/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscFitBox: a row that gives up its child of class "spare" rather than cut any text; its last
 * child stands at the end. */
#define OSC_TYPE_FIT_BOX (osc_fit_box_get_type ())
G_DECLARE_FINAL_TYPE (OscFitBox, osc_fit_box, OSC, FIT_BOX, GtkWidget)

G_END_DECLS
