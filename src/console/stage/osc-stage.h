/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscStage: where views, drawer, modal layer and toasts stand over one another. Its five children,
 * in this order: view, side, scrim, modal, toasts. */
#define OSC_TYPE_STAGE (osc_stage_get_type ())
G_DECLARE_FINAL_TYPE (OscStage, osc_stage, OSC, STAGE, GtkWidget)

G_END_DECLS
