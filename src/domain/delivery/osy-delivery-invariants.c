/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of deliveries that the database alone can tell. What another room's handler still has
 * to bring along has a minute. */

#include "osy-delivery-invariants.h"

const OsyDbInvariant osy_delivery_invariants[] = {
    {"delivery.one-live",
     "SELECT format('order %s has %s live deliveries', order_id, count(*)) AS violation "
     "FROM delivery WHERE status NOT IN ('FAILED', 'CANCELED') GROUP BY restaurant_id, order_id "
     "HAVING count(*) > 1"},
    {"delivery.of-deliveries",
     "SELECT format('delivery %s is of order %s, which is %s', d.id, o.id, o.type) AS violation "
     "FROM delivery d JOIN orders o ON o.restaurant_id = d.restaurant_id AND o.id = d.order_id "
     "WHERE o.type <> 'DELIVERY'"},
    {"delivery.order-agrees",
     "SELECT format('delivery %s is %s, its order %s is %s', d.id, d.status, o.id, o.status) "
     "  AS violation FROM delivery d JOIN orders o ON o.restaurant_id = d.restaurant_id "
     "  AND o.id = d.order_id WHERE greatest(d.requested_at, d.picked_up_at, d.delivered_at, "
     "    o.handed_over_at, o.completed_at, o.closed_at) < now() - interval '1 minute' "
     "AND ((d.status = 'DELIVERED' AND o.status NOT IN ('COMPLETED', 'CANCELED')) "
     "  OR (d.status = 'PICKED_UP' AND o.status <> 'DELIVERING') "
     "  OR (d.status IN ('REQUESTED', 'ASSIGNED') "
     "    AND o.status IN ('COMPLETED', 'CANCELED', 'REJECTED', 'EXPIRED')) "
     "  OR (d.status IN ('REQUESTED', 'ASSIGNED') AND o.status = 'DELIVERING' AND NOT EXISTS ("
     "    SELECT FROM delivery f WHERE f.restaurant_id = d.restaurant_id "
     "    AND f.order_id = d.order_id AND f.requested_at < d.requested_at)))"},
    {"delivery.one-rider",
     "SELECT format('delivery %s is %s, its rider is %s', d.id, d.status, c.status) AS violation "
     "FROM delivery d JOIN rider_call c ON c.restaurant_id = d.restaurant_id "
     "  AND c.delivery_id = d.id WHERE d.status IN ('DELIVERED', 'FAILED', 'CANCELED') "
     "AND c.status IN ('WANTED', 'SENT', 'UNKNOWN', 'CALLED')"},
    {"delivery.links-end",
     "SELECT format('delivery %s is %s and has a link', d.id, d.status) AS violation "
     "FROM courier_link l JOIN delivery d ON d.restaurant_id = l.restaurant_id "
     "  AND d.id = l.delivery_id WHERE d.status IN ('DELIVERED', 'FAILED', 'CANCELED')"},
    {"delivery.every-change-told",
     "SELECT format('delivery %s: version %s, last told %s', d.id, d.version, "
     "  max(e.aggregate_seq)) AS violation FROM delivery d LEFT JOIN (SELECT restaurant_id, "
     "    aggregate_id, aggregate_seq FROM shop_feed WHERE aggregate_type = 'delivery' "
     "      AND published_at > now() - interval '9 days' UNION ALL SELECT restaurant_id, "
     "    aggregate_id, aggregate_seq FROM outbox) e ON e.restaurant_id = d.restaurant_id "
     "  AND e.aggregate_id = d.id WHERE d.requested_at > now() - interval '7 days' "
     "GROUP BY d.restaurant_id, d.id HAVING coalesce(max(e.aggregate_seq), 0) <> d.version"},
    {NULL},
};
