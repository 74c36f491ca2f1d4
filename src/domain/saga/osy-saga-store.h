/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-saga-core.h"

G_BEGIN_DECLS

/** One saga as it is stored. */
typedef struct {
  char *order_id;
  gint64 order_number;
  OsySagaState state;
  OsySagaState stored; /* as it was read */
  gint64 told;         /* events so far */
  gint64 looked_at;    /* by the sweeper or a person, UTC µs */
  gboolean undone; /* seen by the sweeper: there is no money that is not on its way back already */
} OsySagaRow;

/** osy_saga_row_new: (transfer full): with an empty state; _free with its texts. */
OsySagaRow *osy_saga_row_new (const char *order_id, gint64 order_number);
void osy_saga_row_free (OsySagaRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySagaRow, osy_saga_row_free)

/** osy_saga_store_lock: *@ret: (transfer full) (nullable): held until the transaction ends; NULL:
 * there is none yet. */
gboolean osy_saga_store_lock (OsyDbTx *tx, const char *order_id, OsySagaRow **ret, GError **error);

/** osy_saga_store_add: @row, unless another transaction was faster; to be locked then. */
gboolean osy_saga_store_add (OsyDbTx *tx, const OsySagaRow *row, GError **error);

/** osy_saga_store_save: all of @rows (of OsySagaRow) in one statement. */
gboolean osy_saga_store_save (OsyDbTx *tx, GPtrArray *rows, GError **error);

/** osy_saga_store_set_note: @note: (nullable): a sealed cell. */
gboolean osy_saga_store_set_note (OsyDbTx *tx, const char *order_id, GBytes *note, GError **error);

/** osy_saga_store_due: at most @limit whose time has come at @now, the longest waiting first, held
 * until the transaction ends; what another transaction holds is left out. (transfer full): of
 * OsySagaRow. */
GPtrArray *osy_saga_store_due (OsyDbTx *tx, gint64 now, gint64 limit, GError **error);

/** osy_saga_store_due_shops: (transfer full): of char*: restaurants with such sagas. In no
 * restaurant's scope. */
GPtrArray *osy_saga_store_due_shops (OsyDbTx *tx, gint64 now, GError **error);

/** osy_saga_store_attention: those that need a person, the longest waiting first, after @since and
 * @after_id (0 and NULL: from the first). (transfer full): of OsySagaRow. */
GPtrArray *osy_saga_store_attention (OsyDbTx *tx,
                                     gint64 since,
                                     const char *after_id,
                                     gint64 limit,
                                     GError **error);

/** osy_saga_store_load: of these @order_ids (of char*), in no order. (transfer full): of
 * OsySagaRow.
 */
GPtrArray *osy_saga_store_load (OsyDbTx *tx, GPtrArray *order_ids, GError **error);

/** osy_saga_store_orders: (transfer full): id, status, version and settled (its check is) of the
 * orders of @rows. */
OsyDbRows *osy_saga_store_orders (OsyDbTx *tx, GPtrArray *rows, GError **error);

/** osy_saga_store_of_check: (transfer full): of char*: ids of the orders of @check_id that are paid
 * later and have a saga. */
GPtrArray *osy_saga_store_of_check (OsyDbTx *tx, const char *check_id, GError **error);

G_END_DECLS
