-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What each order's saga knows, and when it is looked at again; see src/domain/saga/osy-saga-core.h.
-- Written with every effect, in the effect's own transaction.
CREATE TABLE saga (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  order_number int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('LATER', 'PREPAID')),
  delivers boolean NOT NULL,
  amount bigint NOT NULL CHECK (amount >= 0),
  step text NOT NULL CHECK (step IN ('STARTED', 'PAYMENT_COMPLETED', 'STOCK_RESERVED', 'FULFILLING',
    'COMPLETED', 'COMPENSATING', 'COMPENSATED')),
  seen_order text NOT NULL,
  order_version bigint NOT NULL,
  captured bigint NOT NULL,
  refunded bigint NOT NULL,
  undoing bigint NOT NULL,
  in_air boolean NOT NULL,
  settled boolean NOT NULL,
  due_at timestamptz,
  goods text NOT NULL,
  ride text NOT NULL,
  tombstone boolean NOT NULL,
  asked int NOT NULL,
  expires_at timestamptz NOT NULL,
  forgotten_at timestamptz NOT NULL,
  next_at timestamptz,
  deadline timestamptz,
  attempts int NOT NULL,
  needs_attention text,
  attention_since timestamptz,
  looked_at timestamptz,
  by_hand boolean NOT NULL,
  note_enc bytea,
  told bigint NOT NULL DEFAULT 0, -- events so far
  PRIMARY KEY (restaurant_id, order_id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id),
  CHECK ((needs_attention IS NULL) = (attention_since IS NULL))
);
CREATE INDEX saga_due ON saga (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX saga_attention ON saga (restaurant_id, attention_since, order_id)
  WHERE needs_attention IS NOT NULL;
ALTER TABLE saga ENABLE ROW LEVEL SECURITY;
ALTER TABLE saga FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON saga TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON saga TO ordersync_app;

-- Which shops have something to be looked at. The daemon sees one shop at a time, so it asks the
-- owner through this one door, which gives away ids alone.
CREATE POLICY saga_due ON saga FOR SELECT TO ordersync_owner USING (next_at IS NOT NULL);
CREATE FUNCTION saga_due(until timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM saga WHERE next_at <= until $$;
REVOKE ALL ON FUNCTION saga_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION saga_due(timestamptz) TO ordersync_app;

-- The role that turns keys sees the sealed cells, their rows' names and nothing else.
GRANT SELECT (restaurant_id, order_id, ctid, note_enc), UPDATE (note_enc) ON saga TO ordersync_keys;
CREATE POLICY keys ON saga TO ordersync_keys USING (true) WITH CHECK (true);
