/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of the kitchen: food is cooked exactly once. An order whose news is still on its way
 * to the kitchen is passed over. */

#include "osy-kitchen-invariants.h"

#define UNTOLD                                                                         \
  "NOT EXISTS (SELECT FROM outbox e WHERE e.restaurant_id = o.restaurant_id "          \
  "  AND e.aggregate_id = o.id) AND NOT EXISTS (SELECT FROM inbox i JOIN shop_feed f " \
  "  ON f.restaurant_id = i.restaurant_id AND f.epoch = i.epoch AND f.seq = i.seq "    \
  "  WHERE i.consumer = 'kitchen.order' AND i.done_at IS NULL "                        \
  "  AND f.restaurant_id = o.restaurant_id AND f.aggregate_id = o.id)"

const OsyDbInvariant osy_kitchen_invariants[] = {
    {"kitchen.quantities-conserved",
     "SELECT format('line %s: sent %s, waiting %s, made %s, voided %s', line_id, quantity_sent, "
     "  quantity_waiting, quantity_made, quantity_voided) AS violation FROM kitchen_line "
     "WHERE quantity_sent <> quantity_waiting + quantity_made + quantity_voided "
     "  OR quantity_waiting < 0 OR quantity_made < 0 OR quantity_voided < 0"},
    {"kitchen.lines-are-the-orders",
     "SELECT format('order %s line %s: sold %s, sent %s', o.id, o.line, o.sold, l.quantity_sent) "
     "  AS violation FROM (SELECT o.restaurant_id, o.id, (i->>'line_id')::uuid AS line, "
     "    (i->>'quantity')::int AS sold FROM orders o, jsonb_array_elements(o.items) i "
     "  WHERE o.status IN ('ACCEPTED', 'PREPARING', 'READY', 'DELIVERING', 'COMPLETED') "
     "    AND o.begins_at IS NULL) o "
     "LEFT JOIN kitchen_line l ON l.restaurant_id = o.restaurant_id AND l.line_id = o.line "
     "  AND l.order_id = o.id WHERE l.quantity_sent IS DISTINCT FROM o.sold AND " UNTOLD},
    {"kitchen.lines-of-tickets",
     "SELECT format('line %s of order %s is on ticket %s of order %s', l.line_id, l.order_id, "
     "  t.id, t.order_id) AS violation FROM kitchen_line l JOIN kitchen_ticket t "
     "  ON t.restaurant_id = l.restaurant_id AND t.id = l.ticket_id "
     "WHERE t.order_id <> l.order_id OR t.stage <> 'PREP'"},
    {"kitchen.nothing-waits-unseen",
     "SELECT format('line %s waits on ticket %s, which is %s', l.line_id, t.id, t.status) "
     "  AS violation FROM kitchen_line l JOIN kitchen_ticket t "
     "  ON t.restaurant_id = l.restaurant_id AND t.id = l.ticket_id "
     "WHERE l.quantity_waiting > 0 AND t.status <> 'OPEN'"},
    {"kitchen.what-is-over-is-closed",
     "SELECT format('order %s is %s, its ticket %s is open', o.id, o.status, t.id) AS violation "
     "FROM orders o JOIN kitchen_ticket t ON t.restaurant_id = o.restaurant_id "
     "  AND t.order_id = o.id WHERE o.status IN ('READY', 'DELIVERING', 'COMPLETED') "
     "  AND t.status = 'OPEN' AND " UNTOLD},
    {"kitchen.what-cooks-is-shown",
     "SELECT format('order %s is %s and has no open ticket', o.id, o.status) AS violation "
     "FROM orders o WHERE o.status IN ('ACCEPTED', 'PREPARING') AND o.begins_at IS NULL "
     "  AND NOT EXISTS (SELECT FROM "
     "  kitchen_ticket t WHERE t.restaurant_id = o.restaurant_id AND t.order_id = o.id "
     "  AND t.status = 'OPEN') AND " UNTOLD},
    {"kitchen.every-change-told",
     "SELECT format('ticket %s: version %s, last event %s', t.id, t.version, max(e.seq)) "
     "  AS violation FROM kitchen_ticket t JOIN (SELECT restaurant_id, aggregate_id, "
     "    aggregate_seq AS seq FROM shop_feed WHERE aggregate_type = 'ticket' "
     "      AND published_at > now() - interval '9 days' UNION ALL SELECT restaurant_id, "
     "aggregate_id, "
     "    aggregate_seq FROM outbox WHERE aggregate_type = 'ticket') e ON e.restaurant_id = "
     "t.restaurant_id "
     "  AND e.aggregate_id = t.id WHERE t.sent_at > now() - interval '7 days' "
     "GROUP BY t.restaurant_id, t.id, t.version "
     "HAVING max(e.seq) <> t.version"},
    {NULL},
};
