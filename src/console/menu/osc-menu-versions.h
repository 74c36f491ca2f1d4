/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-menu-history.h"

G_BEGIN_DECLS

/** OscMenuVersions: earlier menus by day, what would change, and the way back to one of them.
 * Signals "done" (const char *text): it was brought back; "closed". */
#define OSC_TYPE_MENU_VERSIONS (osc_menu_versions_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuVersions, osc_menu_versions, OSC, MENU_VERSIONS, GtkWidget)

/** osc_menu_versions_new: @context: its client, menu and shop are kept. */
GtkWidget *osc_menu_versions_new (const OscContext *context);
/** osc_menu_versions_open: reads them anew. */
void osc_menu_versions_open (OscMenuVersions *self);
/** osc_menu_versions_model: (transfer none): for tests. */
OscMenuHistory *osc_menu_versions_model (OscMenuVersions *self);

G_END_DECLS
