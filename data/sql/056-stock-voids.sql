-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What a check takes off a single line: not cooked, it is free again; cooked, it is waste.
-- voids: {freed, wasted}: lines as orders keep them, as they stand now.
ALTER TABLE stock_reservation ADD voids jsonb;
ALTER TABLE stock_hold
  DROP CONSTRAINT stock_hold_quantity_check,
  ADD CHECK (quantity >= 0),
  ADD freed bigint NOT NULL DEFAULT 0 CHECK (freed >= 0),
  ADD wasted bigint NOT NULL DEFAULT 0 CHECK (wasted >= 0);
GRANT UPDATE (quantity, freed, wasted) ON stock_hold TO ordersync_app;

-- RETURN: of what an order used, what came back. WASTE with a subject: made for it, and not eaten.
ALTER TABLE stock_movement
  DROP CONSTRAINT stock_movement_kind_check,
  ADD CHECK (kind IN ('RECEIVE', 'WASTE', 'COUNT', 'ADJUST', 'USE', 'RETURN', 'UNDO')),
  DROP CONSTRAINT stock_movement_check2,
  ADD CHECK (CASE kind WHEN 'WASTE' THEN true
             ELSE (kind IN ('USE', 'RETURN')) = (subject_id IS NOT NULL) END);
DROP INDEX stock_movement_subject;
CREATE UNIQUE INDEX stock_movement_subject
  ON stock_movement (restaurant_id, subject_type, subject_id, ingredient_id) WHERE kind = 'USE';

CREATE TYPE stock_change AS (ingredient_id uuid, freed bigint, wasted bigint);

-- Brings what the subject holds, or has used, to its voids; the reservation is locked. What was free
-- again, sold to others and blocks, is not held a second time: the next count mends it.
CREATE FUNCTION stock_apply(kind text, subject uuid, who text, now timestamptz) RETURNS void
  LANGUAGE plpgsql
  AS $$
DECLARE
  r stock_reservation;
  used boolean;
  moved stock_change[];
BEGIN
  SELECT x.* INTO r FROM stock_reservation x WHERE x.restaurant_id = app_restaurant()
    AND x.subject_type = kind AND x.subject_id = subject;
  IF r.voids IS NULL OR r.status NOT IN ('RESERVED', 'CONSUMED') THEN
    RETURN;
  END IF;
  used := r.status = 'CONSUMED';
  PERFORM stock_lock(array(SELECT h.ingredient_id FROM stock_hold h
    WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind AND h.subject_id = subject));
  SELECT array_agg((c.ingredient_id, c.freed - c.was_freed, c.wasted - c.was_wasted)::stock_change)
    INTO moved
    FROM (SELECT h.ingredient_id, h.freed AS was_freed, h.wasted AS was_wasted,
            least(coalesce(f.quantity, 0), h.total) AS freed,
            least(coalesce(w.quantity, 0), h.total - least(coalesce(f.quantity, 0), h.total)) AS wasted
          FROM (SELECT x.ingredient_id, x.freed, x.wasted, x.quantity + x.freed + x.wasted AS total
                FROM stock_hold x WHERE x.restaurant_id = app_restaurant()
                  AND x.subject_type = kind AND x.subject_id = subject) h
          LEFT JOIN stock_needs(ARRAY[r.voids -> 'freed']) f ON f.ingredient_id = h.ingredient_id
          LEFT JOIN stock_needs(ARRAY[r.voids -> 'wasted']) w ON w.ingredient_id = h.ingredient_id) c
    JOIN ingredient i ON i.restaurant_id = app_restaurant() AND i.id = c.ingredient_id
    WHERE (c.freed, c.wasted) <> (c.was_freed, c.was_wasted) AND NOT (i.block AND
      i.reserved - CASE WHEN used THEN 0 ELSE c.freed - c.was_freed + c.wasted - c.was_wasted END
        > greatest(i.on_hand + CASE WHEN used THEN c.freed - c.was_freed
                               ELSE c.was_wasted - c.wasted END, 0));
  IF moved IS NULL THEN
    RETURN;
  END IF;
  UPDATE stock_hold h SET freed = h.freed + m.freed, wasted = h.wasted + m.wasted,
      quantity = h.quantity - m.freed - m.wasted
    FROM unnest(moved) m WHERE h.restaurant_id = app_restaurant() AND h.subject_type = kind
      AND h.subject_id = subject AND h.ingredient_id = m.ingredient_id;
  UPDATE ingredient i SET version = i.version + CASE WHEN used AND m.freed + m.wasted <> 0
        AND m.wasted <> 0 THEN 2 ELSE 1 END,
      reserved = i.reserved - CASE WHEN used THEN 0 ELSE m.freed + m.wasted END,
      on_hand = i.on_hand + CASE WHEN used THEN m.freed ELSE -m.wasted END
    FROM unnest(moved) m WHERE i.restaurant_id = app_restaurant() AND i.id = m.ingredient_id;
  INSERT INTO stock_movement (restaurant_id, id, ingredient_id, seq, kind, quantity, on_hand, actor,
      at, subject_type, subject_id)
    SELECT app_restaurant(), gen_random_uuid(), i.id, i.version - CASE WHEN m.wasted <> 0 THEN 1
        ELSE 0 END, 'RETURN', m.freed + m.wasted, i.on_hand + m.wasted, who, now, kind, subject
      FROM unnest(moved) m JOIN ingredient i ON i.restaurant_id = app_restaurant()
        AND i.id = m.ingredient_id WHERE used AND m.freed + m.wasted <> 0
    UNION ALL
    SELECT app_restaurant(), gen_random_uuid(), i.id, i.version, 'WASTE', -m.wasted, i.on_hand, who,
        now, kind, subject
      FROM unnest(moved) m JOIN ingredient i ON i.restaurant_id = app_restaurant()
        AND i.id = m.ingredient_id WHERE m.wasted <> 0;
  INSERT INTO stock_use AS u (restaurant_id, ingredient_id, day, quantity)
    SELECT app_restaurant(), m.ingredient_id, (now AT TIME ZONE 'UTC')::date, -(m.freed + m.wasted)
    FROM unnest(moved) m WHERE used AND m.freed + m.wasted <> 0 ORDER BY m.ingredient_id
    ON CONFLICT (restaurant_id, ingredient_id, day)
    DO UPDATE SET quantity = u.quantity + excluded.quantity;
  PERFORM stock_tell(array(SELECT m.ingredient_id FROM unnest(moved) m));
END $$;

-- As before (054), but what is held no more is not used.
CREATE OR REPLACE FUNCTION stock_close(kind text, subject uuid, ending text, who text, now timestamptz)
  RETURNS bigint
  LANGUAGE plpgsql
  AS $$
DECLARE
  used boolean := ending = 'CONSUMED';
  held stock_hold[] := array(SELECT h FROM stock_hold h WHERE h.restaurant_id = app_restaurant()
    AND h.subject_type = kind AND h.subject_id = subject AND h.quantity > 0);
  ids uuid[] := array(SELECT h.ingredient_id FROM unnest(held) h);
  ended bigint;
BEGIN
  UPDATE stock_reservation r SET status = ending, closed_at = now, version = r.version + 1
    WHERE r.restaurant_id = app_restaurant() AND r.subject_type = kind AND r.subject_id = subject
    RETURNING r.version INTO ended;
  PERFORM stock_lock(ids);
  UPDATE ingredient i SET reserved = i.reserved - h.quantity, version = i.version + 1,
      on_hand = i.on_hand - CASE WHEN used THEN h.quantity ELSE 0 END
    FROM unnest(held) h WHERE i.restaurant_id = app_restaurant() AND i.id = h.ingredient_id;
  IF used THEN
    INSERT INTO stock_movement (restaurant_id, id, ingredient_id, seq, kind, quantity, on_hand, actor,
        at, subject_type, subject_id)
      SELECT app_restaurant(), gen_random_uuid(), i.id, i.version, 'USE', -h.quantity, i.on_hand, who,
        now, kind, subject FROM unnest(held) h JOIN ingredient i
        ON i.restaurant_id = app_restaurant() AND i.id = h.ingredient_id;
    INSERT INTO stock_use AS u (restaurant_id, ingredient_id, day, quantity)
      SELECT app_restaurant(), h.ingredient_id, (now AT TIME ZONE 'UTC')::date, h.quantity
      FROM unnest(held) h ORDER BY h.ingredient_id
      ON CONFLICT (restaurant_id, ingredient_id, day)
      DO UPDATE SET quantity = u.quantity + excluded.quantity;
  END IF;
  PERFORM stock_tell(ids);
  RETURN ended;
END $$;

-- Ended a month ago, a reservation guards nothing any more: no event comes that late. What moved stays.
CREATE INDEX stock_reservation_closed ON stock_reservation (closed_at) WHERE closed_at IS NOT NULL;
GRANT SELECT (subject_type, subject_id, closed_at), DELETE ON stock_reservation TO ordersync_relay;
GRANT SELECT (restaurant_id, subject_type, subject_id), DELETE ON stock_hold TO ordersync_relay;
CREATE POLICY relay_sweeps ON stock_reservation FOR DELETE TO ordersync_relay
  USING (closed_at < now() - interval '30 days');
CREATE POLICY relay ON stock_hold FOR SELECT TO ordersync_relay USING (true);
CREATE POLICY relay_sweeps ON stock_hold FOR DELETE TO ordersync_relay USING (EXISTS (
  SELECT FROM stock_reservation r WHERE r.restaurant_id = stock_hold.restaurant_id
    AND r.subject_type = stock_hold.subject_type AND r.subject_id = stock_hold.subject_id
    AND r.closed_at < now() - interval '30 days'));

REVOKE ALL ON FUNCTION stock_apply(text, uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stock_apply(text, uuid, text, timestamptz) TO ordersync_app;
