-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What is owed. Running totals in won: orders − adjustments − tenders + refunds = left to pay.
CREATE TABLE guest_check (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL,
  orders_amount bigint NOT NULL DEFAULT 0 CHECK (orders_amount >= 0),
  adjustments_amount bigint NOT NULL DEFAULT 0 CHECK (adjustments_amount >= 0),
  tenders_amount bigint NOT NULL DEFAULT 0 CHECK (tenders_amount >= 0),
  refunds_amount bigint NOT NULL DEFAULT 0 CHECK (refunds_amount BETWEEN 0 AND tenders_amount),
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  CHECK (adjustments_amount <= orders_amount)
);
ALTER TABLE guest_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE guest_check FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON guest_check TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON guest_check TO ordersync_app;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON guest_check
  FOR EACH ROW EXECUTE FUNCTION check_state('check');
