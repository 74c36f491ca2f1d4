/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-import.h"

G_BEGIN_DECLS

/** OscMenuImport: a menu file before it is imported: which column is what, every row with its
 * doubtful cells to be mended in place, and the button that does it. Signals: "done" (guint count
 * of items created and changed), "canceled". */
#define OSC_TYPE_MENU_IMPORT (osc_menu_import_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuImport, osc_menu_import, OSC, MENU_IMPORT, GtkWidget)

/** osc_menu_import_new: empty until osc_menu_import_load(). */
GtkWidget *osc_menu_import_new (const OscContext *context);
/** osc_menu_import_load: reads @file and shows what the daemon finds in it. */
void osc_menu_import_load (OscMenuImport *self, GFile *file);
/** osc_menu_import_choose: asks for a file, then as osc_menu_import_load(); "canceled" when none
 * was chosen and nothing is shown yet. */
void osc_menu_import_choose (OscMenuImport *self);
/** osc_menu_import_model: (transfer none): what is shown. */
OscImport *osc_menu_import_model (OscMenuImport *self);

G_END_DECLS
