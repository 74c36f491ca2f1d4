-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Orders as they were sold. The snapshot in items never changes; personal words are cells.
CREATE TABLE orders (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  number int NOT NULL CHECK (number > 0),
  business_day date NOT NULL,
  status text NOT NULL,
  type text NOT NULL CHECK (type IN ('DINE_IN', 'TAKEOUT', 'DELIVERY')),
  channel text NOT NULL CHECK (channel IN ('COUNTER', 'QR', 'WEB', 'PHONE', 'PLATFORM')),
  source_type text,
  source_id text,
  table_id uuid,
  guest_id uuid,
  guest_count int,
  items jsonb NOT NULL,
  total_amount bigint NOT NULL CHECK (total_amount >= 0),
  tax_free_amount bigint NOT NULL CHECK (tax_free_amount BETWEEN 0 AND total_amount),
  supply_amount bigint NOT NULL,
  vat_amount bigint NOT NULL,
  currency text NOT NULL DEFAULT 'KRW',
  payment_method text NOT NULL,
  check_id uuid NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  requested_at timestamptz,
  due_at timestamptz,
  accepted_at timestamptz,
  promised_at timestamptz,
  started_at timestamptz,
  ready_at timestamptz,
  handed_over_at timestamptz,
  completed_at timestamptz,
  closed_at timestamptz,
  customer_name_enc bytea,
  customer_phone_enc bytea,
  customer_phone_bidx bytea,
  delivery_enc bytea,
  note_enc bytea,
  line_notes_enc bytea,
  reason_enc bytea,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, check_id) REFERENCES guest_check (restaurant_id, id),
  CHECK (tax_free_amount + supply_amount + vat_amount = total_amount)
);
CREATE INDEX orders_recent ON orders (restaurant_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX orders_number ON orders (restaurant_id, business_day, number);
CREATE INDEX orders_open ON orders (restaurant_id, created_at)
  WHERE status IN ('PENDING', 'ACCEPTED', 'PREPARING', 'READY', 'DELIVERING');
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON orders TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON orders TO ordersync_app;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON orders
  FOR EACH ROW EXECUTE FUNCTION check_state('order');

-- The last order number of each shop and business day: 1, 2, 3, … without a gap, because the number
-- is taken in the transaction that writes the order.
CREATE TABLE order_number (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  last int NOT NULL,
  PRIMARY KEY (restaurant_id, business_day)
);
ALTER TABLE order_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_number FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_number TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON order_number TO ordersync_app;

-- Every step an order took: its timeline, and what a recall goes back to.
CREATE TABLE order_step (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  version bigint NOT NULL,
  act text NOT NULL,
  from_status text,
  to_status text NOT NULL,
  forward boolean NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  reason_enc bytea,
  PRIMARY KEY (restaurant_id, order_id, version),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id)
);
ALTER TABLE order_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_step FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_step TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT ON order_step TO ordersync_app;

-- Same key, same request: same answer. Kept 30 days.
CREATE TABLE idempotency (
  restaurant_id uuid NOT NULL,
  actor text NOT NULL,
  route text NOT NULL,
  key text NOT NULL,
  fingerprint bytea NOT NULL,
  subject_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, actor, route, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
CREATE POLICY relay ON idempotency TO ordersync_relay USING (true);
GRANT SELECT, INSERT ON idempotency TO ordersync_app;
GRANT SELECT, DELETE ON idempotency TO ordersync_relay;
