-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Money that was taken, or is on its way. The id is the order id that the payment service knows and
-- the key under which it charges once. held: all refunds but those that failed.
CREATE TABLE payment (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  status text NOT NULL,
  check_id uuid NOT NULL,
  order_id uuid,
  part_id uuid,
  method text NOT NULL CHECK (method IN ('CASH', 'CARD_TERMINAL', 'TOSS', 'VIRTUAL_ACCOUNT')),
  shown_as text CHECK (shown_as IN ('WINDOW', 'QR', 'LINK')),
  amount bigint NOT NULL CHECK (amount > 0),
  tax_free_amount bigint NOT NULL CHECK (tax_free_amount BETWEEN 0 AND amount),
  currency text NOT NULL DEFAULT 'KRW',
  received bigint CHECK (received >= amount),
  held_amount bigint NOT NULL DEFAULT 0,
  held_tax_free bigint NOT NULL DEFAULT 0,
  held_vat bigint NOT NULL DEFAULT 0 CHECK (held_vat >= 0),
  refunded_amount bigint NOT NULL DEFAULT 0,
  payment_key_enc bytea,
  approval_no_enc bytea,
  approval_no_bidx bytea,
  detail_enc bytea, -- card or account as the payment service told it, JSON
  secret_enc bytea, -- what a deposit's callback must know
  due_at timestamptz,
  failure_code text CHECK (char_length(failure_code) <= 100),
  failure_message text CHECK (char_length(failure_message) <= 500),
  undo_reason_enc bytea, -- a tombstone: what is captured from now on goes back at once
  last_refund_at timestamptz,
  business_day date NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  submitted_at timestamptz,
  paid_at timestamptz,
  closed_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, check_id) REFERENCES guest_check (restaurant_id, id),
  CHECK (held_amount BETWEEN 0 AND amount),
  CHECK (refunded_amount BETWEEN 0 AND held_amount),
  CHECK (held_tax_free BETWEEN 0 AND tax_free_amount)
);
CREATE INDEX payment_check ON payment (restaurant_id, check_id);
CREATE INDEX payment_order ON payment (restaurant_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX payment_list ON payment (restaurant_id, created_at DESC, id DESC);
CREATE INDEX payment_day ON payment (restaurant_id, business_day);
CREATE INDEX payment_approval ON payment (restaurant_id, approval_no_bidx)
  WHERE approval_no_bidx IS NOT NULL;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON payment
  FOR EACH ROW EXECUTE FUNCTION check_state('payment');

-- One refund of one payment; the rows of one act on a check share act_id. Its id (with key_no, from
-- the second on) is the key under which the payment service gives back once.
CREATE TABLE refund (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  payment_id uuid NOT NULL,
  act_id uuid NOT NULL,
  status text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  tax_free_amount bigint NOT NULL CHECK (tax_free_amount BETWEEN 0 AND amount),
  vat_amount bigint NOT NULL CHECK (vat_amount BETWEEN 0 AND amount),
  reason_enc bytea NOT NULL,
  lines jsonb NOT NULL DEFAULT '[]',
  account_enc bytea, -- where a deposit goes back to, JSON
  key_no int NOT NULL DEFAULT 1,
  transaction_key text CHECK (char_length(transaction_key) <= 64),
  failure_code text CHECK (char_length(failure_code) <= 100),
  failure_message text CHECK (char_length(failure_message) <= 500),
  business_day date NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, payment_id) REFERENCES payment (restaurant_id, id)
);
CREATE INDEX refund_payment ON refund (restaurant_id, payment_id, created_at);
CREATE INDEX refund_act ON refund (restaurant_id, act_id);
CREATE INDEX refund_day ON refund (restaurant_id, business_day);
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON refund
  FOR EACH ROW EXECUTE FUNCTION check_state('refund');

-- What has to be paid for an order before it is made; once undone it stays so.
CREATE TABLE payment_expectation (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  deadline timestamptz,
  undone_at timestamptz,
  PRIMARY KEY (restaurant_id, order_id)
);

-- What is still to be asked of the payment service. The daemon that asks marks the row as its own
-- before; a mark of a daemon that is gone says that the call may have been made, so its outcome is
-- looked up first and it is never simply made again.
CREATE TABLE payment_task (
  restaurant_id uuid NOT NULL,
  subject_id uuid NOT NULL, -- payment, refund or cash receipt
  kind text NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND', 'RECEIPT')),
  payment_id uuid NOT NULL,
  call text NOT NULL CHECK (call IN ('CONFIRM', 'LOOKUP', 'CANCEL', 'ISSUE')),
  next_at timestamptz NOT NULL,
  owner uuid,
  attempts int NOT NULL DEFAULT 0, -- without a definite answer
  since timestamptz NOT NULL,
  trace_id text, -- of the request that it is part of, where traces are kept
  PRIMARY KEY (restaurant_id, subject_id)
);
CREATE INDEX payment_task_due ON payment_task (next_at);

-- How a shop takes money. The secret key is written and never read out again.
CREATE TABLE payment_setup (
  restaurant_id uuid NOT NULL PRIMARY KEY,
  methods text[] NOT NULL,
  client_key text CHECK (char_length(client_key) <= 100),
  secret_key_enc bytea,
  auto_cash_receipt_from bigint CHECK (auto_cash_receipt_from > 0),
  version bigint NOT NULL DEFAULT 1
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['payment', 'refund', 'payment_expectation', 'payment_task',
      'payment_setup'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON payment, refund, payment_expectation, payment_setup
  TO ordersync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON payment_task TO ordersync_app;

-- The daemon sees one shop at a time, so it asks the owner: which shops have something to ask of the
-- payment service until then, and whose payment this is. Ids alone.
CREATE POLICY payment_work ON payment_task FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION payment_shops_due(until timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM payment_task WHERE next_at <= until $$;
CREATE POLICY payment_owner ON payment FOR SELECT TO ordersync_owner USING (true);
CREATE UNIQUE INDEX payment_by_id ON payment (id);
CREATE FUNCTION payment_shop(payment uuid) RETURNS uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT restaurant_id FROM payment p WHERE p.id = payment_shop.payment $$;
REVOKE ALL ON FUNCTION payment_shops_due(timestamptz), payment_shop(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payment_shops_due(timestamptz), payment_shop(uuid) TO ordersync_app;

-- The role that turns keys sees the sealed cells, their rows' names and nothing else.
GRANT SELECT (restaurant_id, id, ctid, payment_key_enc, approval_no_enc, approval_no_bidx, detail_enc,
    secret_enc, undo_reason_enc),
  UPDATE (payment_key_enc, approval_no_enc, approval_no_bidx, detail_enc, secret_enc,
    undo_reason_enc) ON payment TO ordersync_keys;
GRANT SELECT (restaurant_id, id, ctid, reason_enc, account_enc), UPDATE (reason_enc, account_enc)
  ON refund TO ordersync_keys;
GRANT SELECT (restaurant_id, ctid, secret_key_enc), UPDATE (secret_key_enc) ON payment_setup
  TO ordersync_keys;
CREATE POLICY keys ON payment TO ordersync_keys USING (true) WITH CHECK (true);
CREATE POLICY keys ON refund TO ordersync_keys USING (true) WITH CHECK (true);
CREATE POLICY keys ON payment_setup TO ordersync_keys USING (true) WITH CHECK (true);
