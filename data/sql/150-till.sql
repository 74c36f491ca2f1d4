-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The drawer: what it began with, what went in and out, and the closes. Won.
CREATE TABLE till (
  restaurant_id uuid NOT NULL PRIMARY KEY,
  opened_at timestamptz,
  opened_by text,
  opening_float bigint NOT NULL DEFAULT 0 CHECK (opening_float >= 0),
  blind boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 0,
  CHECK ((opened_at IS NULL) = (opened_by IS NULL))
);

-- A close. It is never changed: a correction is another one, of the same entries as its origin.
CREATE TABLE till_z (
  restaurant_id uuid NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  origin bigint NOT NULL,
  corrects bigint,
  business_day date NOT NULL,
  opened_at timestamptz,
  closed_at timestamptz NOT NULL,
  actor text NOT NULL,
  currency text NOT NULL DEFAULT 'KRW',
  opening_float bigint NOT NULL,
  expected bigint NOT NULL,
  counted bigint NOT NULL CHECK (counted >= 0),
  left_in_drawer bigint NOT NULL CHECK (left_in_drawer BETWEEN 0 AND counted),
  denominations jsonb,
  report jsonb NOT NULL,
  reason_enc bytea,
  key text CHECK (char_length(key) = 64), -- digest of the Idempotency-Key
  fingerprint bytea,
  PRIMARY KEY (restaurant_id, number),
  FOREIGN KEY (restaurant_id, origin) REFERENCES till_z (restaurant_id, number),
  FOREIGN KEY (restaurant_id, corrects) REFERENCES till_z (restaurant_id, number),
  CHECK ((corrects IS NULL) = (origin = number)),
  CHECK (corrects < number),
  CHECK (counted = expected OR reason_enc IS NOT NULL)
);
CREATE UNIQUE INDEX till_z_key ON till_z (restaurant_id, key) WHERE key IS NOT NULL;
CREATE UNIQUE INDEX till_z_corrects ON till_z (restaurant_id, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX till_z_day ON till_z (restaurant_id, business_day, number);

-- Every won that came or went, signed. An entry belongs to no close until one claims it.
CREATE TABLE till_entry (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  kind text NOT NULL CHECK (kind IN ('TAKEN', 'WITHDRAWN', 'REFUNDED', 'CASH_IN', 'CASH_OUT')),
  subject_id uuid, -- payment, or refund
  tender text NOT NULL,
  amount bigint NOT NULL,
  tax_free bigint NOT NULL DEFAULT 0,
  vat bigint NOT NULL DEFAULT 0,
  currency text NOT NULL DEFAULT 'KRW',
  reason_enc bytea,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  z_number bigint,
  key text CHECK (char_length(key) = 64),
  fingerprint bytea,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, z_number) REFERENCES till_z (restaurant_id, number)
    DEFERRABLE INITIALLY DEFERRED,
  CHECK ((kind IN ('CASH_IN', 'CASH_OUT')) = (subject_id IS NULL)),
  CHECK ((kind IN ('TAKEN', 'CASH_IN')) = (amount > 0) AND amount <> 0)
);
CREATE INDEX till_entry_open ON till_entry (restaurant_id) WHERE z_number IS NULL;
CREATE INDEX till_entry_z ON till_entry (restaurant_id, z_number) WHERE z_number IS NOT NULL;
CREATE INDEX till_entry_subject ON till_entry (restaurant_id, subject_id)
  WHERE subject_id IS NOT NULL;
CREATE UNIQUE INDEX till_entry_key ON till_entry (restaurant_id, key) WHERE key IS NOT NULL;

-- A count in between: a shift is handed over.
CREATE TABLE till_count (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  expected bigint NOT NULL,
  counted bigint NOT NULL CHECK (counted >= 0),
  denominations jsonb,
  reason_enc bytea,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  z_number bigint,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, z_number) REFERENCES till_z (restaurant_id, number)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX till_count_open ON till_count (restaurant_id) WHERE z_number IS NULL;
CREATE INDEX till_count_z ON till_count (restaurant_id, z_number) WHERE z_number IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['till', 'till_z', 'till_entry', 'till_count'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON till TO ordersync_app;
GRANT SELECT, INSERT ON till_z, till_entry, till_count TO ordersync_app;
GRANT UPDATE (z_number) ON till_entry, till_count TO ordersync_app;

-- What is written stays: an entry is claimed once, and a sealed cell may be sealed anew.
CREATE FUNCTION till_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['reason_enc'];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF TG_TABLE_NAME <> 'till_z' AND to_jsonb(OLD) ->> 'z_number' IS NULL THEN
      free := array_append(free, 'z_number');
    END IF;
    IF to_jsonb(NEW) - free = to_jsonb(OLD) - free
        AND (NEW.reason_enc IS NULL) = (OLD.reason_enc IS NULL) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['till_z', 'till_entry', 'till_count'] LOOP
    EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON %I FOR EACH ROW '
      'EXECUTE FUNCTION till_stays()', name);
    EXECUTE format('CREATE TRIGGER stays_whole BEFORE TRUNCATE ON %I FOR EACH STATEMENT '
      'EXECUTE FUNCTION till_stays()', name);
  END LOOP;
END $$;

-- Money is entered in the transaction that moves it. What was taken before this migration has no
-- entry; what of it goes back from now on has one. A payment made to learn the product is none.
CREATE FUNCTION till_is_practice(of_check uuid) RETURNS boolean LANGUAGE sql STABLE
  RETURN EXISTS (SELECT FROM orders WHERE restaurant_id = app_restaurant() AND check_id = of_check
    AND practice);

CREATE FUNCTION till_enter_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  captured constant text[] := ARRAY['PAID', 'PARTIALLY_REFUNDED', 'REFUNDED'];
  sign int := (NEW.status = ANY (captured))::int;
  taxable bigint := NEW.amount - NEW.tax_free_amount;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    sign := sign - (OLD.status = ANY (captured))::int;
  END IF;
  IF sign <> 0 AND NOT till_is_practice(NEW.check_id) THEN
    INSERT INTO till_entry (restaurant_id, kind, subject_id, tender, amount, tax_free, vat, currency,
        actor, at)
      VALUES (NEW.restaurant_id, CASE WHEN sign > 0 THEN 'TAKEN' ELSE 'WITHDRAWN' END, NEW.id,
        NEW.method, sign * NEW.amount, sign * NEW.tax_free_amount,
        sign * (taxable - (taxable * 10 + 5) / 11), NEW.currency, NEW.actor, now());
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER till AFTER INSERT OR UPDATE OF status ON payment
  FOR EACH ROW EXECUTE FUNCTION till_enter_payment();

CREATE FUNCTION till_enter_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR OLD.status <> 'DONE' THEN
    INSERT INTO till_entry (restaurant_id, kind, subject_id, tender, amount, tax_free, vat, currency,
        actor, at)
      SELECT NEW.restaurant_id, 'REFUNDED', NEW.id, method, -NEW.amount, -NEW.tax_free_amount,
        -NEW.vat_amount, currency, NEW.actor, now()
      FROM payment WHERE restaurant_id = NEW.restaurant_id AND id = NEW.payment_id
        AND NOT till_is_practice(check_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER till AFTER INSERT OR UPDATE OF status ON refund
  FOR EACH ROW WHEN (NEW.status = 'DONE') EXECUTE FUNCTION till_enter_refund();

-- What the entries of a close come to, or (NULL) those that no close has claimed.
CREATE FUNCTION till_report(of_z bigint, opening bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
  WITH entry AS MATERIALIZED (
    SELECT * FROM till_entry
      WHERE restaurant_id = app_restaurant() AND z_number IS NULL AND of_z IS NULL
    UNION ALL
    SELECT * FROM till_entry WHERE restaurant_id = app_restaurant() AND z_number = of_z),
  share AS (
    SELECT tender, coalesce(sum(amount) FILTER (WHERE kind = 'TAKEN'), 0)::bigint AS taken,
      count(*) FILTER (WHERE kind = 'TAKEN') AS taken_count,
      -coalesce(sum(amount) FILTER (WHERE kind <> 'TAKEN'), 0)::bigint AS refunded,
      count(*) FILTER (WHERE kind <> 'TAKEN') AS refunded_count, sum(amount)::bigint AS net
    FROM entry WHERE subject_id IS NOT NULL GROUP BY tender),
  whole AS (
    SELECT coalesce(sum(amount), 0)::bigint AS net, coalesce(sum(vat), 0)::bigint AS vat,
      coalesce(sum(tax_free), 0)::bigint AS tax_free,
      coalesce(sum(amount) FILTER (WHERE kind = 'TAKEN'), 0)::bigint AS taken
    FROM entry WHERE subject_id IS NOT NULL),
  cash AS (
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'TAKEN'), 0)::bigint AS taken,
      -coalesce(sum(amount) FILTER (WHERE kind IN ('REFUNDED', 'WITHDRAWN')), 0)::bigint AS refunded,
      coalesce(sum(amount) FILTER (WHERE kind = 'CASH_IN'), 0)::bigint AS moved_in,
      -coalesce(sum(amount) FILTER (WHERE kind = 'CASH_OUT'), 0)::bigint AS moved_out,
      opening + coalesce(sum(amount), 0)::bigint AS expected
    FROM entry WHERE tender = 'CASH')
  SELECT jsonb_build_object(
    'tenders', (SELECT coalesce(jsonb_agg(to_jsonb(share) ORDER BY tender), '[]') FROM share),
    'totals', (SELECT jsonb_build_object('taken', taken, 'refunded', taken - net, 'net', net,
      'vat', vat, 'supply', net - vat - tax_free, 'tax_free', tax_free) FROM whole),
    'cash', (SELECT jsonb_build_object('opening_float', opening, 'taken', taken,
      'refunded', refunded, 'in', moved_in, 'out', moved_out, 'expected', expected) FROM cash))
  $$;

-- Checks that are not paid, with all that is merged into each. Of three months: nobody pays later.
CREATE FUNCTION till_open_checks(OUT id uuid, OUT table_number text, OUT order_numbers int[],
    OUT amount bigint, OUT created_at timestamptz) RETURNS SETOF record LANGUAGE sql STABLE AS $$
  WITH RECURSIVE tree AS (
    SELECT c.id, c.id AS root, c.total_amount - c.tenders_amount + c.refunds_amount AS owed
      FROM guest_check c WHERE c.restaurant_id = app_restaurant()
        AND c.business_day > current_date - 92 AND c.status IN ('OPEN', 'REOPENED')
    UNION ALL SELECT c.id, t.root, c.total_amount - c.tenders_amount + c.refunds_amount
      FROM tree t JOIN guest_check c ON c.restaurant_id = app_restaurant() AND c.merged_into = t.id)
  SELECT c.id, (SELECT p.number FROM floor_piece p WHERE p.restaurant_id = app_restaurant()
      AND p.id = c.table_id),
    ARRAY (SELECT o.number FROM orders o WHERE o.restaurant_id = app_restaurant()
      AND o.check_id = ANY (t.ids) AND o.number IS NOT NULL ORDER BY o.created_at, o.id),
    t.owed, c.created_at
  FROM (SELECT root, array_agg(tree.id) AS ids, sum(owed)::bigint AS owed FROM tree GROUP BY root
    HAVING sum(owed) > 0) t
  JOIN guest_check c ON c.restaurant_id = app_restaurant() AND c.id = t.root
  WHERE NOT till_is_practice(c.id)
  $$;

-- What is still to come: to be paid, to be known, on its way.
CREATE FUNCTION till_remaining() RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'checks', (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(c)) ORDER BY c.created_at, c.id),
      '[]') FROM till_open_checks() c),
    'payments', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'check_id', p.check_id,
        'tender', p.method, 'status', p.status, 'amount', p.amount, 'created_at', p.created_at)
        ORDER BY p.created_at, p.id), '[]')
      FROM payment_task t JOIN payment p ON p.restaurant_id = app_restaurant()
        AND p.id = t.subject_id
      WHERE t.restaurant_id = app_restaurant() AND t.kind = 'PAYMENT'
        AND p.status IN ('SUBMITTED', 'UNKNOWN')),
    'refunds', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'payment_id', r.payment_id,
        'status', r.status, 'amount', r.amount, 'created_at', r.created_at)
        ORDER BY r.created_at, r.id), '[]')
      FROM refund r WHERE r.restaurant_id = app_restaurant() AND r.business_day > current_date - 92
        AND r.status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')),
    'receipts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'payment_id',
        k.payment_id, 'status', k.status, 'amount', k.amount, 'created_at', k.created_at)
        ORDER BY k.created_at, k.id), '[]')
      FROM payment_task t JOIN cash_receipt k ON k.restaurant_id = app_restaurant()
        AND k.id = t.subject_id
      WHERE t.restaurant_id = app_restaurant() AND t.kind = 'RECEIPT'
        AND k.status IN ('REQUESTED', 'CANCEL_REQUESTED')))
  $$;

CREATE FUNCTION till_carried_over() RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('open_checks', jsonb_array_length(r -> 'checks'),
    'open_amount', (SELECT coalesce(sum((c ->> 'amount')::bigint), 0)
      FROM jsonb_array_elements(r -> 'checks') c),
    'unknown_payments', jsonb_array_length(r -> 'payments'),
    'pending_refunds', jsonb_array_length(r -> 'refunds'),
    'pending_receipts', jsonb_array_length(r -> 'receipts'))
  FROM till_remaining() r
  $$;

-- The role that turns keys sees the sealed cells, their rows' names and nothing else.
GRANT SELECT (restaurant_id, number, ctid, reason_enc), UPDATE (reason_enc) ON till_z
  TO ordersync_keys;
GRANT SELECT (restaurant_id, id, ctid, reason_enc), UPDATE (reason_enc) ON till_entry, till_count
  TO ordersync_keys;
CREATE POLICY keys ON till_z TO ordersync_keys USING (true) WITH CHECK (true);
CREATE POLICY keys ON till_entry TO ordersync_keys USING (true) WITH CHECK (true);
CREATE POLICY keys ON till_count TO ordersync_keys USING (true) WITH CHECK (true);
