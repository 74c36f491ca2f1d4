/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-check-service.h"

G_BEGIN_DECLS

/** osy_check_store_lock: the check, held until the transaction ends. (transfer full): one row; NULL
 * with NOT_FOUND. */
OsyDbRows *osy_check_store_lock (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_root: (transfer full): the check at which the pointers of @check_id end; NULL
 * with NOT_FOUND. */
char *osy_check_store_root (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_sums: total, tenders and refunds of the check, with @group of all that is merged
 * into it too. (transfer full): one row. */
OsyDbRows *osy_check_store_sums (OsyDbTx *tx, const char *check_id, gboolean group, GError **error);
/** osy_check_store_for_table: (transfer full): id and merged_into of the check at @table_id, open
 * or merged; no row when there is none. */
OsyDbRows *osy_check_store_for_table (OsyDbTx *tx, const char *table_id, GError **error);

/** osy_check_store_void_if_empty: VOIDED when all its orders are withdrawn and nothing was paid. */
gboolean osy_check_store_void_if_empty (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_set_table: @table_id: (nullable). */
gboolean
osy_check_store_set_table (OsyDbTx *tx, const char *check_id, const char *table_id, GError **error);
gboolean
osy_check_store_set_guests (OsyDbTx *tx, const char *check_id, int guest_count, GError **error);
/** osy_check_store_point: @into: (nullable): MERGED into it; NULL: OPEN again. */
gboolean
osy_check_store_point (OsyDbTx *tx, const char *check_id, const char *into, GError **error);
/** osy_check_store_shift: adds @by, which may be negative, to the running amounts. FALSE with
 * STATE_CONFLICT unless the check can change. */
gboolean
osy_check_store_shift (OsyDbTx *tx, const char *check_id, const OsyCheckShare *by, GError **error);
/** osy_check_store_withdraw: the same for an order that will never be sold, also when it was paid.
 */
gboolean osy_check_store_withdraw (OsyDbTx *tx,
                                   const char *check_id,
                                   const OsyCheckShare *by,
                                   GError **error);
/** osy_check_store_post: adds to tenders and refunds. */
gboolean osy_check_store_post (OsyDbTx *tx, const OsyCheckMoney *money, GError **error);
/** osy_check_store_settle: @check_id is open and was paid: SETTLED. */
gboolean osy_check_store_settle (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_settle_free: @check_id is open and nobody paid: SETTLED, and its version goes
 * on.
 * @settled: (out): whether it was. */
gboolean
osy_check_store_settle_free (OsyDbTx *tx, const char *check_id, gboolean *settled, GError **error);
/** osy_check_store_reopen_free: what nobody paid is open again as it was, unless its table has a
 * new check. */
gboolean osy_check_store_reopen_free (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_amend: STATE_CONFLICT unless the check can change. */
gboolean osy_check_store_amend (OsyDbTx *tx,
                                const char *check_id,
                                const OsyCheckAmend *amend,
                                GError **error);
/** osy_check_store_version: of the check now; 0 with @error. */
gint64 osy_check_store_version (OsyDbTx *tx, const char *check_id, GError **error);

/** osy_check_store_open: a check without an order yet. */
gboolean
osy_check_store_open (OsyDbTx *tx, const char *id, const OsyCheckOpening *opening, GError **error);
/** osy_check_store_drop: @dropped: (out): whether it was open and without any order. */
gboolean
osy_check_store_drop (OsyDbTx *tx, const char *check_id, gboolean *dropped, GError **error);

G_END_DECLS
