-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What is done to the stock in one go. Rows are locked in one order: the reservation, then its
-- ingredients by their ids. VOLATILE: each statement inside sees what was committed before it waited.
CREATE TYPE stock_need AS (ord int, ingredient_id uuid, quantity bigint, line int);

-- What each of @items, the lines of an order, takes of tracked ingredients; line is the first, from 0,
-- that takes it.
CREATE FUNCTION stock_needs(items jsonb[]) RETURNS SETOF stock_need
  LANGUAGE sql STABLE
  AS $$
  WITH RECURSIVE pick(ord, line, owner_id, n, options) AS (
    SELECT o.ord::int, l.at::int - 1, (l.one ->> 'menu_item_id')::uuid,
      (l.one ->> 'quantity')::numeric, l.one -> 'options'
    FROM unnest(items) WITH ORDINALITY AS o(lines, ord),
      jsonb_array_elements(o.lines) WITH ORDINALITY AS l(one, at)
    UNION ALL
    SELECT p.ord, p.line, (x ->> 'option_id')::uuid,
      p.n * coalesce((x ->> 'quantity')::numeric, 1), x -> 'options'
    FROM pick p, jsonb_array_elements(p.options) AS x
  )
  SELECT (p.ord, r.ingredient_id, least(sum(p.n * r.quantity), 1000000000000)::bigint,
          min(p.line))::stock_need
  FROM pick p
  JOIN recipe_line r ON r.restaurant_id = app_restaurant() AND r.owner_id = p.owner_id
  JOIN ingredient i ON i.restaurant_id = app_restaurant() AND i.id = r.ingredient_id
    AND i.track AND i.archived_at IS NULL
  GROUP BY p.ord, r.ingredient_id
$$;

-- One event for each of @ids as it stands now.
CREATE FUNCTION stock_tell(ids uuid[]) RETURNS void
  LANGUAGE sql
  AS $$
  INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, aggregate_seq,
    occurred_at) SELECT restaurant_id, gen_random_uuid(), 'stock.changed', 'ingredient', id, version,
    clock_timestamp() FROM ingredient WHERE restaurant_id = app_restaurant() AND id = ANY (ids)
$$;

CREATE FUNCTION stock_lock(ids uuid[]) RETURNS void
  LANGUAGE sql
  AS $$
  SELECT FROM ingredient WHERE restaurant_id = app_restaurant() AND id = ANY (ids)
  ORDER BY id FOR UPDATE
$$;

-- For the statement that places orders: the first comes first. Those that an ingredient marked block
-- does not suffice for are answered, with the line at fault; the others hold what blocks them, if
-- @holds says so (a prepaid one holds nothing before it is paid).
CREATE FUNCTION stock_claim(ids uuid[], items jsonb[], holds boolean[])
  RETURNS TABLE (order_id uuid, line int)
  LANGUAGE plpgsql
  AS $$
DECLARE
  needs stock_need[];
  held int[] := '{}';
  nth int;
BEGIN
  IF NOT EXISTS (SELECT FROM ingredient i WHERE i.restaurant_id = app_restaurant() AND i.block) THEN
    RETURN;
  END IF;
  SELECT array_agg(n) INTO needs FROM stock_needs(items) n JOIN ingredient i
    ON i.restaurant_id = app_restaurant() AND i.id = n.ingredient_id AND i.block;
  IF needs IS NULL THEN
    RETURN;
  END IF;
  PERFORM stock_lock(array(SELECT DISTINCT n.ingredient_id FROM unnest(needs) n));
  FOR nth IN SELECT DISTINCT n.ord FROM unnest(needs) n ORDER BY 1 LOOP
    RETURN QUERY SELECT ids[nth], min(n.line) FROM unnest(needs) n JOIN ingredient i
      ON i.restaurant_id = app_restaurant() AND i.id = n.ingredient_id
      WHERE n.ord = nth AND n.quantity > i.on_hand - i.reserved
        - coalesce((SELECT sum(h.quantity) FROM unnest(needs) h
                    WHERE h.ord = ANY (held) AND h.ingredient_id = n.ingredient_id), 0)
      HAVING count(*) > 0;
    IF NOT FOUND AND holds[nth] THEN
      held := held || nth;
    END IF;
  END LOOP;
  IF held = '{}' THEN
    RETURN;
  END IF;
  INSERT INTO stock_reservation (restaurant_id, subject_type, subject_id, status, created_at)
    SELECT app_restaurant(), 'order', ids[o], 'RESERVED', clock_timestamp() FROM unnest(held) o;
  INSERT INTO stock_hold (restaurant_id, subject_type, subject_id, ingredient_id, quantity)
    SELECT app_restaurant(), 'order', ids[n.ord], n.ingredient_id, n.quantity FROM unnest(needs) n
    WHERE n.ord = ANY (held);
  UPDATE ingredient i SET reserved = i.reserved + s.quantity, version = i.version + 1
    FROM (SELECT n.ingredient_id, sum(n.quantity) AS quantity FROM unnest(needs) n
          WHERE n.ord = ANY (held) GROUP BY 1) s
    WHERE i.restaurant_id = app_restaurant() AND i.id = s.ingredient_id;
  PERFORM stock_tell(array(SELECT DISTINCT n.ingredient_id FROM unnest(needs) n
                           WHERE n.ord = ANY (held)));
END $$;

-- Holds what @items take and the subject, whose reservation is locked, does not hold yet: all of it,
-- or none, and then what does not suffice is answered.
CREATE FUNCTION stock_take(kind text, subject uuid, items jsonb)
  RETURNS TABLE (ingredient_id uuid, line int)
  LANGUAGE plpgsql
  AS $$
DECLARE
  needs stock_need[];
BEGIN
  SELECT array_agg(n) INTO needs FROM stock_needs(ARRAY[items]) n WHERE NOT EXISTS (
    SELECT FROM stock_hold h WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind
      AND h.subject_id = subject AND h.ingredient_id = n.ingredient_id);
  IF needs IS NULL THEN
    RETURN;
  END IF;
  PERFORM stock_lock(array(SELECT n.ingredient_id FROM unnest(needs) n));
  RETURN QUERY SELECT n.ingredient_id, n.line FROM unnest(needs) n JOIN ingredient i
    ON i.restaurant_id = app_restaurant() AND i.id = n.ingredient_id
    WHERE i.block AND n.quantity > i.on_hand - i.reserved ORDER BY n.line;
  IF FOUND THEN
    RETURN;
  END IF;
  INSERT INTO stock_hold (restaurant_id, subject_type, subject_id, ingredient_id, quantity)
    SELECT app_restaurant(), kind, subject, n.ingredient_id, n.quantity FROM unnest(needs) n;
  UPDATE ingredient i SET reserved = i.reserved + n.quantity, version = i.version + 1
    FROM unnest(needs) n WHERE i.restaurant_id = app_restaurant() AND i.id = n.ingredient_id;
  PERFORM stock_tell(array(SELECT n.ingredient_id FROM unnest(needs) n));
END $$;

-- Ends the subject's reservation, which is locked and open; its version afterwards. Consumed, what it
-- held leaves the stock, otherwise it is free again.
CREATE FUNCTION stock_close(kind text, subject uuid, ending text, who text, now timestamptz)
  RETURNS bigint
  LANGUAGE plpgsql
  AS $$
DECLARE
  used boolean := ending = 'CONSUMED';
  held uuid[] := array(SELECT h.ingredient_id FROM stock_hold h
    WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind AND h.subject_id = subject);
  ended bigint;
BEGIN
  UPDATE stock_reservation r SET status = ending, closed_at = now, version = r.version + 1
    WHERE r.restaurant_id = app_restaurant() AND r.subject_type = kind AND r.subject_id = subject
    RETURNING r.version INTO ended;
  PERFORM stock_lock(held);
  UPDATE ingredient i SET reserved = i.reserved - h.quantity, version = i.version + 1,
      on_hand = i.on_hand - CASE WHEN used THEN h.quantity ELSE 0 END
    FROM stock_hold h WHERE i.restaurant_id = app_restaurant() AND i.id = h.ingredient_id
      AND h.restaurant_id = app_restaurant() AND h.subject_type = kind AND h.subject_id = subject;
  IF used THEN
    INSERT INTO stock_movement (restaurant_id, id, ingredient_id, seq, kind, quantity, on_hand, actor,
        at, subject_type, subject_id)
      SELECT app_restaurant(), gen_random_uuid(), i.id, i.version, 'USE', -h.quantity, i.on_hand, who,
        now, h.subject_type, h.subject_id FROM stock_hold h JOIN ingredient i
        ON i.restaurant_id = app_restaurant() AND i.id = h.ingredient_id
      WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind AND h.subject_id = subject;
    INSERT INTO stock_use AS u (restaurant_id, ingredient_id, day, quantity)
      SELECT app_restaurant(), h.ingredient_id, (now AT TIME ZONE 'UTC')::date, h.quantity
      FROM stock_hold h WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind
        AND h.subject_id = subject ORDER BY h.ingredient_id
      ON CONFLICT (restaurant_id, ingredient_id, day)
      DO UPDATE SET quantity = u.quantity + excluded.quantity;
  END IF;
  PERFORM stock_tell(held);
  RETURN ended;
END $$;

-- The portions that the stock allows of each item, and whether each item and option can be made at
-- all, as far as recipes of tracked ingredients say.
CREATE FUNCTION stock_left()
  RETURNS TABLE (owner_type text, owner_id uuid, portions bigint, out_of_stock boolean)
  LANGUAGE sql STABLE
  AS $$
  SELECT r.owner_type, r.owner_id, min(greatest(i.on_hand - i.reserved, 0) / r.quantity),
    bool_or(i.block AND i.on_hand - i.reserved < r.quantity)
  FROM recipe_line r JOIN ingredient i ON i.restaurant_id = app_restaurant()
    AND i.id = r.ingredient_id AND i.track AND i.archived_at IS NULL
  WHERE r.restaurant_id = app_restaurant() GROUP BY 1, 2
$$;

REVOKE ALL ON FUNCTION stock_needs(jsonb[]), stock_tell(uuid[]), stock_lock(uuid[]),
  stock_claim(uuid[], jsonb[], boolean[]), stock_take(text, uuid, jsonb),
  stock_close(text, uuid, text, text, timestamptz), stock_left() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_needs(jsonb[]), stock_tell(uuid[]), stock_lock(uuid[]),
  stock_claim(uuid[], jsonb[], boolean[]), stock_take(text, uuid, jsonb),
  stock_close(text, uuid, text, text, timestamptz), stock_left() TO ordersync_app;
