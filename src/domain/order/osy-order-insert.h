/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-writer.h"

G_BEGIN_DECLS

/**
 * osy_order_insert_submit:
 * @entries: of OsyOrderEntry of one shop and business day
 *
 * Writes all of them, with check, first step, remembered key, event and audit row, in one
 * statement. Rows answered: id and number of each order that was new; one whose key was used before
 * is left out.
 */
void osy_order_insert_submit (OsyDbPipe *pipe,
                              const char *restaurant_id,
                              const char *business_day,
                              GPtrArray *entries,
                              OsyDbPipeDone done,
                              gpointer user_data);

G_END_DECLS
