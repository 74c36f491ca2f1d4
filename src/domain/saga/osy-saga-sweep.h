/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-saga-work.h"

G_BEGIN_DECLS

/** osy_saga_sweep_page: looks at one page of the transaction's restaurant. @done: (out): how many;
 * as many as a page holds: there may be more. */
gboolean osy_saga_sweep_page (OsyDbTx *tx, const OsySagaRoom *room, gint64 *done, GError **error);

G_END_DECLS
