-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Receipts for cash, told to the tax office through the payment service. One at a time of a payment.
CREATE TABLE cash_receipt (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  status text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('INCOME', 'BUSINESS', 'SELF')),
  amount bigint NOT NULL CHECK (amount > 0),
  tax_free_amount bigint NOT NULL CHECK (tax_free_amount BETWEEN 0 AND amount),
  identity_enc bytea NOT NULL,
  receipt_key_enc bytea,
  approval_no_enc bytea,
  cancel_no int NOT NULL DEFAULT 0,
  cancel_amount bigint CHECK (cancel_amount BETWEEN 1 AND amount),
  failure_code text CHECK (char_length(failure_code) <= 100),
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  issued_at timestamptz,
  canceled_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, payment_id) REFERENCES payment (restaurant_id, id)
);
CREATE UNIQUE INDEX cash_receipt_one ON cash_receipt (restaurant_id, payment_id)
  WHERE status IN ('REQUESTED', 'ISSUED', 'CANCEL_REQUESTED');
CREATE INDEX cash_receipt_payment ON cash_receipt (restaurant_id, payment_id, created_at);
ALTER TABLE cash_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE cash_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON cash_receipt TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON cash_receipt TO ordersync_app;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON cash_receipt
  FOR EACH ROW EXECUTE FUNCTION check_state('cash_receipt');
GRANT SELECT (restaurant_id, id, ctid, identity_enc, receipt_key_enc, approval_no_enc),
  UPDATE (identity_enc, receipt_key_enc, approval_no_enc) ON cash_receipt TO ordersync_keys;
CREATE POLICY keys ON cash_receipt TO ordersync_keys USING (true) WITH CHECK (true);
