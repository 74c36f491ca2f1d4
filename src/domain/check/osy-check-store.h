/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** osy_check_store_adjust: adds @amount to the adjustments; FALSE with NOT_FOUND or CONFLICT. */
gboolean osy_check_store_adjust (OsyDbTx *tx, const char *check_id, gint64 amount, GError **error);
/** osy_check_store_void_if_empty: VOIDED when nothing is owed and nothing was paid. */
gboolean osy_check_store_void_if_empty (OsyDbTx *tx, const char *check_id, GError **error);
/** osy_check_store_load: its running amounts. (transfer full): one row, or NULL. */
OsyDbRows *osy_check_store_load (OsyDbTx *tx, const char *check_id, GError **error);

G_END_DECLS
