/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-promise.h"
#include "osy-kitchen-store.h"

G_BEGIN_DECLS

/**
 * osy_kitchen_send:
 * @table_number: (nullable)
 * @sent: ids of the tickets made are added (of char*)
 *
 * Gives each line of @order to its station, a ticket for each; what no route takes goes to the
 * default or the first station that cooks, so that nothing is ever lost.
 */
gboolean osy_kitchen_send (const OsyKitchenEdit *edit,
                           const OsyKitchenSetup *setup,
                           const OsyOrderData *order,
                           const char *table_number,
                           GPtrArray *sent,
                           GError **error);

/** osy_kitchen_send_portions: what @order's first course would be at the stations it would come to.
 * @facts: of its items and chosen dishes
 * (osy_kitchen_parts_items()); @portions: of OsyKitchenPortion, which borrow from
 * @setup. */
void osy_kitchen_send_portions (const OsyKitchenSetup *setup,
                                GHashTable *facts,
                                const OsyOrderData *order,
                                GArray *portions);

G_END_DECLS
