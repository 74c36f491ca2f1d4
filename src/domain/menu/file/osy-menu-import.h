/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-service.h"

G_BEGIN_DECLS

/**
 * osy_menu_import_file:
 * @file: a workbook, or a spreadsheet's text file (osy-menu-csv.h says which)
 * @dry_run: say what it would do, and do nothing
 *
 * All or nothing. Needs menu:manage. The report counts created, changed and unchanged items and
 * names errors, doubts and warnings by row and cell; a dry run's has the `sheet` itself, an
 * import's the `undo` (osy-menu-changes.h) unless nothing changed.
 *
 * Returns: (transfer full): the report; also of a dry run that found errors. Otherwise errors give
 * NULL with INVALID_REQUEST, a row of problems each, and the report as member `report`.
 */
JsonNode *osy_menu_import_file (OsyDbTx *tx,
                                const OsyCall *call,
                                OsyMenuRoom *room,
                                GBytes *file,
                                gboolean dry_run,
                                GError **error);

/** osy_menu_import_table: the same of a file that comes as JSON (osy_menu_csv_from_json()). */
JsonNode *osy_menu_import_table (OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyMenuRoom *room,
                                 JsonNode *table,
                                 gboolean dry_run,
                                 GError **error);

/** osy_menu_import_check: reads @file without a database. Returns: FALSE with the same refusal that
 *  an import of it would meet. */
gboolean osy_menu_import_check (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
