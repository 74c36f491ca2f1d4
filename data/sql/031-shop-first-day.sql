-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- When a pause ends by itself.
ALTER TABLE restaurant ADD COLUMN paused_until timestamptz
  CHECK (paused_until IS NULL OR open_state = 'PAUSED');

-- The steps of the first day that are done or left aside; one without a row is still open.
CREATE TABLE shop_setup (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  step text NOT NULL CHECK (step IN ('shop', 'business_number', 'menu', 'sound', 'first_order')),
  state text NOT NULL CHECK (state IN ('DONE', 'SKIPPED')),
  PRIMARY KEY (restaurant_id, step)
);

-- Shops from before this table have their first day behind them. The owner of the tables sees them
-- all only while their security is not forced upon it.
ALTER TABLE restaurant NO FORCE ROW LEVEL SECURITY;
INSERT INTO shop_setup (restaurant_id, step, state)
  SELECT id, unnest(ARRAY['shop', 'business_number', 'menu', 'sound', 'first_order']), 'DONE'
  FROM restaurant;
ALTER TABLE restaurant FORCE ROW LEVEL SECURITY;

ALTER TABLE shop_setup ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop_setup FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_setup_tenant ON shop_setup
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, DELETE ON shop_setup TO ordersync_app;
