/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-table-change.h"

G_BEGIN_DECLS

/* Each in the transaction's restaurant. */

/** osy_table_store_taken: Returns: (transfer full): a column table_id of tables somebody sits at.
 */
OsyDbRows *osy_table_store_taken (OsyDbTx *tx, GError **error);

/** osy_table_store_open: Returns: (transfer full): of OsySeatingRow that have not ended. */
GPtrArray *osy_table_store_open (OsyDbTx *tx, GError **error);
/** osy_table_store_get: @ret: (out) (transfer full) (nullable): a seating, ended or not. */
gboolean osy_table_store_get (OsyDbTx *tx, const char *id, OsySeatingRow **ret, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_store_write: makes every pair's before into its after. */
gboolean osy_table_store_write (OsyDbTx *tx,
                                const OsyTableChange *change,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_store_touch: somebody did something for those on that check, at @at (UTC µs). */
gboolean osy_table_store_touch (OsyDbTx *tx, const char *check_id, gint64 at, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_table_store_bump: Returns: the new version of a table, from 1 on; 0 with @error. */
gint64 osy_table_store_bump (OsyDbTx *tx, const char *table_id, GError **error);

/** osy_table_store_tables: Returns: (transfer full): the tables of the plan by floor and number:
 *  id, number, floor_id, seats, version. @table_id: (nullable): one alone. */
OsyDbRows *osy_table_store_tables (OsyDbTx *tx, const char *table_id, GError **error);

/** osy_table_store_unseated: Returns: (transfer full): open checks at tables of the plan whose
 *  seating does not know them: check_id, table_id, guest_count, created_at. */
OsyDbRows *osy_table_store_unseated (OsyDbTx *tx, GError **error);
/** osy_table_store_check: Returns: (transfer full): status of a check, and ordered_at: when the
 * first order that counts came to it or to what is merged into it. */
OsyDbRows *osy_table_store_check (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_table_store_orders: Returns: (transfer full): ids of orders on a check that may still be in
 * the kitchen, oldest first. */
GPtrArray *osy_table_store_orders (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_table_store_lines: Returns: (transfer full): order_id, line_id of such lines as are on the
 * check without their order. */
OsyDbRows *osy_table_store_lines (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_table_store_places: Returns: (transfer full): check_id of an order, then line_id and
 * check_id of its lines that are elsewhere; no row when it is unknown. */
OsyDbRows *osy_table_store_places (OsyDbTx *tx, const char *order_id, GError **error);

/** osy_table_store_about: Returns: (transfer full): check_id of a check (@is_check) or of an
 * order's check, when it is of a table of the plan or somebody sits on it; else no row. */
OsyDbRows *osy_table_store_about (OsyDbTx *tx, gboolean is_check, const char *id, GError **error);
/** osy_table_store_day: Returns: (transfer full): business day of an order, "YYYY-MM-DD"; NULL with
 *  NOT_FOUND. */
char *osy_table_store_day (OsyDbTx *tx, const char *order_id, GError **error);

/** An act as it is kept. */
typedef struct {
  const char *id;
  const char *kind;
  const char *actor;
  gint64 at;
  JsonNode *change;
} OsyTableActRow;

/** osy_table_store_add_act: what is older than a week is forgotten. */
gboolean osy_table_store_add_act (OsyDbTx *tx,
                                  const OsyTableActRow *act,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_table_store_act: Returns: (transfer full): kind, change, undone_by; no row when unknown. */
OsyDbRows *osy_table_store_act (OsyDbTx *tx, const char *id, GError **error);
/** osy_table_store_undone: @by: the act that took @id back. */
gboolean osy_table_store_undone (OsyDbTx *tx, const char *id, const char *by, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
