/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of sagas (I4, I6). What news is still on its way of, is not judged yet. */

#include "osy-saga-invariants.h"

/* Nothing about the order (alias o) waits in the outbox or in a handler's inbox. */
#define ALL_HEARD                                                                      \
  "NOT EXISTS (SELECT FROM outbox b WHERE b.restaurant_id = o.restaurant_id "          \
  "  AND (b.aggregate_id = o.id OR b.payload->>'order_id' = o.id::text)) "             \
  "AND NOT EXISTS (SELECT FROM inbox i JOIN shop_feed f ON f.restaurant_id = "         \
  "i.restaurant_id "                                                                   \
  "  AND f.epoch = i.epoch AND f.seq = i.seq WHERE i.restaurant_id = o.restaurant_id " \
  "  AND i.done_at IS NULL "                                                           \
  "  AND (f.aggregate_id = o.id OR f.payload->>'order_id' = o.id::text)) "

const OsyDbInvariant osy_saga_invariants[] = {
    /* Measured by the shop's own last look, so that a daemon that was off is no violation. */
    {"saga.late-is-told",
     "SELECT format('saga of order %s: %s since %s, and nobody is asked', order_id, step, "
     "  deadline) AS violation FROM saga JOIN (SELECT restaurant_id, max(looked_at) AS last "
     "  FROM saga GROUP BY 1) l USING (restaurant_id) "
     "WHERE step NOT IN ('COMPLETED', 'COMPENSATED') AND needs_attention IS NULL "
     "AND deadline < last - interval '10 minutes'"},
    {"saga.open-is-looked-at",
     "SELECT format('saga of order %s: %s, and never looked at again', order_id, step) "
     "  AS violation FROM saga WHERE step NOT IN ('COMPLETED', 'COMPENSATED') "
     "AND next_at IS NULL AND NOT by_hand"},
    {"saga.prepaid-order-has-one",
     "SELECT format('order %s is paid before and has no saga', o.id) AS violation FROM orders o "
     "LEFT JOIN saga s ON s.restaurant_id = o.restaurant_id AND s.order_id = o.id "
     "WHERE o.payment_method = 'TOSS' AND NOT o.practice AND s.order_id IS NULL AND " ALL_HEARD},
    {"saga.agrees-with-its-order",
     "SELECT format('order %s is %s and its saga %s', o.id, o.status, s.step) AS violation "
     "FROM saga s JOIN orders o ON o.restaurant_id = s.restaurant_id AND o.id = s.order_id "
     "WHERE NOT s.by_hand AND ((s.step = 'COMPENSATED' AND o.status NOT IN ('REJECTED', "
     "  'CANCELED', 'EXPIRED')) OR (s.step = 'COMPLETED' AND o.status <> 'COMPLETED') "
     "  OR (s.step NOT IN ('COMPENSATING', 'COMPENSATED') AND o.status IN ('REJECTED', "
     "  'CANCELED', 'EXPIRED'))) AND " ALL_HEARD},
    {"saga.paid-before-it-is-made",
     "SELECT format('order %s is %s and was never paid', o.id, o.status) AS violation FROM saga s "
     "JOIN orders o ON o.restaurant_id = s.restaurant_id AND o.id = s.order_id "
     "WHERE s.kind = 'PREPAID' AND s.captured < s.amount AND NOT s.by_hand AND s.needs_attention "
     "IS NULL AND o.status NOT IN "
     "  ('PENDING_PAYMENT', 'REJECTED', 'CANCELED', 'EXPIRED') AND " ALL_HEARD},
    {"saga.withdrawn-is-undone",
     "SELECT format('order %s is withdrawn, %s of %s won are back', o.id, s.refunded, s.captured) "
     "  AS violation FROM saga s JOIN orders o ON o.restaurant_id = s.restaurant_id "
     "  AND o.id = s.order_id WHERE s.step = 'COMPENSATED' AND NOT s.by_hand "
     "AND (s.captured > s.refunded OR s.in_air OR s.goods = 'RESERVED' "
     "  OR s.ride IN ('REQUESTED', 'STARTED'))"},
    {NULL},
};

const OsyDbInvariant osy_saga_rooms_invariants[] = {
    /* What is over does not hear of what is given back later, or of a deposit that is. */
    {"saga.knows-its-money",
     "SELECT format('order %s: its saga knows of %s won taken and %s given back, its payments are "
     "  %s and %s', o.id, s.captured, s.refunded, p.taken, p.back) AS violation FROM saga s "
     "JOIN orders o ON o.restaurant_id = s.restaurant_id AND o.id = s.order_id "
     "LEFT JOIN (SELECT restaurant_id, order_id, sum(amount) FILTER (WHERE status IN ('PAID', "
     "    'PARTIALLY_REFUNDED', 'REFUNDED')) AS taken, sum(refunded_amount) AS back FROM payment "
     "  WHERE order_id IS NOT NULL GROUP BY 1, 2) p ON p.restaurant_id = s.restaurant_id "
     "  AND p.order_id = s.order_id WHERE s.kind = 'PREPAID' AND NOT s.by_hand "
     "AND CASE s.step WHEN 'COMPLETED' THEN s.captured < coalesce(p.taken, 0) OR s.captured > "
     "s.amount "
     "  ELSE s.captured <> coalesce(p.taken, 0) OR s.refunded <> coalesce(p.back, 0) END "
     "AND " ALL_HEARD},
    /* What was promised to an order is used by it, or free again, once the order is over. */
    {"saga.knows-its-goods",
     "SELECT format('order %s is %s, its goods are %s, its saga says %s', o.id, o.status, "
     "  r.status, s.goods) AS violation FROM stock_reservation r "
     "JOIN orders o ON o.restaurant_id = r.restaurant_id AND o.id = r.subject_id "
     "JOIN saga s ON s.restaurant_id = o.restaurant_id AND s.order_id = o.id "
     "WHERE r.subject_type = 'order' AND NOT s.by_hand AND (r.status, s.goods) NOT IN "
     "  (('RESERVED', 'RESERVED'), ('RESERVED', 'NONE'), ('CONSUMED', 'CONSUMED'), "
     "   ('RELEASED', 'RELEASED'), ('RELEASED', 'SHORT'), ('RELEASED', 'CONSUMED'), "
     "   ('EXPIRED', 'SHORT'), ('EXPIRED', 'RELEASED'), ('EXPIRED', 'CONSUMED')) "
     "AND " ALL_HEARD},
    {"saga.knows-its-ride",
     "SELECT format('order %s: delivery %s is %s, its saga says %s', o.id, d.id, d.status, s.ride) "
     "  AS violation FROM delivery d JOIN orders o ON o.restaurant_id = d.restaurant_id "
     "  AND o.id = d.order_id JOIN saga s ON s.restaurant_id = o.restaurant_id "
     "  AND s.order_id = o.id WHERE d.status <> 'FAILED' AND NOT s.by_hand AND NOT EXISTS (SELECT "
     "  FROM delivery l WHERE l.restaurant_id = d.restaurant_id AND l.order_id = d.order_id "
     "  AND (l.requested_at, l.id) > (d.requested_at, d.id)) AND s.ride <> CASE d.status "
     "  WHEN 'ASSIGNED' THEN 'REQUESTED' WHEN 'PICKED_UP' THEN 'STARTED' ELSE d.status END "
     "AND " ALL_HEARD},
    {NULL},
};
