/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* That running amounts are what their adjustments make them. The formulas are those of the room
 * check's README, said once more in SQL. */

#include "osy-bill-room.h"

/* The delivery fee is a line of the order that bears its id. Orders of which nothing was taken off
 * are left out: they have nothing to say. */
#define LINES                                                                                      \
  "SELECT o.restaurant_id, o.id, o.adjusted_amount, (i->>'amount')::bigint AS amount, "            \
  "  (i->>'amount')::bigint - (i->>'unit_price')::bigint * coalesce(sum(a.quantity), 0) AS rest, " \
  "  coalesce(sum(a.percent), 0) AS percent, coalesce(sum(a.amount), 0) AS won, "                  \
  "  (i->>'quantity')::bigint - coalesce(sum(a.quantity), 0) AS pieces "                           \
  "FROM orders o CROSS JOIN jsonb_array_elements(o.items || CASE WHEN o.delivery_fee = 0 "         \
  "  THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('line_id', o.id, 'quantity', 1, "  \
  "  'unit_price', o.delivery_fee, 'amount', o.delivery_fee)) END) i "                             \
  "LEFT JOIN order_adjustment a "                                                                  \
  "  ON a.restaurant_id = o.restaurant_id AND a.subject_id = o.id AND a.withdrawn_at IS NULL "     \
  "  AND a.line_id = (i->>'line_id')::uuid WHERE o.adjusted_amount <> 0 OR o.id IN (SELECT "       \
  "  subject_id FROM order_adjustment) GROUP BY o.restaurant_id, o.id, o.adjusted_amount, i"

const OsyDbInvariant osy_bill_invariants[] = {
    {"bill.orders-adjusted",
     "SELECT format('order %s: adjusted %s, its lines %s', id, adjusted_amount, off) AS violation "
     "FROM (SELECT restaurant_id, id, adjusted_amount, sum(amount - greatest(0, rest - floor(rest "
     "  * percent / 100) - won)) AS off FROM (" LINES ") l GROUP BY 1, 2, 3) x "
     "WHERE adjusted_amount <> off"},
    {"bill.no-more-than-sold",
     "SELECT format('order %s: %s pieces and %s %% of a line', id, pieces, percent) AS violation "
     "FROM (" LINES ") l WHERE pieces < 0 OR percent > 100"},
    {"bill.checks-discounted",
     "SELECT format('check %s: %s %% and %s won, its adjustments %s and %s', c.id, "
     "  c.discount_percent, c.discount_amount, coalesce(sum(a.percent), 0), "
     "  coalesce(sum(a.amount), 0)) AS violation FROM guest_check c LEFT JOIN order_adjustment a "
     "  ON a.restaurant_id = c.restaurant_id AND a.subject_id = c.id AND a.withdrawn_at IS NULL "
     "GROUP BY c.restaurant_id, c.id HAVING c.discount_percent <> coalesce(sum(a.percent), 0) "
     "  OR c.discount_amount <> coalesce(sum(a.amount), 0)"},
    {"bill.adjustments-have-subjects",
     "SELECT format('adjustment %s is of %s, which is neither order nor check', a.id, "
     "  a.subject_id) AS violation FROM order_adjustment a LEFT JOIN orders o "
     "  ON o.restaurant_id = a.restaurant_id AND o.id = a.subject_id LEFT JOIN guest_check c "
     "  ON c.restaurant_id = a.restaurant_id AND c.id = a.subject_id "
     "WHERE (a.line_id IS NOT NULL AND o.id IS NULL) OR (a.line_id IS NULL AND c.id IS NULL)"},
    {"bill.merged-into-open",
     "SELECT format('check %s is merged into %s, which is %s', c.id, r.id, r.status) AS violation "
     "FROM guest_check c JOIN guest_check r ON r.restaurant_id = c.restaurant_id "
     "  AND r.id = c.merged_into WHERE r.status = 'VOIDED'"},
    {"bill.every-change-told",
     "SELECT format('check %s: version %s, last told %s', c.id, c.version, max(e.aggregate_seq)) "
     "  AS violation FROM guest_check c LEFT JOIN (SELECT restaurant_id, aggregate_id, "
     "    aggregate_seq FROM shop_feed WHERE aggregate_type = 'check' "
     "      AND published_at > now() - interval '9 days' UNION ALL SELECT restaurant_id, "
     "aggregate_id, aggregate_seq "
     "    FROM outbox) e ON e.restaurant_id = c.restaurant_id AND e.aggregate_id = c.id "
     "WHERE c.version > 1 AND c.business_day > current_date - 7 "
     "GROUP BY c.restaurant_id, c.id HAVING coalesce(max(e.aggregate_seq), 0) <> c.version"},
    {NULL},
};
