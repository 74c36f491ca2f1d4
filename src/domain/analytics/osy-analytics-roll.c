/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sums: one statement for all orders of a batch, one for all money. Each computes its facts
 * from the tables they come from, finds what differs from the facts as they were summed, and adds
 * the difference to every sum. */

#include "osy-analytics-roll.h"

#define SOLD(o)                                                                            \
  "(" o ".status NOT IN ('PENDING_PAYMENT', 'REJECTED', 'CANCELED', 'EXPIRED') AND NOT " o \
  ".practice)"

#define MINUTE(at) "(date_part('hour', " at ") * 60 + date_part('minute', " at "))::smallint"

/* $1: ids of orders, $2: zone. */
#define ORDERS                                                                                     \
  "o AS MATERIALIZED (SELECT r.*, r.created_at AT TIME ZONE $2 AS local, " SOLD (                  \
      "r") " AS sold "                                                                             \
           "  FROM orders r WHERE r.restaurant_id = app_restaurant() AND r.id = ANY ($1::uuid[]) " \
           "  AND NOT r.practice), "

/* A line as it is after its own adjustments; the delivery fee is the line that bears its order's
 * id. */
#define LINES                                                                                      \
  "adjusted AS MATERIALIZED (SELECT subject_id, line_id, "                                         \
  "  coalesce(sum(quantity) FILTER (WHERE kind = 'VOID'), 0) AS voided, "                          \
  "  coalesce(sum(quantity) FILTER (WHERE kind = 'COMP'), 0) AS comped, "                          \
  "  coalesce(sum(percent), 0) AS percent, coalesce(sum(amount), 0)::bigint AS won "               \
  "  FROM order_adjustment WHERE restaurant_id = app_restaurant() "                                \
  "  AND subject_id = ANY ($1::uuid[]) AND line_id IS NOT NULL AND withdrawn_at IS NULL "          \
  "  GROUP BY 1, 2), "                                                                             \
  "line AS MATERIALIZED (SELECT i.id, i.created_at, i.menu_item_id, i.name, i.tax_free, "          \
  "    i.options, i.quantity - coalesce(a.voided, 0) AS pieces, "                                  \
  "    i.unit_price * coalesce(a.voided, 0) AS voids, "                                            \
  "    i.unit_price * coalesce(a.comped, 0) AS comps, CASE WHEN a.line_id IS NULL THEN i.amount "  \
  "      ELSE greatest(0, i.amount - i.unit_price * (a.voided + a.comped) - (i.amount "            \
  "        - i.unit_price * (a.voided + a.comped)) * a.percent / 100 - a.won) END AS net "         \
  "  FROM (SELECT o.id, o.created_at, x.* FROM o CROSS JOIN LATERAL jsonb_to_recordset(o.items) "  \
  "      AS x (line_id uuid, menu_item_id uuid, name text, quantity bigint, unit_price bigint, "   \
  "        amount bigint, tax_free boolean, options jsonb) WHERE o.sold "                          \
  "    UNION ALL SELECT o.id, o.created_at, o.id, NULL, NULL, 1, o.delivery_fee, o.delivery_fee, " \
  "      false, '[]' FROM o JOIN adjusted a ON a.subject_id = o.id AND a.line_id = o.id "          \
  "      WHERE o.sold) i "                                                                         \
  "  LEFT JOIN adjusted a ON a.subject_id = i.id AND a.line_id = i.line_id), "                     \
  "line_sum AS (SELECT id, sum(voids)::bigint AS voids, sum(comps)::bigint AS comps, "             \
  "  coalesce(sum(net) FILTER (WHERE tax_free), 0)::bigint AS tax_free FROM line GROUP BY id), "

#define ITEMS                                                                                  \
  "item AS (SELECT id, array_agg(menu_item_id ORDER BY menu_item_id) AS ids, "                 \
  "    array_agg(pieces ORDER BY menu_item_id) AS counts, "                                    \
  "    array_agg(net ORDER BY menu_item_id) AS sales "                                         \
  "  FROM (SELECT id, menu_item_id, sum(pieces)::bigint AS pieces, sum(net)::bigint AS net "   \
  "    FROM line WHERE menu_item_id IS NOT NULL GROUP BY 1, 2) x GROUP BY id), "               \
  "choice AS MATERIALIZED (SELECT DISTINCT ON (l.id, l.nth, option_id) l.id, l.created_at, "   \
  "    l.menu_item_id, l.pieces, x.option_id, x.name "                                         \
  "  FROM (SELECT *, row_number() OVER () AS nth FROM line "                                   \
  "    WHERE menu_item_id IS NOT NULL AND options <> '[]') l "                                 \
  "  CROSS JOIN LATERAL (SELECT (j ->> 'option_id')::uuid AS option_id, j ->> 'name' AS name " \
  "    FROM jsonb_path_query(l.options, '$.**?(@.option_id.type() == \"string\")') j) x), "    \
  "option AS (SELECT id, array_agg(menu_item_id ORDER BY menu_item_id, option_id) AS items, "  \
  "    array_agg(option_id ORDER BY menu_item_id, option_id) AS ids, "                         \
  "    array_agg(pieces ORDER BY menu_item_id, option_id) AS counts "                          \
  "  FROM (SELECT id, menu_item_id, option_id, sum(pieces)::bigint AS pieces FROM choice "     \
  "    GROUP BY 1, 2, 3) x GROUP BY id), "

/* What is taken off a whole check, its service charge and its guests stand with the first order
 * that counts of all that give it something. */
#define CHECKS                                                                                     \
  "own AS MATERIALIZED (SELECT check_id FROM o WHERE sold UNION SELECT p.check_id "                \
  "  FROM order_line_place p JOIN o ON o.id = p.order_id AND o.sold "                              \
  "  WHERE p.restaurant_id = app_restaurant() AND p.order_id = ANY ($1::uuid[])), "                \
  "first AS (SELECT DISTINCT ON (check_id) check_id, id, guest_count FROM ("                       \
  "    SELECT r.check_id, r.id, r.created_at, r.guest_count FROM own JOIN orders r "               \
  "      ON r.restaurant_id = app_restaurant() AND r.check_id = own.check_id AND " SOLD (          \
      "r") "    UNION ALL SELECT p.check_id, r.id, r.created_at, r.guest_count FROM own "          \
           "      JOIN order_line_place p ON p.restaurant_id = app_restaurant() "                  \
           "        AND p.check_id = own.check_id "                                                \
           "      JOIN orders r ON r.restaurant_id = app_restaurant() AND r.id = p.order_id "      \
           "AND " SOLD (                                                                           \
               "r") ") x "                                                                         \
                    "  ORDER BY check_id, created_at, id), "                                       \
                    "bill AS (SELECT f.id, count(*)::int AS checks, sum(coalesce(c.guest_count, "  \
                    "f.guest_count, 1))"                                                           \
                    "    ::int AS guests, sum(c.total_amount - c.net)::bigint AS service, "        \
                    "    sum(c.base - c.plain)::bigint AS discounts, sum(c.plain - "               \
                    "c.net)::bigint AS comps "                                                     \
                    "  FROM first f JOIN (SELECT g.id, g.guest_count, g.total_amount, g.base, "    \
                    "      greatest(0, g.base - g.base * g.discount_percent / 100 - "              \
                    "g.discount_amount) AS net, "                                                  \
                    "      greatest(0, g.base - g.base * (g.discount_percent - "                   \
                    "coalesce(a.percent, 0)) / 100 "                                               \
                    "        - (g.discount_amount - coalesce(a.won, 0))) AS plain "                \
                    "    FROM (SELECT *, orders_amount - adjustments_amount AS base FROM "         \
                    "guest_check "                                                                 \
                    "      WHERE restaurant_id = app_restaurant() AND id IN (SELECT check_id "     \
                    "FROM own)) g "                                                                \
                    "    LEFT JOIN (SELECT subject_id, sum(percent) AS percent, "                  \
                    "sum(amount)::bigint AS won "                                                  \
                    "      FROM order_adjustment WHERE restaurant_id = app_restaurant() AND "      \
                    "line_id IS NULL "                                                             \
                    "      AND kind = 'COMP' AND withdrawn_at IS NULL AND subject_id IN (SELECT "  \
                    "check_id FROM own) "                                                          \
                    "      GROUP BY 1) a ON a.subject_id = g.id) c ON c.id = f.check_id GROUP BY " \
                    "f.id), "

#define PREP_SECONDS "greatest(0, floor(date_part('epoch', o.ready_at - o.accepted_at)))::bigint"

/* In the order of the columns of sale_fact. */
#define FRESH                                                                                      \
  "fresh AS MATERIALIZED (SELECT app_restaurant() AS restaurant_id, o.id AS order_id, "            \
  "  o.created_at, o.business_day, " MINUTE (                                                      \
      "o.local") " AS minute, o.channel, o.type, "                                                 \
                 "  (o.status NOT IN ('PENDING_PAYMENT', 'EXPIRED'))::int AS placed, "             \
                 "  (o.status IN ('REJECTED', 'CANCELED'))::int AS canceled, o.sold::int AS "      \
                 "orders, "                                                                        \
                 "  coalesce(b.checks, 0) AS checks, coalesce(b.guests, 0) AS guests, "            \
                 "  CASE WHEN o.sold THEN o.total_amount ELSE 0 END AS gross, "                    \
                 "  coalesce(l.voids, 0) AS voids, coalesce(l.comps, 0) + coalesce(b.comps, 0) "   \
                 "AS comps, "                                                                      \
                 "  CASE WHEN o.sold THEN o.adjusted_amount - coalesce(l.voids, 0) - "             \
                 "coalesce(l.comps, 0) "                                                           \
                 "    + coalesce(b.discounts, 0) ELSE 0 END AS discounts, coalesce(b.service, 0) " \
                 "AS service, "                                                                    \
                 "  coalesce(l.tax_free, 0) AS tax_free, t.made::int AS prep_orders, "             \
                 "  CASE WHEN t.made THEN " PREP_SECONDS " ELSE 0 END AS prep_seconds, "           \
                 "  (t.made AND o.promised_at IS NOT NULL AND o.ready_at > o.promised_at)::int "   \
                 "AS late_orders, "                                                                \
                 "  coalesce(i.ids, '{}') AS item_ids, coalesce(i.counts, '{}') AS item_counts, "  \
                 "  coalesce(i.sales, '{}') AS item_sales, coalesce(p.items, '{}') AS "            \
                 "option_items, "                                                                  \
                 "  coalesce(p.ids, '{}') AS option_ids, coalesce(p.counts, '{}') AS "             \
                 "option_counts "                                                                  \
                 "  FROM o CROSS JOIN LATERAL (SELECT o.sold AND o.accepted_at IS NOT NULL "       \
                 "    AND o.ready_at IS NOT NULL AS made) t "                                      \
                 "  LEFT JOIN line_sum l ON l.id = o.id LEFT JOIN item i ON i.id = o.id "          \
                 "  LEFT JOIN option p ON p.id = o.id LEFT JOIN bill b ON b.id = o.id AND "        \
                 "o.sold), "

#define CHANGED                                                                                 \
  "old AS MATERIALIZED (SELECT * FROM sale_fact WHERE restaurant_id = app_restaurant() "        \
  "  AND order_id = ANY ($1::uuid[])), "                                                        \
  "changed AS MATERIALIZED (SELECT f.* FROM fresh f LEFT JOIN old o USING (order_id) "          \
  "  WHERE o.order_id IS NULL OR ROW (f.*) IS DISTINCT FROM ROW (o.*)), "                       \
  "stored AS (INSERT INTO sale_fact SELECT * FROM changed "                                     \
  "  ON CONFLICT (restaurant_id, order_id) DO UPDATE SET (minute, placed, canceled, orders, "   \
  "    checks, guests, gross, voids, comps, discounts, service, tax_free, prep_orders, "        \
  "    prep_seconds, late_orders, item_ids, item_counts, item_sales, option_items, "            \
  "    option_ids, option_counts) = (excluded.minute, excluded.placed, excluded.canceled, "     \
  "    excluded.orders, excluded.checks, excluded.guests, excluded.gross, excluded.voids, "     \
  "    excluded.comps, excluded.discounts, excluded.service, excluded.tax_free, "               \
  "    excluded.prep_orders, excluded.prep_seconds, excluded.late_orders, excluded.item_ids, "  \
  "    excluded.item_counts, excluded.item_sales, excluded.option_items, excluded.option_ids, " \
  "    excluded.option_counts)), "                                                              \
  "difference AS MATERIALIZED (SELECT 1 AS sign, * FROM changed UNION ALL SELECT -1, o.* "      \
  "  FROM old o JOIN changed c USING (order_id)), "

#define HOURS                                                                                  \
  "hours AS (INSERT INTO sale_hour AS h SELECT app_restaurant(), business_day, minute / 60, "  \
  "    channel, type, sum(sign * placed), sum(sign * canceled), sum(sign * orders), "          \
  "    sum(sign * checks), sum(sign * guests), sum(sign * gross), sum(sign * voids), "         \
  "    sum(sign * comps), sum(sign * discounts), sum(sign * service), sum(sign * tax_free), "  \
  "    sum(sign * prep_orders), sum(sign * prep_seconds), sum(sign * late_orders) "            \
  "  FROM difference GROUP BY business_day, minute / 60, channel, type "                       \
  "  ON CONFLICT (restaurant_id, business_day, hour, channel, type) DO UPDATE SET "            \
  "    placed = h.placed + excluded.placed, canceled = h.canceled + excluded.canceled, "       \
  "    orders = h.orders + excluded.orders, checks = h.checks + excluded.checks, "             \
  "    guests = h.guests + excluded.guests, gross = h.gross + excluded.gross, "                \
  "    voids = h.voids + excluded.voids, comps = h.comps + excluded.comps, "                   \
  "    discounts = h.discounts + excluded.discounts, service = h.service + excluded.service, " \
  "    tax_free = h.tax_free + excluded.tax_free, "                                            \
  "    prep_orders = h.prep_orders + excluded.prep_orders, "                                   \
  "    prep_seconds = h.prep_seconds + excluded.prep_seconds, "                                \
  "    late_orders = h.late_orders + excluded.late_orders), "                                  \
  "prep AS (INSERT INTO sale_prep AS s SELECT app_restaurant(), business_day, "                \
  "    least(prep_seconds / 60, 60), sum(sign * prep_orders) FROM difference "                 \
  "  WHERE prep_orders > 0 GROUP BY business_day, least(prep_seconds / 60, 60) "               \
  "  HAVING sum(sign * prep_orders) <> 0 ON CONFLICT (restaurant_id, business_day, minutes) "  \
  "  DO UPDATE SET orders = s.orders + excluded.orders), "

#define KINDS                                                                                 \
  "items AS (INSERT INTO sale_item AS s SELECT app_restaurant(), business_day, u.id, "        \
  "    sum(sign * u.n), sum(sign * u.won) FROM difference CROSS JOIN LATERAL "                \
  "    unnest(item_ids, item_counts, item_sales) AS u (id, n, won) GROUP BY business_day, "   \
  "    u.id HAVING sum(sign * u.n) <> 0 OR sum(sign * u.won) <> 0 "                           \
  "  ON CONFLICT (restaurant_id, business_day, item_id) DO UPDATE SET "                       \
  "    quantity = s.quantity + excluded.quantity, sales = s.sales + excluded.sales), "        \
  "options AS (INSERT INTO sale_option AS s SELECT app_restaurant(), business_day, u.item, "  \
  "    u.id, sum(sign * u.n) FROM difference CROSS JOIN LATERAL "                             \
  "    unnest(option_items, option_ids, option_counts) AS u (item, id, n) "                   \
  "  GROUP BY business_day, u.item, u.id HAVING sum(sign * u.n) <> 0 "                        \
  "  ON CONFLICT (restaurant_id, business_day, item_id, option_id) "                          \
  "  DO UPDATE SET quantity = s.quantity + excluded.quantity), "                              \
  "names AS (INSERT INTO sale_name AS n SELECT DISTINCT ON (x.id) app_restaurant(), x.id, "   \
  "    x.name FROM (SELECT menu_item_id AS id, name, created_at FROM line UNION ALL "         \
  "      SELECT option_id, name, created_at FROM choice) x WHERE x.id IS NOT NULL "           \
  "    AND x.name IS NOT NULL AND NOT EXISTS (SELECT FROM sale_name k WHERE k.restaurant_id " \
  "      = app_restaurant() AND k.id = x.id AND k.name = x.name) "                            \
  "  ORDER BY x.id, x.created_at DESC ON CONFLICT (restaurant_id, id) DO UPDATE SET name "    \
  "    = excluded.name) "

static const char roll_orders[] =
    "WITH " ORDERS LINES ITEMS CHECKS FRESH CHANGED HOURS KINDS "SELECT count(*) FROM changed";

/* Refunds stand on their own day. A payment made to learn the product is none. */
static const char roll_money[] =
    "WITH p AS MATERIALIZED (SELECT * FROM payment y WHERE restaurant_id = app_restaurant() "
    "  AND id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM orders o WHERE o.restaurant_id "
    "    = app_restaurant() AND o.check_id = y.check_id AND o.practice)), "
    "r AS MATERIALIZED (SELECT b.*, p.method FROM refund b JOIN p ON p.id = b.payment_id "
    "  WHERE b.restaurant_id = app_restaurant() AND b.payment_id = ANY ($1::uuid[])), "
    "old AS MATERIALIZED (SELECT * FROM sale_money WHERE restaurant_id = app_restaurant() "
    "  AND id IN (SELECT id FROM p UNION ALL SELECT id FROM r)), "
    "fresh AS (SELECT app_restaurant() AS restaurant_id, p.id, p.business_day, " MINUTE (
        "(p.created_at AT TIME ZONE $2)") " AS minute, p.method AS tender, "
                                          "    CASE WHEN s.taken THEN p.amount ELSE 0 END AS "
                                          "taken, s.taken::int AS taken_count, "
                                          "    0::bigint AS refunded, 0 AS refund_count "
                                          "  FROM p CROSS JOIN LATERAL (SELECT p.status IN "
                                          "('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') "
                                          "    AS taken) s "
                                          "  UNION ALL SELECT app_restaurant(), r.id, "
                                          "r.business_day, " MINUTE ("(r.created_at AT TIME ZONE "
                                                                     "$2)") ", r.method, 0, 0, "
                                                                            "    CASE WHEN "
                                                                            "r.status = 'DONE' "
                                                                            "THEN r.amount ELSE 0 "
                                                                            "END, (r.status = "
                                                                            "'DONE')::int FROM r), "
                                                                            "changed AS "
                                                                            "MATERIALIZED (SELECT "
                                                                            "f.* FROM fresh f LEFT "
                                                                            "JOIN old o USING (id) "
                                                                            "  WHERE CASE WHEN "
                                                                            "o.id IS NULL THEN "
                                                                            "f.taken_count + "
                                                                            "f.refund_count > 0 "
                                                                            "    ELSE ROW (f.*) IS "
                                                                            "DISTINCT FROM ROW "
                                                                            "(o.*) END), "
                                                                            "stored AS (INSERT "
                                                                            "INTO sale_money "
                                                                            "SELECT * FROM changed "
                                                                            "ON CONFLICT "
                                                                            "(restaurant_id, id) "
                                                                            "  DO UPDATE SET "
                                                                            "(minute, taken, "
                                                                            "taken_count, "
                                                                            "refunded, "
                                                                            "refund_count) = "
                                                                            "(excluded.minute, "
                                                                            "    excluded.taken, "
                                                                            "excluded.taken_count, "
                                                                            "excluded.refunded, "
                                                                            "excluded.refund_count)"
                                                                            "), "
                                                                            "difference AS (SELECT "
                                                                            "1 AS sign, * FROM "
                                                                            "changed UNION ALL "
                                                                            "SELECT -1, o.* FROM "
                                                                            "old o "
                                                                            "  JOIN changed c "
                                                                            "USING (id)) "
                                                                            "INSERT INTO "
                                                                            "sale_tender AS t "
                                                                            "SELECT "
                                                                            "app_restaurant(), "
                                                                            "business_day, tender, "
                                                                            "  sum(sign * taken), "
                                                                            "sum(sign * "
                                                                            "taken_count), "
                                                                            "sum(sign * refunded), "
                                                                            "sum(sign * "
                                                                            "refund_count) "
                                                                            "FROM difference GROUP "
                                                                            "BY business_day, "
                                                                            "tender "
                                                                            "ON CONFLICT "
                                                                            "(restaurant_id, "
                                                                            "business_day, tender) "
                                                                            "DO UPDATE SET "
                                                                            "  taken = t.taken + "
                                                                            "excluded.taken, "
                                                                            "taken_count = "
                                                                            "t.taken_count + "
                                                                            "excluded.taken_count, "
                                                                            "  refunded = "
                                                                            "t.refunded + "
                                                                            "excluded.refunded, "
                                                                            "  refund_count = "
                                                                            "t.refund_count + "
                                                                            "excluded.refund_count";

OsyAnalyticsTouched *
osy_analytics_touched_new (void)
{
  OsyAnalyticsTouched *self = g_new0 (OsyAnalyticsTouched, 1);

  self->orders = g_ptr_array_new_with_free_func (g_free);
  self->checks = g_ptr_array_new_with_free_func (g_free);
  self->payments = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
osy_analytics_touched_free (OsyAnalyticsTouched *self)
{
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->payments);
  g_free (self);
}

/* Which order of a check is its first may change with any of them. */
static gboolean
add_orders_of_checks (OsyDbTx *tx, OsyAnalyticsTouched *touched, GError **error)
{
  if (touched->checks->len == 0)
    return TRUE;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id FROM orders WHERE restaurant_id = app_restaurant() "
      "AND check_id = ANY ($1::uuid[]) UNION ALL SELECT order_id FROM order_line_place "
      "WHERE restaurant_id = app_restaurant() AND check_id = ANY ($1::uuid[])",
      OSY_PARAMS (OSY_P_TEXTS (touched->checks)), error);
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (touched->orders, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

gboolean
osy_analytics_roll (OsyDbTx *tx, OsyAnalyticsTouched *touched, const char *zone, GError **error)
{
  if (!add_orders_of_checks (tx, touched, error))
    return FALSE;
  if (touched->orders->len > 0 &&
      !osy_db_exec (tx, roll_orders, OSY_PARAMS (OSY_P_TEXTS (touched->orders), OSY_P_TEXT (zone)),
                    NULL, error))
    return FALSE;
  return touched->payments->len == 0 ||
         osy_db_exec (tx, roll_money,
                      OSY_PARAMS (OSY_P_TEXTS (touched->payments), OSY_P_TEXT (zone)), NULL, error);
}
