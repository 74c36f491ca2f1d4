/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-table-change.h"
#include "osy-table.h"

G_BEGIN_DECLS

/** osy_table_view_load: Returns: (transfer full): of OsyTable by floor and number, as they stand.
 *  @table_id: (nullable): one alone. */
GPtrArray *osy_table_view_load (OsyDbTx *tx, const char *table_id, GError **error);

/** osy_table_view_at, _by_id, _root: Returns: (transfer none) (nullable): in @rows, of
 *  OsySeatingRow: who sits there; with that id; who leads the group of @row. */
OsySeatingRow *osy_table_view_at (GPtrArray *rows, const char *table_id);
OsySeatingRow *osy_table_view_by_id (GPtrArray *rows, const char *id);
OsySeatingRow *osy_table_view_root (GPtrArray *rows, OsySeatingRow *row);

G_END_DECLS
