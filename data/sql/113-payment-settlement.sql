-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Whose payment the payment service speaks of: it knows of none but those that went through it.
CREATE OR REPLACE FUNCTION payment_shop(payment uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT restaurant_id FROM payment p WHERE p.id = payment_shop.payment
    AND p.method IN ('TOSS', 'VIRTUAL_ACCOUNT') $$;

-- What the payment service pays out, one row for each movement of money there; days are Korea's.
CREATE TABLE settlement (
  restaurant_id uuid NOT NULL,
  transaction_key text NOT NULL CHECK (char_length(transaction_key) BETWEEN 1 AND 64),
  payment_id uuid, -- NULL: of an order that we do not know
  amount bigint NOT NULL, -- negative: given back
  fee bigint NOT NULL,
  pay_out bigint NOT NULL,
  sold_on date NOT NULL,
  paid_out_on date,
  imported_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, transaction_key)
);
CREATE INDEX settlement_sold ON settlement (restaurant_id, sold_on);
CREATE INDEX settlement_payment ON settlement (restaurant_id, payment_id);

-- What did not agree when the two books were held against each other.
CREATE TABLE payment_finding (
  restaurant_id uuid NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CHARGE_UNKNOWN_HERE', 'CHARGE_UNKNOWN_THERE')),
  subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 200), -- payment or order there
  amount bigint NOT NULL,
  found_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, day, kind, subject)
);

-- Until which day both were done.
ALTER TABLE payment_setup ADD COLUMN reconciled_on date, ADD COLUMN settled_on date;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['settlement', 'payment_finding'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON settlement, payment_finding TO ordersync_app;
-- Which shops have something to reconcile.
CREATE POLICY payment_work ON payment_setup FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION payment_shops_to_reconcile(today date) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT restaurant_id FROM payment_setup WHERE secret_key_enc IS NOT NULL
    AND (reconciled_on IS NULL OR reconciled_on < today - 1 OR settled_on IS NULL
      OR settled_on < today - 1) $$;
REVOKE ALL ON FUNCTION payment_shops_to_reconcile(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payment_shops_to_reconcile(date) TO ordersync_app;
