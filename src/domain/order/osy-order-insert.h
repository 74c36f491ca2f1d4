/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-writer.h"

G_BEGIN_DECLS

/* What stands for the number of an order that was not placed. */
#define OSY_ORDER_INSERT_CLOSED (-1)   /* the check it names is not open */
#define OSY_ORDER_INSERT_AGAIN (-2)    /* its check was closed or merged at this moment */
#define OSY_ORDER_INSERT_SOLD_OUT (-3) /* an ingredient that its `line` needs does not suffice */

/**
 * osy_order_insert_submit:
 * @entries: of OsyOrderEntry of one shop and business day
 *
 * Writes all of them, with check, first step, remembered key, event and audit row, in one
 * statement. An order goes on the check that its entry names, or eaten in on the open one of its
 * table, or opens one. What it takes of ingredients that block is reserved. Rows answered: id,
 * number and check_id of each order that was new; one whose key was used before is left out.
 */
void osy_order_insert_submit (OsyDbPipe *pipe,
                              const char *restaurant_id,
                              const char *business_day,
                              GPtrArray *entries,
                              OsyDbPipeDone done,
                              gpointer user_data);

G_END_DECLS
