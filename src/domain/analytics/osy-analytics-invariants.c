/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* That sums are what orders, checks and payments say, each said once more from those tables alone.
 * A shop whose news is still on its way into the sums is not judged yet. */

#include "osy-analytics-room.h"

/* Shops whose sums have all news in them. */
#define ALL_IN                                                                                     \
  "JOIN (SELECT restaurant_id FROM sale_position p JOIN feed_head h USING (restaurant_id, epoch) " \
  "  JOIN restaurant r ON r.id = p.restaurant_id AND r.time_zone = p.time_zone "                   \
  "  WHERE p.seq = h.last_seq AND NOT EXISTS (SELECT FROM outbox b "                               \
  "    WHERE b.restaurant_id = p.restaurant_id)) quiet USING (restaurant_id) "

#define COUNTS \
  "NOT o.practice AND o.status NOT IN ('PENDING_PAYMENT', 'REJECTED', 'CANCELED', 'EXPIRED')"

/* What lines of an order come to, with the delivery fee as one of them. */
#define LINES                                                                                  \
  "SELECT o.restaurant_id, o.business_day, o.id, "                                             \
  "  CASE WHEN i->>'menu_item_id' <> '00000000-0000-0000-0000-000000000000' "                  \
  "    THEN (i->>'menu_item_id')::uuid ELSE md5(i->>'name')::uuid END AS item_id, "            \
  "  (i->>'quantity')::bigint - coalesce(sum(a.quantity) FILTER (WHERE a.kind = 'VOID'), 0) "  \
  "  AS pieces, greatest(0, rest - floor(rest * coalesce(sum(a.percent), 0) / 100) "           \
  "    - coalesce(sum(a.amount), 0))::bigint AS net "                                          \
  "FROM orders o CROSS JOIN jsonb_array_elements(o.items) i "                                  \
  "LEFT JOIN order_adjustment a ON a.restaurant_id = o.restaurant_id AND a.subject_id = o.id " \
  "  AND a.withdrawn_at IS NULL AND a.line_id = (i->>'line_id')::uuid "                        \
  "CROSS JOIN LATERAL (SELECT (i->>'amount')::bigint - (i->>'unit_price')::bigint * coalesce(" \
  "  (SELECT sum(b.quantity) FROM order_adjustment b WHERE b.restaurant_id = o.restaurant_id " \
  "    AND b.subject_id = o.id AND b.withdrawn_at IS NULL "                                    \
  "    AND b.line_id = (i->>'line_id')::uuid), 0) AS rest) r WHERE " COUNTS                    \
  " GROUP BY o.restaurant_id, o.business_day, o.id, i, rest"

const OsyDbInvariant osy_analytics_invariants[] = {
    /* A check's own discount and service stand on the day of its first order that counts. */
    {"analytics.sales-are-the-orders",
     "SELECT format('sales of %s: %s won of %s orders in the sums, %s of %s in the books', "
     "  business_day, s.sales, s.orders, b.sales, b.orders) AS violation "
     "FROM (SELECT restaurant_id, business_day, sum(gross - voids - comps - discounts + service) "
     "    AS sales, sum(orders) AS orders FROM sale_hour GROUP BY 1, 2) s "
     "FULL JOIN (SELECT restaurant_id, business_day, sum(won) AS sales, sum(n) AS orders FROM ("
     "    SELECT o.restaurant_id, o.business_day, o.total_amount - o.adjusted_amount AS won, "
     "      1 AS n FROM orders o WHERE " COUNTS
     "    UNION ALL SELECT c.restaurant_id, f.business_day, c.total_amount - c.orders_amount "
     "      + c.adjustments_amount, 0 FROM guest_check c CROSS JOIN LATERAL (SELECT "
     "        o.business_day FROM orders o WHERE o.restaurant_id = c.restaurant_id AND o.id = ANY ("
     "          ARRAY (SELECT h.id FROM orders h WHERE h.restaurant_id = c.restaurant_id AND "
     "            h.check_id = c.id UNION SELECT p.order_id FROM order_line_place p WHERE "
     "            p.restaurant_id = c.restaurant_id AND p.check_id = c.id)) AND " COUNTS
     "        ORDER BY o.created_at, o.id LIMIT 1) f "
     "      WHERE c.total_amount <> c.orders_amount - c.adjustments_amount) x GROUP BY 1, 2) b "
     "  USING (restaurant_id, business_day) " ALL_IN
     "WHERE (coalesce(s.sales, 0), coalesce(s.orders, 0)) <> (coalesce(b.sales, 0), "
     "  coalesce(b.orders, 0))"},
    {"analytics.items-are-the-lines",
     "SELECT format('item %s on %s: %s won of %s pieces in the sums, %s of %s in the books', "
     "  item_id, business_day, s.sales, s.quantity, b.net, b.pieces) AS violation "
     "FROM sale_item s FULL JOIN (SELECT restaurant_id, business_day, item_id, sum(net) AS net, "
     "    sum(pieces) AS pieces FROM (" LINES ") l WHERE item_id IS NOT NULL GROUP BY 1, 2, 3) b "
     "  USING (restaurant_id, business_day, item_id) " ALL_IN
     "WHERE (coalesce(s.sales, 0), coalesce(s.quantity, 0)) <> (coalesce(b.net, 0), "
     "  coalesce(b.pieces, 0))"},
    {"analytics.tenders-are-the-payments",
     "SELECT format('%s on %s: %s won taken and %s given back in the sums, %s and %s in the "
     "books', tender, business_day, s.taken, s.refunded, b.taken, b.refunded) AS violation "
     "FROM sale_tender s FULL JOIN (SELECT restaurant_id, business_day, tender, sum(taken) AS "
     "    taken, sum(refunded) AS refunded FROM (SELECT p.restaurant_id, p.business_day, p.method "
     "      AS tender, p.amount AS taken, 0 AS refunded, p.check_id FROM payment p "
     "      WHERE p.status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') "
     "    UNION ALL SELECT r.restaurant_id, r.business_day, p.method, 0, r.amount, p.check_id "
     "      FROM refund r JOIN payment p ON p.restaurant_id = r.restaurant_id AND p.id = "
     "      r.payment_id WHERE r.status = 'DONE') x WHERE NOT EXISTS (SELECT FROM orders o WHERE "
     "      o.restaurant_id = x.restaurant_id AND o.check_id = x.check_id AND o.practice) "
     "    GROUP BY 1, 2, 3) b USING (restaurant_id, business_day, tender) " ALL_IN
     "WHERE (coalesce(s.taken, 0), coalesce(s.refunded, 0)) <> (coalesce(b.taken, 0), "
     "  coalesce(b.refunded, 0))"},
    /* What no other table says as simply: hours, guests, options and preparation. */
    {"analytics.facts-are-the-sums",
     "SELECT format('%s of %s: %s in the sums, %s in their facts', what, business_day, s.n, f.n) "
     "  AS violation FROM (SELECT restaurant_id, business_day, 'hour ' || hour AS what, "
     "    sum(orders + guests + checks + late_orders + canceled + prep_seconds + tax_free) AS n "
     "    FROM sale_hour GROUP BY 1, 2, 3 "
     "  UNION ALL SELECT restaurant_id, business_day, 'options', sum(quantity) FROM sale_option "
     "    GROUP BY 1, 2 "
     "  UNION ALL SELECT restaurant_id, business_day, 'prepared in ' || minutes, orders "
     "    FROM sale_prep) s "
     "FULL JOIN (SELECT restaurant_id, business_day, 'hour ' || minute / 60 AS what, sum(orders "
     "    + guests + checks + late_orders + canceled + prep_seconds + tax_free) AS n "
     "    FROM sale_fact GROUP BY 1, 2, 3 "
     "  UNION ALL SELECT restaurant_id, business_day, 'options', sum((SELECT sum(o) FROM "
     "    unnest(option_counts) o)) FROM sale_fact GROUP BY 1, 2 "
     "  UNION ALL SELECT restaurant_id, business_day, 'prepared in ' "
     "    || least(prep_seconds / 60, 60), sum(prep_orders) FROM sale_fact GROUP BY 1, 2, 3) f "
     "  USING (restaurant_id, business_day, what) " ALL_IN
     "WHERE coalesce(s.n, 0) <> coalesce(f.n, 0)"},
    {"analytics.news-is-summed",
     "SELECT format('%s %s cannot be summed since %s, tried %s times%s: %s', kind, id, since, "
     "  tries, CASE WHEN EXISTS (SELECT FROM sale_fact f "
     "    WHERE f.restaurant_id = t.restaurant_id AND f.order_id = t.id AND f.checks > 0) "
     "    THEN '; its check may count twice meanwhile' END, error) AS violation FROM sale_trouble "
     "t"},
    {NULL},
};
