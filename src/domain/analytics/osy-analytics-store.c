/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Questions to the sums. A day that counts up to some minute only is read from its facts, every
 * other one from its sums. */

#include "osy-analytics-store.h"

/* $1, $2: first and last day; $3: minutes of the last one, or -1; $4: when a day begins. */
#define WHOLE_DAYS                                                                   \
  "restaurant_id = app_restaurant() AND business_day BETWEEN $1::date AND $2::date " \
  "AND ($3::bigint < 0 OR business_day < $2::date) "
#define PART_OF_DAY                                                                   \
  "restaurant_id = app_restaurant() AND business_day = $2::date AND $3::bigint >= 0 " \
  "AND (minute - $4::bigint + 1440) % 1440 < $3::bigint "

#define SUMS                                                                                      \
  "placed, canceled, orders, checks, guests, gross, voids, comps, discounts, service, tax_free, " \
  "prep_orders, prep_seconds, late_orders "

/* Summed by hour first: the grouping sets would go over each fact many times. */
#define SUMMED                                                              \
  "sum(placed)::bigint, sum(canceled)::bigint, sum(orders)::bigint, "       \
  "sum(checks)::bigint, sum(guests)::bigint, sum(gross)::bigint, "          \
  "sum(voids)::bigint, sum(comps)::bigint, sum(discounts)::bigint, "        \
  "sum(service)::bigint, sum(tax_free)::bigint, sum(prep_orders)::bigint, " \
  "sum(prep_seconds)::bigint, sum(late_orders)::bigint "

static OsyDbRows *
ask (OsyDbTx *tx, const char *sql, const OsyAnalyticsRange *range, GError **error)
{
  return osy_db_query (tx, sql,
                       OSY_PARAMS (OSY_P_TEXT (range->from), OSY_P_TEXT (range->to),
                                   OSY_P_INT (range->until), OSY_P_INT (range->cutoff)),
                       error);
}

OsyDbRows *
osy_analytics_store_sales (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return ask (
      tx,
      "WITH cell AS (SELECT business_day, hour, channel, type, " SUMS
      "    FROM sale_hour WHERE " WHOLE_DAYS
      "  UNION ALL SELECT business_day, minute / 60, channel, type, " SUMMED
      "    FROM sale_fact WHERE " PART_OF_DAY "GROUP BY 1, 2, 3, 4) "
      "SELECT CASE grouping (business_day, hour, channel, type, weekday) WHEN 31 THEN 'all' "
      "    WHEN 23 THEN 'hour' WHEN 15 THEN 'day' WHEN 27 THEN 'channel' WHEN 29 THEN 'type' "
      "    ELSE 'heat' END AS kind, business_day, hour, channel, type, weekday, "
      "  coalesce(sum(gross - voids - comps - discounts + service), 0)::bigint AS sales, "
      "  coalesce(sum(placed), 0)::bigint AS placed, "
      "  coalesce(sum(canceled), 0)::bigint AS canceled, "
      "  coalesce(sum(orders), 0)::bigint AS orders, coalesce(sum(checks), 0)::bigint AS checks, "
      "  coalesce(sum(guests), 0)::bigint AS guests, coalesce(sum(gross), 0)::bigint AS gross, "
      "  coalesce(sum(voids), 0)::bigint AS voids, coalesce(sum(comps), 0)::bigint AS comps, "
      "  coalesce(sum(discounts), 0)::bigint AS discounts, "
      "  coalesce(sum(service), 0)::bigint AS service, "
      "  coalesce(sum(tax_free), 0)::bigint AS tax_free, "
      "  coalesce(sum(prep_orders), 0)::bigint AS prep_orders, "
      "  coalesce(sum(prep_seconds), 0)::bigint AS prep_seconds, "
      "  coalesce(sum(late_orders), 0)::bigint AS late_orders "
      "FROM (SELECT *, date_part('isodow', business_day)::int AS weekday FROM cell) c "
      "GROUP BY GROUPING SETS ((), (hour), (business_day), (channel), (type), (weekday, hour)) "
      "ORDER BY business_day, weekday, (hour * 60 - $4::bigint + 1499) / 60 % 24, "
      "  sales DESC, channel, type",
      range, error);
}

OsyDbRows *
osy_analytics_store_money (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return ask (tx,
              "SELECT tender, sum(taken)::bigint AS taken, sum(taken_count)::bigint AS "
              "  taken_count, sum(refunded)::bigint AS refunded, sum(refund_count)::bigint AS "
              "  refund_count FROM (SELECT tender, taken, taken_count, refunded, refund_count "
              "    FROM sale_tender WHERE " WHOLE_DAYS "  UNION ALL SELECT tender, taken, "
              "taken_count, refunded, refund_count FROM sale_money WHERE " PART_OF_DAY ") m "
              "GROUP BY tender ORDER BY taken DESC, tender",
              range, error);
}

OsyDbRows *
osy_analytics_store_fees (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT o.channel, sum(s.fee)::bigint AS fee FROM settlement s LEFT JOIN payment p "
      "  ON p.restaurant_id = app_restaurant() AND p.id = s.payment_id "
      "LEFT JOIN LATERAL (SELECT channel FROM orders WHERE restaurant_id = app_restaurant() "
      "  AND check_id = p.check_id ORDER BY created_at, id LIMIT 1) o ON true "
      "WHERE s.restaurant_id = app_restaurant() AND s.sold_on BETWEEN $1::date AND $2::date "
      "GROUP BY 1",
      OSY_PARAMS (OSY_P_TEXT (range->from), OSY_P_TEXT (range->to)), error);
}

OsyDbRows *
osy_analytics_store_items (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return ask (
      tx,
      "SELECT s.item_id, coalesce(m.names ->> 'ko', n.name, '') AS name, s.quantity, s.sales "
      "FROM (SELECT item_id, sum(quantity)::bigint AS quantity, sum(sales)::bigint AS sales "
      "  FROM (SELECT item_id, quantity, sales FROM sale_item WHERE " WHOLE_DAYS
      "    UNION ALL SELECT unnest(item_ids), unnest(item_counts), unnest(item_sales) "
      "      FROM sale_fact WHERE " PART_OF_DAY ") x GROUP BY item_id) s "
      "LEFT JOIN menu_item m ON m.restaurant_id = app_restaurant() AND m.id = s.item_id "
      "LEFT JOIN sale_name n ON n.restaurant_id = app_restaurant() AND n.id = s.item_id "
      "WHERE s.quantity <> 0 OR s.sales <> 0 ORDER BY s.sales DESC, s.quantity DESC, s.item_id",
      range, error);
}

OsyDbRows *
osy_analytics_store_options (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return ask (
      tx,
      "SELECT s.item_id, s.option_id, coalesce(m.names ->> 'ko', n.name, '') AS name, s.quantity "
      "FROM (SELECT item_id, option_id, sum(quantity)::bigint AS quantity "
      "  FROM (SELECT item_id, option_id, quantity FROM sale_option WHERE " WHOLE_DAYS
      "    UNION ALL SELECT unnest(option_items), unnest(option_ids), unnest(option_counts) "
      "      FROM sale_fact WHERE " PART_OF_DAY ") x GROUP BY 1, 2) s "
      "LEFT JOIN menu_option m ON m.restaurant_id = app_restaurant() AND m.id = s.option_id "
      "LEFT JOIN sale_name n ON n.restaurant_id = app_restaurant() AND n.id = s.option_id "
      "WHERE s.quantity <> 0 ORDER BY s.quantity DESC, s.item_id, s.option_id",
      range, error);
}

OsyDbRows *
osy_analytics_store_prep (OsyDbTx *tx, const OsyAnalyticsRange *range, GError **error)
{
  return ask (tx,
              "SELECT minutes, sum(orders)::bigint AS orders FROM (SELECT minutes, orders "
              "    FROM sale_prep WHERE " WHOLE_DAYS
              "  UNION ALL SELECT least(prep_seconds / 60, 60), prep_orders FROM sale_fact "
              "WHERE " PART_OF_DAY ") x GROUP BY 1 HAVING sum(orders) <> 0 ORDER BY 1",
              range, error);
}

/* A shop without opening times is open for the whole of its day. $5: zone; $6: now. */
OsyDbRows *
osy_analytics_store_stops (OsyDbTx *tx,
                           const OsyAnalyticsRange *range,
                           const char *zone,
                           gint64 now,
                           GError **error)
{
  return osy_db_query (
      tx,
      "WITH hours AS (SELECT weekday, opens, closes FROM shop_hours "
      "    WHERE restaurant_id = app_restaurant() "
      "  UNION ALL SELECT w, $4::int, $4::int + 1440 FROM generate_series (1, 7) w WHERE NOT "
      "EXISTS "
      "    (SELECT FROM shop_hours WHERE restaurant_id = app_restaurant())), "
      "open AS (SELECT (d + make_interval (mins => opens)) AT TIME ZONE $5 AS a, "
      "    least ((d + make_interval (mins => closes)) AT TIME ZONE $5, $6, "
      "      CASE WHEN $3::int >= 0 THEN ($2::date + make_interval (mins => $4::int + $3::int)) "
      "        AT TIME ZONE $5 END) AS b "
      "  FROM generate_series ($1::date::timestamp, $2::date::timestamp, interval '1 day') d "
      "  JOIN hours ON weekday = date_part ('isodow', d)), "
      "stop AS (SELECT item_id, began_at AS a, least (ended_at, until_at, $6) AS b FROM sale_stop "
      "  WHERE restaurant_id = app_restaurant()), "
      "gone AS (SELECT item_id, sum (date_part ('epoch', least (s.b, o.b) - greatest (s.a, o.a))) "
      "    AS seconds FROM stop s JOIN open o ON s.a < o.b AND o.a < s.b GROUP BY 1) "
      "SELECT item_id, coalesce(m.names ->> 'ko', n.name, '') AS name, "
      "  floor (seconds / 60)::bigint AS minutes FROM gone LEFT JOIN menu_item m "
      "  ON m.restaurant_id = app_restaurant() AND m.id = item_id LEFT JOIN sale_name n "
      "  ON n.restaurant_id = app_restaurant() AND n.id = item_id WHERE seconds >= 60 "
      "ORDER BY minutes DESC, item_id",
      OSY_PARAMS (OSY_P_TEXT (range->from), OSY_P_TEXT (range->to), OSY_P_INT (range->until),
                  OSY_P_INT (range->cutoff), OSY_P_TEXT (zone), OSY_P_TIME (now)),
      error);
}

gboolean
osy_analytics_store_as_of (OsyDbTx *tx, gint64 *at, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT as_of FROM sale_position WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return FALSE;
  *at = osy_db_rows_count (rows) > 0 ? osy_db_rows_time (rows, 0, "as_of") : 0;
  return TRUE;
}

OsyDbRows *
osy_analytics_store_orders (OsyDbTx *tx, const OsyAnalyticsQuery *query, GError **error)
{
  const OsyAnalyticsRange *range = &query->range;

  /* LIMIT 1 where EXISTS would do: the payments of the orders that are shown, not of all. */
  return osy_db_query (
      tx,
      "SELECT f.order_id AS id, f.created_at FROM sale_fact f "
      "WHERE f.restaurant_id = app_restaurant() AND f.orders > 0 "
      "AND f.business_day BETWEEN $1::date AND $2::date "
      "AND ($3::bigint < 0 OR f.business_day < $2::date "
      "  OR (f.minute - $4::bigint + 1440) % 1440 < $3::bigint) "
      "AND ($5::bigint < 0 OR f.minute / 60 = $5) "
      "AND ($6::bigint = 0 OR date_part('isodow', f.business_day) = $6) "
      "AND ($7::text IS NULL OR f.channel = $7) AND ($13::text IS NULL OR f.type = $13) "
      "AND ($8::uuid IS NULL OR $8 = ANY (f.item_ids)) "
      "AND ($9::text IS NULL OR (SELECT true FROM orders o JOIN payment p "
      "  ON p.restaurant_id = app_restaurant() AND p.check_id = o.check_id "
      "  JOIN sale_money m ON m.restaurant_id = app_restaurant() AND m.id = p.id "
      "    AND m.tender = $9 AND m.taken_count > 0 "
      "  WHERE o.restaurant_id = app_restaurant() AND o.id = f.order_id LIMIT 1)) "
      "AND ($10::timestamptz IS NULL OR (f.created_at, f.order_id) < ($10, $11::uuid)) "
      "ORDER BY f.business_day DESC, f.created_at DESC, f.order_id DESC LIMIT $12",
      OSY_PARAMS (OSY_P_TEXT (range->from), OSY_P_TEXT (range->to), OSY_P_INT (range->until),
                  OSY_P_INT (range->cutoff), OSY_P_INT (query->hour), OSY_P_INT (query->weekday),
                  OSY_P_TEXT (query->channel), OSY_P_TEXT (query->item_id),
                  OSY_P_TEXT (query->tender), OSY_P_TIME (query->before_created),
                  OSY_P_TEXT (query->before_id), OSY_P_INT (query->limit),
                  OSY_P_TEXT (query->type)),
      error);
}

gboolean
osy_analytics_store_is_behind (OsyDbTx *tx, gboolean *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT EXISTS (SELECT FROM feed_head h LEFT JOIN sale_position p "
      "  ON p.restaurant_id = app_restaurant() WHERE h.restaurant_id = app_restaurant() "
      "  AND (p.seq IS NULL OR p.epoch <> h.epoch OR p.seq < h.last_seq OR p.stage IS NOT NULL)) "
      "AS behind",
      OSY_NO_PARAMS, error);

  *ret = rows != NULL && osy_db_rows_bool (rows, 0, "behind");
  return rows != NULL;
}
