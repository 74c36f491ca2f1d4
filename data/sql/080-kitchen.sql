-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the kitchen has to make: mutable lines beside the order's fixed snapshot.
CREATE TABLE kitchen_line (
  restaurant_id uuid NOT NULL,
  line_id uuid NOT NULL,
  order_id uuid NOT NULL,
  menu_item_id uuid NOT NULL,
  position int NOT NULL,
  name text NOT NULL,
  options jsonb NOT NULL,
  station text,
  status text NOT NULL,
  quantity_sent int NOT NULL CHECK (quantity_sent > 0),
  quantity_waiting int NOT NULL CHECK (quantity_waiting >= 0),
  quantity_made int NOT NULL CHECK (quantity_made >= 0),
  quantity_voided int NOT NULL CHECK (quantity_voided >= 0),
  sent_at timestamptz NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, line_id),
  CHECK (quantity_sent = quantity_waiting + quantity_made + quantity_voided)
);
CREATE INDEX kitchen_line_order ON kitchen_line (restaurant_id, order_id);
CREATE INDEX kitchen_line_waiting ON kitchen_line (restaurant_id, sent_at) WHERE quantity_waiting > 0;
ALTER TABLE kitchen_line ENABLE ROW LEVEL SECURITY;
ALTER TABLE kitchen_line FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON kitchen_line TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON kitchen_line TO ordersync_app;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON kitchen_line
  FOR EACH ROW EXECUTE FUNCTION check_state('line');
