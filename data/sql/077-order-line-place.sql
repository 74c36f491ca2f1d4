-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Lines that are on another check than their order, whole and with what was taken off them. The order's
-- own share of its check is what is left of it. A line that comes back to its order has no row.
CREATE TABLE order_line_place (
  restaurant_id uuid NOT NULL,
  line_id uuid NOT NULL,
  order_id uuid NOT NULL,
  check_id uuid NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  adjusted_amount bigint NOT NULL CHECK (adjusted_amount BETWEEN 0 AND amount),
  PRIMARY KEY (restaurant_id, line_id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id),
  FOREIGN KEY (restaurant_id, check_id) REFERENCES guest_check (restaurant_id, id)
);
CREATE INDEX order_line_place_order ON order_line_place (restaurant_id, order_id);
CREATE INDEX order_line_place_check ON order_line_place (restaurant_id, check_id);
ALTER TABLE order_line_place ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_line_place FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON order_line_place TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE, DELETE ON order_line_place TO ordersync_app;
