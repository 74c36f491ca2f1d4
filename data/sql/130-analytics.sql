-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What was sold, summed by day. All of it is computed from orders, checks and payments by whoever
-- follows the shop's feed, and can be thrown away and computed again. Won, counts, seconds.

-- How far the feed was followed, and the zone in which hours were told. While all is computed anew,
-- how far that is; the feed waits.
CREATE TABLE sale_position (
  restaurant_id uuid PRIMARY KEY,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  as_of timestamptz,
  time_zone text NOT NULL,
  stage text CHECK (stage IN ('ORDERS', 'MONEY', 'SUMS')), -- NULL: the feed is followed
  stage_at timestamptz, -- after this one …
  stage_id uuid, -- … and this one
  stage_day date -- from this day on
);

-- What could not be summed, so that the rest goes on without it; tried again ever more rarely.
CREATE TABLE sale_trouble (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL, -- of an order or a payment
  kind text NOT NULL CHECK (kind IN ('order', 'payment')),
  error text NOT NULL,
  tries int NOT NULL,
  since timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);

-- An order as it stands in the sums, by which the next change finds its difference. What a whole
-- check was given free or charged stands with the first order of that check that counts.
CREATE TABLE sale_fact (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  business_day date NOT NULL,
  minute smallint NOT NULL, -- after local midnight
  channel text NOT NULL,
  type text NOT NULL,
  placed int NOT NULL,
  canceled int NOT NULL,
  orders int NOT NULL, -- 1 when it counts as sold
  checks int NOT NULL, -- of how many it is the first
  guests int NOT NULL,
  gross bigint NOT NULL,
  voids bigint NOT NULL,
  comps bigint NOT NULL,
  discounts bigint NOT NULL,
  service bigint NOT NULL,
  tax_free bigint NOT NULL,
  prep_orders int NOT NULL,
  prep_seconds bigint NOT NULL,
  late_orders int NOT NULL,
  item_ids uuid[] NOT NULL,
  item_counts bigint[] NOT NULL,
  item_sales bigint[] NOT NULL,
  option_items uuid[] NOT NULL,
  option_ids uuid[] NOT NULL,
  option_counts bigint[] NOT NULL,
  PRIMARY KEY (restaurant_id, order_id)
);
CREATE INDEX sale_fact_day ON sale_fact (restaurant_id, business_day, created_at, order_id);

CREATE TABLE sale_hour (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  hour smallint NOT NULL, -- of the local clock
  channel text NOT NULL,
  type text NOT NULL,
  placed bigint NOT NULL,
  canceled bigint NOT NULL,
  orders bigint NOT NULL,
  checks bigint NOT NULL,
  guests bigint NOT NULL,
  gross bigint NOT NULL,
  voids bigint NOT NULL,
  comps bigint NOT NULL,
  discounts bigint NOT NULL,
  service bigint NOT NULL,
  tax_free bigint NOT NULL,
  prep_orders bigint NOT NULL,
  prep_seconds bigint NOT NULL,
  late_orders bigint NOT NULL,
  PRIMARY KEY (restaurant_id, business_day, hour, channel, type)
);

CREATE TABLE sale_item (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  item_id uuid NOT NULL,
  quantity bigint NOT NULL,
  sales bigint NOT NULL,
  PRIMARY KEY (restaurant_id, business_day, item_id)
);

CREATE TABLE sale_option (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  item_id uuid NOT NULL,
  option_id uuid NOT NULL,
  quantity bigint NOT NULL, -- pieces of the item that were sold with it
  PRIMARY KEY (restaurant_id, business_day, item_id, option_id)
);

CREATE TABLE sale_prep (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  minutes smallint NOT NULL, -- whole ones; 60: an hour and more
  orders bigint NOT NULL,
  PRIMARY KEY (restaurant_id, business_day, minutes)
);

-- Names of what is no longer on the menu, as they were sold last.
CREATE TABLE sale_name (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL, -- of an item or an option
  name text NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);

-- Money in and out as it stands in the sums: payments that were taken, refunds that are done, each
-- on its own day.
CREATE TABLE sale_money (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  business_day date NOT NULL,
  minute smallint NOT NULL,
  tender text NOT NULL,
  taken bigint NOT NULL,
  taken_count int NOT NULL,
  refunded bigint NOT NULL,
  refund_count int NOT NULL,
  actor text NOT NULL, -- who took it or gave it back
  PRIMARY KEY (restaurant_id, id)
);
CREATE INDEX sale_money_day ON sale_money (restaurant_id, business_day);

CREATE TABLE sale_tender (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  tender text NOT NULL,
  taken bigint NOT NULL,
  taken_count bigint NOT NULL,
  refunded bigint NOT NULL,
  refund_count bigint NOT NULL,
  PRIMARY KEY (restaurant_id, business_day, tender)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['sale_position', 'sale_trouble', 'sale_fact', 'sale_hour', 'sale_item',
      'sale_option', 'sale_prep', 'sale_name', 'sale_money', 'sale_tender'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ordersync_app', name);
  END LOOP;
END $$;

-- Which shops have news that is not in the sums: a door that gives away ids alone.
CREATE POLICY sale_doors ON sale_position FOR SELECT TO ordersync_owner USING (true);
CREATE POLICY sale_doors ON feed_head FOR SELECT TO ordersync_owner USING (true);
CREATE POLICY sale_doors ON sale_trouble FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION sale_shops_behind() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT h.restaurant_id FROM feed_head h LEFT JOIN sale_position p USING (restaurant_id)
    WHERE p.seq IS NULL OR p.epoch <> h.epoch OR p.seq < h.last_seq OR p.stage IS NOT NULL
    UNION SELECT restaurant_id FROM sale_trouble WHERE next_at <= now() $$;
REVOKE ALL ON FUNCTION sale_shops_behind() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sale_shops_behind() TO ordersync_app;
