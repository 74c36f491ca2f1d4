-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- How the sums are made. All of it runs as the daemon at one shop.

-- Whether an order counts as sold.
CREATE FUNCTION sale_counts(status text, practice boolean) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN NOT practice AND status NOT IN ('PENDING_PAYMENT', 'REJECTED', 'CANCELED', 'EXPIRED');

-- Minutes on the shop's clock.
CREATE FUNCTION sale_minute(at timestamptz, zone text) RETURNS smallint
  LANGUAGE sql IMMUTABLE
  RETURN floor(date_part('epoch', (at AT TIME ZONE zone)::time) / 60)::smallint;

-- What a line is counted as: what the menu does not have is told apart by its name.
CREATE FUNCTION sale_dish(item_id uuid, name text) RETURNS uuid
  LANGUAGE sql IMMUTABLE
  RETURN CASE WHEN item_id <> '00000000-0000-0000-0000-000000000000' THEN item_id
    ELSE md5(name)::uuid END;

-- Lines of orders that count, after their own adjustments. The delivery fee is the line that bears
-- its order's id, and is one here only when something was taken off it.
CREATE FUNCTION sale_lines(ids uuid[])
  RETURNS TABLE (order_id uuid, created_at timestamptz, item_id uuid, name text, tax_free boolean,
    options jsonb, pieces bigint, voids bigint, comps bigint, net bigint)
  LANGUAGE sql STABLE
  AS $$
    WITH adjusted AS MATERIALIZED (
      SELECT subject_id, line_id,
        coalesce(sum(quantity) FILTER (WHERE kind = 'VOID'), 0) AS voided,
        coalesce(sum(quantity) FILTER (WHERE kind = 'COMP'), 0) AS comped,
        coalesce(sum(percent), 0) AS percent, coalesce(sum(amount), 0)::bigint AS won
      FROM order_adjustment
      WHERE restaurant_id = app_restaurant() AND subject_id = ANY (ids)
        AND line_id IS NOT NULL AND withdrawn_at IS NULL
      GROUP BY 1, 2),
    line AS (
      SELECT o.id, o.created_at, x.*
      FROM orders o CROSS JOIN LATERAL jsonb_to_recordset(o.items) AS x (line_id uuid,
        menu_item_id uuid, name text, quantity bigint, unit_price bigint, amount bigint,
        tax_free boolean, options jsonb)
      WHERE o.restaurant_id = app_restaurant() AND o.id = ANY (ids)
        AND sale_counts(o.status, o.practice)
      UNION ALL
      SELECT o.id, o.created_at, o.id, NULL, NULL, 1, o.delivery_fee, o.delivery_fee, false, '[]'
      FROM orders o JOIN adjusted a ON a.subject_id = o.id AND a.line_id = o.id
      WHERE o.restaurant_id = app_restaurant() AND o.id = ANY (ids)
        AND sale_counts(o.status, o.practice))
    SELECT l.id, l.created_at, sale_dish(l.menu_item_id, l.name), l.name, l.tax_free, l.options,
      l.quantity - coalesce(a.voided, 0), l.unit_price * coalesce(a.voided, 0),
      l.unit_price * coalesce(a.comped, 0),
      CASE WHEN a.line_id IS NULL THEN l.amount ELSE
        greatest(0, rest - rest * a.percent / 100 - a.won) END
    FROM line l LEFT JOIN adjusted a ON a.subject_id = l.id AND a.line_id = l.line_id
    CROSS JOIN LATERAL (SELECT
      l.amount - l.unit_price * (coalesce(a.voided, 0) + coalesce(a.comped, 0)) AS rest) r
  $$;

-- What is taken off a whole check, its service charge and its guests stand with the first order that
-- counts of all that give it something.
CREATE FUNCTION sale_bills(ids uuid[])
  RETURNS TABLE (order_id uuid, checks int, guests int, service bigint, discounts bigint,
    comps bigint)
  LANGUAGE sql STABLE
  AS $$
    WITH own AS MATERIALIZED (
      SELECT check_id FROM orders
      WHERE restaurant_id = app_restaurant() AND id = ANY (ids) AND sale_counts(status, practice)
      UNION
      SELECT p.check_id FROM order_line_place p
      JOIN orders o ON o.restaurant_id = app_restaurant() AND o.id = p.order_id
      WHERE p.restaurant_id = app_restaurant() AND p.order_id = ANY (ids)
        AND sale_counts(o.status, o.practice)),
    first AS (
      SELECT DISTINCT ON (check_id) check_id, id, guest_count
      FROM (SELECT o.check_id, o.id, o.created_at, o.guest_count
          FROM own JOIN orders o ON o.restaurant_id = app_restaurant() AND o.check_id = own.check_id
          WHERE sale_counts(o.status, o.practice)
        UNION ALL
        SELECT p.check_id, o.id, o.created_at, o.guest_count
          FROM own JOIN order_line_place p ON p.restaurant_id = app_restaurant()
            AND p.check_id = own.check_id
          JOIN orders o ON o.restaurant_id = app_restaurant() AND o.id = p.order_id
          WHERE sale_counts(o.status, o.practice)) x
      ORDER BY check_id, created_at, id),
    free AS MATERIALIZED (
      SELECT subject_id, sum(percent) AS percent, sum(amount)::bigint AS won
      FROM order_adjustment
      WHERE restaurant_id = app_restaurant() AND line_id IS NULL AND kind = 'COMP'
        AND withdrawn_at IS NULL AND subject_id IN (SELECT check_id FROM own)
      GROUP BY 1),
    whole AS (
      SELECT g.id, g.guest_count, g.total_amount, b.base,
        greatest(0, b.base - b.base * g.discount_percent / 100 - g.discount_amount) AS net,
        greatest(0, b.base - b.base * (g.discount_percent - coalesce(f.percent, 0)) / 100
          - (g.discount_amount - coalesce(f.won, 0))) AS plain
      FROM guest_check g LEFT JOIN free f ON f.subject_id = g.id
      CROSS JOIN LATERAL (SELECT g.orders_amount - g.adjustments_amount AS base) b
      WHERE g.restaurant_id = app_restaurant() AND g.id IN (SELECT check_id FROM own))
    SELECT f.id, count(*)::int, sum(coalesce(w.guest_count, f.guest_count, 1))::int,
      sum(w.total_amount - w.net)::bigint, sum(w.base - w.plain)::bigint,
      sum(w.plain - w.net)::bigint
    FROM first f JOIN whole w ON w.id = f.check_id GROUP BY f.id
  $$;

-- Orders as they are now, stored as facts; with @sums what differs is added to the sums.
CREATE FUNCTION sale_roll_orders(ids uuid[], zone text, sums boolean) RETURNS void
  LANGUAGE sql
  AS $$
    WITH o AS MATERIALIZED (
      SELECT * FROM orders
      WHERE restaurant_id = app_restaurant() AND id = ANY (ids) AND NOT practice),
    line AS MATERIALIZED (SELECT row_number() OVER () AS nth, l.* FROM sale_lines(ids) l),
    line_sum AS MATERIALIZED (
      SELECT order_id, sum(voids)::bigint AS voids, sum(comps)::bigint AS comps,
        coalesce(sum(net) FILTER (WHERE tax_free), 0)::bigint AS tax_free
      FROM line GROUP BY 1),
    item AS MATERIALIZED (
      SELECT order_id, array_agg(item_id ORDER BY item_id) AS ids,
        array_agg(pieces ORDER BY item_id) AS counts, array_agg(net ORDER BY item_id) AS sales
      FROM (SELECT order_id, item_id, sum(pieces)::bigint AS pieces, sum(net)::bigint AS net
        FROM line WHERE item_id IS NOT NULL GROUP BY 1, 2) x
      GROUP BY 1),
    choice AS MATERIALIZED (
      SELECT DISTINCT ON (l.nth, option_id) l.order_id, l.created_at, l.item_id, l.pieces,
        x.option_id, x.name
      FROM line l CROSS JOIN LATERAL (
        SELECT (j ->> 'option_id')::uuid AS option_id, j ->> 'name' AS name
        FROM jsonb_path_query(l.options, '$.**?(@.option_id.type() == "string")') j) x
      WHERE l.item_id IS NOT NULL AND l.options <> '[]'),
    option AS MATERIALIZED (
      SELECT order_id, array_agg(item_id ORDER BY item_id, option_id) AS items,
        array_agg(option_id ORDER BY item_id, option_id) AS ids,
        array_agg(pieces ORDER BY item_id, option_id) AS counts
      FROM (SELECT order_id, item_id, option_id, sum(pieces)::bigint AS pieces
        FROM choice GROUP BY 1, 2, 3) x
      GROUP BY 1),
    bill AS MATERIALIZED (SELECT * FROM sale_bills(ids)),
    fresh AS MATERIALIZED (
      SELECT app_restaurant() AS restaurant_id, o.id AS order_id, o.created_at, o.business_day,
        sale_minute(o.created_at, zone) AS minute, o.channel, o.type,
        (o.status NOT IN ('PENDING_PAYMENT', 'EXPIRED'))::int AS placed,
        (o.status IN ('REJECTED', 'CANCELED'))::int AS canceled, t.sold::int AS orders,
        coalesce(b.checks, 0) AS checks, coalesce(b.guests, 0) AS guests,
        CASE WHEN t.sold THEN o.total_amount ELSE 0 END AS gross, coalesce(l.voids, 0) AS voids,
        coalesce(l.comps, 0) + coalesce(b.comps, 0) AS comps,
        CASE WHEN t.sold THEN o.adjusted_amount - coalesce(l.voids, 0) - coalesce(l.comps, 0)
          + coalesce(b.discounts, 0) ELSE 0 END AS discounts,
        coalesce(b.service, 0) AS service, coalesce(l.tax_free, 0) AS tax_free,
        t.made::int AS prep_orders,
        CASE WHEN t.made THEN greatest(0, floor(date_part('epoch', o.ready_at - o.accepted_at)))
          ELSE 0 END::bigint AS prep_seconds,
        (t.made AND o.promised_at IS NOT NULL AND o.ready_at > o.promised_at)::int AS late_orders,
        coalesce(i.ids, '{}') AS item_ids, coalesce(i.counts, '{}') AS item_counts,
        coalesce(i.sales, '{}') AS item_sales, coalesce(p.items, '{}') AS option_items,
        coalesce(p.ids, '{}') AS option_ids, coalesce(p.counts, '{}') AS option_counts
      FROM o
      CROSS JOIN LATERAL (SELECT sale_counts(o.status, o.practice) AS sold,
        sale_counts(o.status, o.practice) AND o.accepted_at IS NOT NULL
          AND o.ready_at IS NOT NULL AS made) t
      LEFT JOIN line_sum l ON l.order_id = o.id
      LEFT JOIN item i ON i.order_id = o.id
      LEFT JOIN option p ON p.order_id = o.id
      LEFT JOIN bill b ON b.order_id = o.id AND t.sold),
    old AS MATERIALIZED (
      SELECT f.* FROM (SELECT DISTINCT unnest(ids) AS id) i JOIN sale_fact f
        ON f.restaurant_id = app_restaurant() AND f.order_id = i.id),
    changed AS MATERIALIZED (
      SELECT f.* FROM fresh f LEFT JOIN old o USING (order_id)
      WHERE o.order_id IS NULL OR ROW (f.*) IS DISTINCT FROM ROW (o.*)),
    stored AS (
      INSERT INTO sale_fact SELECT * FROM changed
      ON CONFLICT (restaurant_id, order_id) DO UPDATE SET
        (created_at, business_day, minute, channel, type, placed, canceled, orders, checks, guests,
          gross, voids, comps, discounts, service, tax_free, prep_orders, prep_seconds,
          late_orders, item_ids, item_counts, item_sales, option_items, option_ids,
          option_counts) =
        (excluded.created_at, excluded.business_day, excluded.minute, excluded.channel,
          excluded.type, excluded.placed, excluded.canceled, excluded.orders, excluded.checks,
          excluded.guests, excluded.gross, excluded.voids, excluded.comps, excluded.discounts,
          excluded.service, excluded.tax_free, excluded.prep_orders, excluded.prep_seconds,
          excluded.late_orders, excluded.item_ids, excluded.item_counts, excluded.item_sales,
          excluded.option_items, excluded.option_ids, excluded.option_counts)),
    difference AS MATERIALIZED (
      SELECT 1 AS sign, * FROM changed WHERE sums
      UNION ALL SELECT -1, o.* FROM old o JOIN changed c USING (order_id) WHERE sums),
    hours AS (
      INSERT INTO sale_hour AS h
        SELECT app_restaurant(), business_day, minute / 60, channel, type, sum(sign * placed),
          sum(sign * canceled), sum(sign * orders), sum(sign * checks), sum(sign * guests),
          sum(sign * gross), sum(sign * voids), sum(sign * comps), sum(sign * discounts),
          sum(sign * service), sum(sign * tax_free), sum(sign * prep_orders),
          sum(sign * prep_seconds), sum(sign * late_orders)
        FROM difference GROUP BY business_day, minute / 60, channel, type
      ON CONFLICT (restaurant_id, business_day, hour, channel, type) DO UPDATE SET
        placed = h.placed + excluded.placed, canceled = h.canceled + excluded.canceled,
        orders = h.orders + excluded.orders, checks = h.checks + excluded.checks,
        guests = h.guests + excluded.guests, gross = h.gross + excluded.gross,
        voids = h.voids + excluded.voids, comps = h.comps + excluded.comps,
        discounts = h.discounts + excluded.discounts, service = h.service + excluded.service,
        tax_free = h.tax_free + excluded.tax_free,
        prep_orders = h.prep_orders + excluded.prep_orders,
        prep_seconds = h.prep_seconds + excluded.prep_seconds,
        late_orders = h.late_orders + excluded.late_orders),
    prep AS (
      INSERT INTO sale_prep AS s
        SELECT app_restaurant(), business_day, least(prep_seconds / 60, 60),
          sum(sign * prep_orders)
        FROM difference WHERE prep_orders > 0 GROUP BY business_day, least(prep_seconds / 60, 60)
        HAVING sum(sign * prep_orders) <> 0
      ON CONFLICT (restaurant_id, business_day, minutes) DO UPDATE SET
        orders = s.orders + excluded.orders),
    items AS (
      INSERT INTO sale_item AS s
        SELECT app_restaurant(), business_day, u.id, sum(sign * u.n), sum(sign * u.won)
        FROM difference
        CROSS JOIN LATERAL unnest(item_ids, item_counts, item_sales) AS u (id, n, won)
        GROUP BY business_day, u.id HAVING sum(sign * u.n) <> 0 OR sum(sign * u.won) <> 0
      ON CONFLICT (restaurant_id, business_day, item_id) DO UPDATE SET
        quantity = s.quantity + excluded.quantity, sales = s.sales + excluded.sales),
    options AS (
      INSERT INTO sale_option AS s
        SELECT app_restaurant(), business_day, u.item, u.id, sum(sign * u.n)
        FROM difference
        CROSS JOIN LATERAL unnest(option_items, option_ids, option_counts) AS u (item, id, n)
        GROUP BY business_day, u.item, u.id HAVING sum(sign * u.n) <> 0
      ON CONFLICT (restaurant_id, business_day, item_id, option_id) DO UPDATE SET
        quantity = s.quantity + excluded.quantity)
    INSERT INTO sale_name
      SELECT DISTINCT ON (x.id) app_restaurant(), x.id, x.name
      FROM (SELECT item_id AS id, name, created_at FROM line
        UNION ALL SELECT option_id, name, created_at FROM choice) x
      WHERE x.id IS NOT NULL AND x.name IS NOT NULL AND (x.id, x.name) NOT IN (
        SELECT k.id, k.name FROM sale_name k WHERE k.restaurant_id = app_restaurant())
      ORDER BY x.id, x.created_at DESC
    ON CONFLICT (restaurant_id, id) DO UPDATE SET name = excluded.name
  $$;

-- The same of payments and their refunds, which stand on their own day. A payment made to learn the
-- product is none.
CREATE FUNCTION sale_roll_money(ids uuid[], zone text, sums boolean) RETURNS void
  LANGUAGE sql
  AS $$
    WITH p AS MATERIALIZED (
      SELECT * FROM payment y
      WHERE restaurant_id = app_restaurant() AND id = ANY (ids) AND NOT EXISTS (
        SELECT FROM orders o WHERE o.restaurant_id = app_restaurant()
          AND o.check_id = y.check_id AND o.practice)),
    r AS MATERIALIZED (
      SELECT b.*, p.method FROM refund b JOIN p ON p.id = b.payment_id
      WHERE b.restaurant_id = app_restaurant() AND b.payment_id = ANY (ids)),
    old AS MATERIALIZED (
      SELECT * FROM sale_money
      WHERE restaurant_id = app_restaurant()
        AND id IN (SELECT id FROM p UNION ALL SELECT id FROM r)),
    fresh AS (
      SELECT app_restaurant() AS restaurant_id, p.id, p.business_day,
        sale_minute(p.created_at, zone) AS minute, p.method AS tender,
        CASE WHEN s.taken THEN p.amount ELSE 0 END AS taken, s.taken::int AS taken_count,
        0::bigint AS refunded, 0 AS refund_count, p.actor
      FROM p CROSS JOIN LATERAL (SELECT
        p.status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED') AS taken) s
      UNION ALL
      SELECT app_restaurant(), r.id, r.business_day, sale_minute(r.created_at, zone), r.method,
        0, 0, CASE WHEN r.status = 'DONE' THEN r.amount ELSE 0 END, (r.status = 'DONE')::int,
        r.actor
      FROM r),
    changed AS MATERIALIZED (
      SELECT f.* FROM fresh f LEFT JOIN old o USING (id)
      WHERE CASE WHEN o.id IS NULL THEN f.taken_count + f.refund_count > 0
        ELSE ROW (f.*) IS DISTINCT FROM ROW (o.*) END),
    stored AS (
      INSERT INTO sale_money SELECT * FROM changed
      ON CONFLICT (restaurant_id, id) DO UPDATE SET
        (business_day, minute, tender, taken, taken_count, refunded, refund_count, actor) =
        (excluded.business_day, excluded.minute, excluded.tender, excluded.taken,
          excluded.taken_count, excluded.refunded, excluded.refund_count, excluded.actor)),
    difference AS (
      SELECT 1 AS sign, * FROM changed WHERE sums
      UNION ALL SELECT -1, o.* FROM old o JOIN changed c USING (id) WHERE sums)
    INSERT INTO sale_tender AS t
      SELECT app_restaurant(), business_day, tender, sum(sign * taken), sum(sign * taken_count),
        sum(sign * refunded), sum(sign * refund_count)
      FROM difference GROUP BY business_day, tender
    ON CONFLICT (restaurant_id, business_day, tender) DO UPDATE SET
      taken = t.taken + excluded.taken, taken_count = t.taken_count + excluded.taken_count,
      refunded = t.refunded + excluded.refunded,
      refund_count = t.refund_count + excluded.refund_count
  $$;

-- Rolls orders or payments; when that fails, half by half until those are found that are to blame.
-- They are set aside. Returns: how many were not before. What fails for a reason outside of the rows
-- (a deadlock, no memory) fails all.
CREATE FUNCTION sale_roll(of_kind text, ids uuid[], zone text, sums boolean) RETURNS int
  LANGUAGE plpgsql
  AS $$
DECLARE
  half int := cardinality(ids) / 2;
  tried int;
BEGIN
  IF cardinality(ids) = 0 THEN
    RETURN 0;
  END IF;
  BEGIN
    IF of_kind = 'order' THEN
      PERFORM sale_roll_orders(ids, zone, sums);
    ELSE
      PERFORM sale_roll_money(ids, zone, sums);
    END IF;
    DELETE FROM sale_trouble WHERE restaurant_id = app_restaurant() AND id = ANY (ids);
    RETURN 0;
  EXCEPTION WHEN OTHERS THEN
    IF SQLSTATE ~ '^(08|25|40|42501|53|54|55|57|58|XX)' THEN
      RAISE;
    END IF;
    IF half = 0 THEN
      INSERT INTO sale_trouble AS t
        VALUES (app_restaurant(), ids[1], of_kind, left(SQLERRM, 500), 1, now(),
          now() + interval '1 minute')
        ON CONFLICT (restaurant_id, id) DO UPDATE SET error = excluded.error, tries = t.tries + 1,
          next_at = now() + least(1440, 2 ^ least(t.tries, 11)) * interval '1 minute'
        RETURNING t.tries INTO tried;
      RETURN (tried = 1)::int;
    END IF;
  END;
  RETURN sale_roll(of_kind, ids[:half], zone, sums) + sale_roll(of_kind, ids[half + 1:], zone, sums);
END $$;

-- Facts of some days without the order or the money they are of.
CREATE FUNCTION sale_drop_strays(first date, last date) RETURNS void
  LANGUAGE sql
  AS $$
    DELETE FROM sale_fact f WHERE restaurant_id = app_restaurant()
      AND business_day BETWEEN first AND last AND NOT EXISTS (SELECT FROM orders o
        WHERE o.restaurant_id = app_restaurant() AND o.id = f.order_id AND NOT o.practice);
    DELETE FROM sale_money m WHERE restaurant_id = app_restaurant()
      AND business_day BETWEEN first AND last
      AND NOT EXISTS (SELECT FROM payment p
        WHERE p.restaurant_id = app_restaurant() AND p.id = m.id)
      AND NOT EXISTS (SELECT FROM refund r
        WHERE r.restaurant_id = app_restaurant() AND r.id = m.id);
  $$;

-- The sums of some days from their facts, in place of what they were.
CREATE FUNCTION sale_sum_days(first date, last date) RETURNS void
  LANGUAGE sql
  AS $$
    DELETE FROM sale_hour
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last;
    DELETE FROM sale_prep
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last;
    DELETE FROM sale_item
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last;
    DELETE FROM sale_option
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last;
    DELETE FROM sale_tender
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last;
    INSERT INTO sale_hour
      SELECT app_restaurant(), business_day, minute / 60, channel, type, sum(placed),
        sum(canceled), sum(orders), sum(checks), sum(guests), sum(gross), sum(voids), sum(comps),
        sum(discounts), sum(service), sum(tax_free), sum(prep_orders), sum(prep_seconds),
        sum(late_orders)
      FROM sale_fact
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last
      GROUP BY business_day, minute / 60, channel, type;
    INSERT INTO sale_prep
      SELECT app_restaurant(), business_day, least(prep_seconds / 60, 60), sum(prep_orders)
      FROM sale_fact
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last
        AND prep_orders > 0
      GROUP BY business_day, least(prep_seconds / 60, 60);
    INSERT INTO sale_item
      SELECT app_restaurant(), business_day, u.id, sum(u.n), sum(u.won)
      FROM sale_fact
      CROSS JOIN LATERAL unnest(item_ids, item_counts, item_sales) AS u (id, n, won)
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last
      GROUP BY business_day, u.id HAVING sum(u.n) <> 0 OR sum(u.won) <> 0;
    INSERT INTO sale_option
      SELECT app_restaurant(), business_day, u.item, u.id, sum(u.n)
      FROM sale_fact
      CROSS JOIN LATERAL unnest(option_items, option_ids, option_counts) AS u (item, id, n)
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last
      GROUP BY business_day, u.item, u.id HAVING sum(u.n) <> 0;
    INSERT INTO sale_tender
      SELECT app_restaurant(), business_day, tender, sum(taken), sum(taken_count), sum(refunded),
        sum(refund_count)
      FROM sale_money
      WHERE restaurant_id = app_restaurant() AND business_day BETWEEN first AND last
      GROUP BY business_day, tender;
  $$;

-- First and last day on which anything is summed.
CREATE FUNCTION sale_days(OUT first date, OUT last date)
  LANGUAGE sql STABLE
  AS $$
    SELECT min(a), max(b) FROM (
      SELECT min(business_day) AS a, max(business_day) AS b FROM sale_fact
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_money
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_hour
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_item
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_option
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_prep
        WHERE restaurant_id = app_restaurant()
      UNION ALL SELECT min(business_day), max(business_day) FROM sale_tender
        WHERE restaurant_id = app_restaurant()) x
  $$;

-- From now on all is computed anew, page by page; the feed is followed again from where it is now.
CREATE FUNCTION sale_rebuild_begin() RETURNS void
  LANGUAGE sql
  AS $$
    UPDATE sale_position p SET epoch = h.epoch, seq = h.last_seq, time_zone = r.time_zone,
      as_of = coalesce((SELECT occurred_at FROM shop_feed f WHERE f.restaurant_id = p.restaurant_id
        AND f.epoch = h.epoch ORDER BY f.seq DESC LIMIT 1), p.as_of),
      stage = 'ORDERS', stage_at = '-infinity', stage_day = NULL,
      stage_id = '00000000-0000-0000-0000-000000000000'
    FROM feed_head h JOIN restaurant r ON r.id = h.restaurant_id
    WHERE p.restaurant_id = app_restaurant() AND h.restaurant_id = p.restaurant_id
  $$;

-- The next page; whoever calls holds the place. Oldest first, so that what was renamed is called as
-- it was sold last. Old sums stay to be read until their days are summed, a week at once, fewer with
-- a page of less than 2,000. Returns: how many were set aside.
CREATE FUNCTION sale_rebuild_page(page int) RETURNS int
  LANGUAGE plpgsql
  AS $$
DECLARE
  place sale_position;
  days record;
  ids uuid[];
  at timestamptz;
  bad int := 0;
  span int := least(7, greatest(1, page / 250));
BEGIN
  SELECT * INTO place FROM sale_position WHERE restaurant_id = app_restaurant();
  IF place.stage = 'SUMS' THEN
    SELECT * INTO days FROM sale_days();
    place.stage_day := coalesce(place.stage_day, days.first);
    IF place.stage_day <= days.last THEN
      PERFORM sale_drop_strays(place.stage_day, place.stage_day + span - 1);
      PERFORM sale_sum_days(place.stage_day, place.stage_day + span - 1);
    END IF;
    place.stage_day := place.stage_day + span;
    IF place.stage_day IS NULL OR place.stage_day > days.last THEN
      place.stage := NULL;
    END IF;
  ELSE
    IF place.stage = 'ORDERS' THEN
      SELECT array_agg(x.id ORDER BY x.created_at, x.id), max(x.created_at) INTO ids, at
        FROM (SELECT id, created_at FROM orders WHERE restaurant_id = app_restaurant()
          AND (created_at, id) > (place.stage_at, place.stage_id)
          ORDER BY created_at, id LIMIT page) x;
      bad := sale_roll('order', coalesce(ids, '{}'), place.time_zone, false);
    ELSE
      SELECT array_agg(x.id ORDER BY x.created_at, x.id), max(x.created_at) INTO ids, at
        FROM (SELECT id, created_at FROM payment WHERE restaurant_id = app_restaurant()
          AND (created_at, id) > (place.stage_at, place.stage_id)
          ORDER BY created_at, id LIMIT page) x;
      bad := sale_roll('payment', coalesce(ids, '{}'), place.time_zone, false);
    END IF;
    IF coalesce(cardinality(ids), 0) = page THEN
      place.stage_at := at;
      place.stage_id := ids[page];
    ELSE
      place.stage := CASE place.stage WHEN 'ORDERS' THEN 'MONEY' ELSE 'SUMS' END;
      place.stage_at := '-infinity';
      place.stage_day := NULL;
      place.stage_id := '00000000-0000-0000-0000-000000000000';
    END IF;
  END IF;
  UPDATE sale_position SET stage = place.stage, stage_at = place.stage_at,
    stage_id = place.stage_id, stage_day = place.stage_day
    WHERE restaurant_id = app_restaurant();
  RETURN bad;
END $$;
