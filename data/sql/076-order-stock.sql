-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the statement that places orders asks of the stock, before their keys are taken: a request
-- that was placed before must not take a portion again, be it at this moment. The orders that cannot
-- be placed are answered; of several with one key the first decides.
CREATE FUNCTION order_claim_stock(ids uuid[], items jsonb[], prepaid boolean[], actors text[],
    routes text[], keys text[]) RETURNS TABLE (order_id uuid, line int)
  LANGUAGE plpgsql
  AS $$
DECLARE
  news int[];
BEGIN
  IF NOT EXISTS (SELECT FROM ingredient i WHERE i.restaurant_id = app_restaurant() AND i.block) THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(lock) FROM (SELECT DISTINCT
    hashtextextended(concat_ws('|', app_restaurant(), k.actor, k.route, k.key), 0) AS lock
    FROM unnest(actors, routes, keys) AS k(actor, route, key) ORDER BY 1) l;
  SELECT array_agg(first ORDER BY first) INTO news FROM (
    SELECT min(k.ord)::int AS first FROM unnest(actors, routes, keys) WITH ORDINALITY
      AS k(actor, route, key, ord) WHERE NOT EXISTS (SELECT FROM idempotency i
        WHERE i.restaurant_id = app_restaurant() AND i.actor = k.actor AND i.route = k.route
          AND i.key = k.key) GROUP BY k.actor, k.route, k.key) f;
  RETURN QUERY SELECT ids[o.ord], c.line FROM stock_claim(
      array(SELECT ids[n] FROM unnest(news) n), array(SELECT items[n] FROM unnest(news) n),
      array(SELECT NOT prepaid[n] FROM unnest(news) n)) c
    JOIN generate_subscripts(ids, 1) AS f(ord) ON ids[f.ord] = c.order_id
    JOIN generate_subscripts(ids, 1) AS o(ord) ON actors[o.ord] = actors[f.ord]
      AND routes[o.ord] = routes[f.ord] AND keys[o.ord] = keys[f.ord];
END $$;
REVOKE ALL ON FUNCTION order_claim_stock(uuid[], jsonb[], boolean[], text[], text[], text[])
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION order_claim_stock(uuid[], jsonb[], boolean[], text[], text[], text[])
  TO ordersync_app;
