/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-import.h"
#include "osc-import-row.h"

G_BEGIN_DECLS

/** OscImportCells: one row of a menu file to be mended: its cells to type in, doubtful ones amber,
 * and under them what is said of it. */
#define OSC_TYPE_IMPORT_CELLS (osc_import_cells_get_type ())
G_DECLARE_FINAL_TYPE (OscImportCells, osc_import_cells, OSC, IMPORT_CELLS, GtkWidget)

/** osc_import_cells_new: blank until osc_import_cells_show(). */
GtkWidget *osc_import_cells_new (void);
/** osc_import_cells_show: @row: (nullable): shows another one, or lets go; @import: whose it is,
 * for the names of its columns. */
void osc_import_cells_show (OscImportCells *self, OscImport *import, OscImportRow *row);
/** osc_import_cells_size: gives @cell the width that all cells and column heads have. */
void osc_import_cells_size (GtkWidget *cell);

G_END_DECLS
