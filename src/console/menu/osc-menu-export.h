/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** OscMenuExport: a button that saves the menu as a file which an import takes again. */
#define OSC_TYPE_MENU_EXPORT (osc_menu_export_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuExport, osc_menu_export, OSC, MENU_EXPORT, GtkWidget)

/** osc_menu_export_follow: @client: (nullable): in tests. */
void osc_menu_export_follow (OscMenuExport *self, OsyClient *client);
/** osc_menu_export_save: as @kind ("xlsx", "csv") to @file; a toast says how it went. */
void osc_menu_export_save (OscMenuExport *self, const char *kind, GFile *file);

G_END_DECLS
