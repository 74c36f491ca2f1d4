-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- A choice may be a dish of the menu: what offers it is a combo. Groups are written before items, so
-- the dish is looked for at the end; that it goes while a combo names it is refused by the menu room.
ALTER TABLE menu_option
  ADD item_id uuid,
  ADD CONSTRAINT menu_option_dish FOREIGN KEY (restaurant_id, item_id)
    REFERENCES menu_item (restaurant_id, id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX menu_option_dish ON menu_option (restaurant_id, item_id) WHERE item_id IS NOT NULL;

-- What of a line is made at other stations than the rest: rows beside the line's own, as many of each.
ALTER TABLE kitchen_line ADD part_of uuid CHECK (part_of <> line_id);

-- As before (054), but what a choice takes is its own and that of the dish that it is.
CREATE OR REPLACE FUNCTION stock_needs(items jsonb[]) RETURNS SETOF stock_need
  LANGUAGE sql STABLE
  AS $$
  WITH RECURSIVE pick(ord, line, owner_id, dish_id, n, options) AS (
    SELECT o.ord::int, l.at::int - 1, (l.one ->> 'menu_item_id')::uuid, NULL::uuid,
      (l.one ->> 'quantity')::numeric, l.one -> 'options'
    FROM unnest(items) WITH ORDINALITY AS o(lines, ord),
      jsonb_array_elements(o.lines) WITH ORDINALITY AS l(one, at)
    UNION ALL
    SELECT p.ord, p.line, (x ->> 'option_id')::uuid, (x ->> 'item_id')::uuid,
      p.n * coalesce((x ->> 'quantity')::numeric, 1), x -> 'options'
    FROM pick p, jsonb_array_elements(p.options) AS x
  )
  SELECT (p.ord, r.ingredient_id, least(sum(p.n * r.quantity), 1000000000000)::bigint,
          min(p.line))::stock_need
  FROM pick p CROSS JOIN LATERAL (VALUES (p.owner_id), (p.dish_id)) AS w(id)
  JOIN recipe_line r ON r.restaurant_id = app_restaurant() AND r.owner_id = w.id
  JOIN ingredient i ON i.restaurant_id = app_restaurant() AND i.id = r.ingredient_id
    AND i.track AND i.archived_at IS NULL
  GROUP BY p.ord, r.ingredient_id
$$;
