/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** How bad what is said of a cell is. */
typedef enum {
  OSC_REMARK_NONE,
  OSC_REMARK_DOUBT, /* read, but a person should look */
  OSC_REMARK_ERROR, /* cannot be imported so */
} OscRemark;

/** OscImportRow: one line of a menu file: its cells as they are now and what the daemon says of
 * them. Signals: "remarked"; "edited". */
#define OSC_TYPE_IMPORT_ROW (osc_import_row_get_type ())
G_DECLARE_FINAL_TYPE (OscImportRow, osc_import_row, OSC, IMPORT_ROW, GObject)

/** osc_import_row_new: @number: as the daemon counts rows. @cells: (transfer full). */
OscImportRow *osc_import_row_new (guint number, char **cells);
guint osc_import_row_number (OscImportRow *self);
guint osc_import_row_n_cells (OscImportRow *self);
/** osc_import_row_cell: (transfer none): "" beyond the last. */
const char *osc_import_row_cell (OscImportRow *self, guint column);
/** osc_import_row_set_cell: what a person wrote. */
void osc_import_row_set_cell (OscImportRow *self, guint column, const char *text);

/** osc_import_row_clear: forgets the remarks. */
void osc_import_row_clear (OscImportRow *self);
/** osc_import_row_remark: @column: -1: the whole row. @detail: a sentence. */
void osc_import_row_remark (OscImportRow *self, int column, OscRemark kind, const char *detail);
/** osc_import_row_settle: the remarks are complete: tells "remarked". */
void osc_import_row_settle (OscImportRow *self);
/** osc_import_row_state: of the cell, or of the row as a whole with @column -1: the worst. */
OscRemark osc_import_row_state (OscImportRow *self, int column);
/** osc_import_row_words: (transfer none): every remark, one a line; "" when there is none. */
const char *osc_import_row_words (OscImportRow *self);

G_END_DECLS
