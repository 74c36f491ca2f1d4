/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscToolbar: tools side by side as a box has them, and in a second row below, and a third, where
 * one is too narrow for them: with large letters, or in a long language. */
#define OSC_TYPE_TOOLBAR (osc_toolbar_get_type ())
G_DECLARE_FINAL_TYPE (OscToolbar, osc_toolbar, OSC, TOOLBAR, GtkWidget)

G_END_DECLS
