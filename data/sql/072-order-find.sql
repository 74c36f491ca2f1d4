-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What past orders are found by: number, amount, phone, its last four digits, guest's name, items.
-- A row is written once, with its order, so that steps of the order need not touch it, and one
-- plain b-tree serves row level security (which keeps operators that are not leakproof, such as &&
-- of arrays, away from indexes). The key's first byte is its kind, the rest the value (numbers,
-- the end of an item's id) or, for what is personal, a truncated keyed hash.
CREATE TABLE order_find (
  restaurant_id uuid NOT NULL,
  key bigint NOT NULL,
  created_at timestamptz NOT NULL,
  order_id uuid NOT NULL,
  PRIMARY KEY (restaurant_id, key, created_at, order_id)
);

-- Every name under which an item was ever sold: items are found by names they no longer have.
CREATE TABLE order_item_name (
  restaurant_id uuid NOT NULL,
  key bigint NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (restaurant_id, key, name)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['order_find', 'order_item_name'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO ordersync_app', name);
  END LOOP;
END $$;

-- The same keys beside the order, for what is looked for besides, and for words that fit most orders.
ALTER TABLE orders ADD COLUMN find_keys bigint[] NOT NULL DEFAULT '{}';

-- The few that came to nothing; all others are found from the newest on.
CREATE INDEX orders_fallen ON orders (restaurant_id, created_at DESC, id DESC)
  WHERE status IN ('REJECTED', 'CANCELED', 'EXPIRED');
ALTER TABLE orders DROP COLUMN customer_phone_bidx;

-- Orders from before this: their phones and names can only be read with the key, so the daemon
-- does it, page by page, each page an event that a durable handler works off.
ALTER TABLE order_number NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, aggregate_seq,
    occurred_at)
  SELECT restaurant_id, gen_random_uuid(), 'orders.unindexed', 'index', restaurant_id, 1, now()
  FROM order_number GROUP BY restaurant_id;
ALTER TABLE order_number FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
