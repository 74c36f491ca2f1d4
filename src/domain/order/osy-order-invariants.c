/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of orders that the database alone can tell (I2, I9, I10 of the reliability goals). */

#include "osy-order-invariants.h"

/* What each order gives each check: all of it to its own, less what lines took elsewhere. */
#define AWAY(check_id, sign)                                                                      \
  "UNION ALL SELECT p.restaurant_id, " check_id ", " sign "p.amount, " sign "p.adjusted_amount, " \
  "  o.status IN ('REJECTED', 'CANCELED', 'EXPIRED') FROM order_line_place p JOIN orders o "      \
  "    ON o.restaurant_id = p.restaurant_id AND o.id = p.order_id "
#define SHARES                                                                            \
  "SELECT restaurant_id, check_id, total_amount AS amount, adjusted_amount AS adjusted, " \
  "  status IN ('REJECTED', 'CANCELED', 'EXPIRED') AS withdrawn FROM orders " AWAY (      \
      "o.check_id", "-") AWAY ("p.check_id", "")

const OsyDbInvariant osy_order_invariants[] = {
    {"order.numbers-without-gap",
     "SELECT format('shop %s day %s: %s orders, highest %s, counter %s', restaurant_id, "
     "business_day, "
     "  count(o.id), max(o.number), n.last) AS violation "
     "FROM order_number n FULL JOIN orders o USING (restaurant_id, business_day) "
     "GROUP BY restaurant_id, business_day, n.last "
     "HAVING n.last IS NULL OR count(o.id) <> n.last OR max(o.number) <> n.last"},
    {"order.key-has-its-order",
     "SELECT format('key %s of shop %s has no order', k.key, k.restaurant_id) AS violation "
     "FROM idempotency k LEFT JOIN orders o ON o.restaurant_id = k.restaurant_id "
     "  AND o.id = k.subject_id WHERE k.route LIKE 'POST /orders%' AND o.id IS NULL"},
    {"order.version-counts-steps",
     "SELECT format('order %s: version %s, %s steps', o.id, o.version, count(s.version)) AS "
     "violation "
     "FROM orders o LEFT JOIN order_step s ON s.restaurant_id = o.restaurant_id "
     "  AND s.order_id = o.id GROUP BY o.restaurant_id, o.id, o.version "
     "HAVING count(s.version) <> o.version OR max(s.version) <> o.version"},
    {"order.steps-allowed",
     "SELECT format('order %s step %s: %s to %s', order_id, version, from_status, to_status) "
     "  AS violation FROM (SELECT *, lag(to_status) OVER (PARTITION BY restaurant_id, order_id "
     "    ORDER BY version) AS was FROM order_step) s "
     "WHERE from_status IS DISTINCT FROM was OR (version > 1 AND from_status <> to_status "
     "  AND NOT EXISTS (SELECT FROM "
     "  state_transition t WHERE t.machine = 'order' AND t.from_state = s.from_status "
     "  AND t.to_state = s.to_status))"},
    {"order.status-is-last-step",
     "SELECT format('order %s is %s, its last step led to %s', o.id, o.status, s.to_status) "
     "  AS violation FROM orders o JOIN order_step s ON s.restaurant_id = o.restaurant_id "
     "  AND s.order_id = o.id AND s.version = o.version WHERE s.to_status <> o.status"},
    {"order.amounts-add-up",
     "SELECT format('order %s: lines come to %s, total %s', id, lines, total_amount) AS violation "
     "FROM (SELECT o.*, (SELECT coalesce(sum((i->>'amount')::bigint), 0) "
     "    FROM jsonb_array_elements(items) i) AS lines FROM orders o) x "
     "WHERE lines + delivery_fee <> total_amount"},
    {"order.vat-is-its-share",
     "SELECT format('order %s: of %s won, %s tax-free, supply is %s', id, total_amount, "
     "  tax_free_amount, supply_amount) AS violation FROM orders "
     "WHERE supply_amount <> ((total_amount - tax_free_amount) * 10 + 5) / 11"},
    {"order.lines-elsewhere",
     "SELECT format('line %s of order %s: %s won at check %s', p.line_id, p.order_id, p.amount, "
     "  p.check_id) AS violation FROM order_line_place p JOIN orders o "
     "  ON o.restaurant_id = p.restaurant_id AND o.id = p.order_id "
     "WHERE p.check_id = o.check_id OR p.amount IS DISTINCT FROM (SELECT (i->>'amount')::bigint "
     "  FROM jsonb_array_elements(o.items) i WHERE (i->>'line_id')::uuid = p.line_id)"},
    {"check.posted-orders",
     "SELECT format('check %s: posted %s, its orders %s', c.id, c.orders_amount, "
     "  coalesce(sum(s.amount), 0)) AS violation FROM guest_check c LEFT JOIN (" SHARES ") s "
     "  ON s.restaurant_id = c.restaurant_id AND s.check_id = c.id "
     "GROUP BY c.restaurant_id, c.id, c.orders_amount "
     "HAVING c.orders_amount <> coalesce(sum(s.amount), 0)"},
    {"check.withdrawn-orders",
     "SELECT format('check %s: adjusted %s, withdrawn %s, its orders %s and %s', c.id, "
     "  c.adjustments_amount, c.withdrawn_amount, sum(off), sum(gone)) AS violation "
     "FROM guest_check c LEFT JOIN (SELECT restaurant_id, check_id, "
     "    CASE WHEN withdrawn THEN amount ELSE 0 END AS gone, "
     "    CASE WHEN withdrawn THEN amount ELSE adjusted END AS off FROM (" SHARES ") s) o "
     "  ON o.restaurant_id = c.restaurant_id AND o.check_id = c.id "
     "GROUP BY c.restaurant_id, c.id, c.adjustments_amount, c.withdrawn_amount "
     "HAVING c.adjustments_amount <> coalesce(sum(off), 0) "
     "  OR c.withdrawn_amount <> coalesce(sum(gone), 0)"},
    {"order.every-change-audited",
     "SELECT format('order %s: version %s, %s audit rows', o.id, o.version, count(a.id)) AS "
     "violation "
     "FROM orders o LEFT JOIN audit_log a ON a.restaurant_id = o.restaurant_id "
     "  AND a.object_id = o.id AND a.object_type = 'order' "
     "GROUP BY o.restaurant_id, o.id, o.version HAVING count(a.id) <> o.version"},
    {"order.every-change-told",
     "SELECT format('order %s: version %s, %s events', o.id, o.version, count(e.aggregate_seq)) "
     "  AS violation FROM orders o LEFT JOIN (SELECT restaurant_id, aggregate_id, aggregate_seq "
     "    FROM shop_feed WHERE aggregate_type = 'order' UNION ALL SELECT restaurant_id, "
     "      aggregate_id, aggregate_seq FROM outbox WHERE aggregate_type = 'order') "
     "e "
     "  ON e.restaurant_id = o.restaurant_id AND e.aggregate_id = o.id "
     "GROUP BY o.restaurant_id, o.id, o.version "
     "HAVING count(e.aggregate_seq) <> o.version OR max(e.aggregate_seq) <> o.version"},
    {"order.can-be-found",
     "SELECT format('order %s: %s of its %s keys', o.id, count(f.key), cardinality(o.find_keys)) "
     "  AS violation FROM orders o LEFT JOIN order_find f ON f.restaurant_id = o.restaurant_id "
     "  AND f.order_id = o.id AND f.created_at = o.created_at AND f.key = ANY (o.find_keys) "
     "GROUP BY o.restaurant_id, o.id HAVING count(f.key) <> cardinality(o.find_keys) "
     "UNION ALL SELECT format('order %s is found by %s, which is not its key', f.order_id, f.key) "
     "FROM order_find f LEFT JOIN orders o ON o.restaurant_id = f.restaurant_id "
     "  AND o.id = f.order_id AND o.created_at = f.created_at WHERE NOT "
     "  coalesce(f.key = ANY (o.find_keys), false)"},
    {NULL},
};
