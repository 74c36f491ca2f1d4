-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Events wait in the outbox until the relay numbers them into the feed of their shop. The outbox is
-- a queue: a row leaves it in the transaction that publishes it, so none is skipped or sent twice.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  restaurant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  aggregate_type text NOT NULL,
  aggregate_id uuid NOT NULL,
  aggregate_seq bigint NOT NULL,
  occurred_at timestamptz NOT NULL,
  trace_id text,
  payload jsonb NOT NULL DEFAULT '{}'
);
ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON outbox TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
CREATE POLICY relay ON outbox TO ordersync_relay USING (true);
GRANT INSERT ON outbox TO ordersync_app;
GRANT SELECT, DELETE ON outbox TO ordersync_relay;

-- Last number of each shop's feed. The epoch changes when history was rewritten (a restore).
CREATE TABLE feed_head (
  restaurant_id uuid PRIMARY KEY,
  epoch uuid NOT NULL,
  last_seq bigint NOT NULL
);
ALTER TABLE feed_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE feed_head FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON feed_head TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
CREATE POLICY relay ON feed_head TO ordersync_relay USING (true) WITH CHECK (true);
GRANT SELECT ON feed_head TO ordersync_app;
GRANT SELECT, INSERT, UPDATE ON feed_head TO ordersync_relay;

-- What was published, for resuming clients and for replay; a partition a month.
CREATE TABLE shop_feed (
  restaurant_id uuid NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  aggregate_type text NOT NULL,
  aggregate_id uuid NOT NULL,
  aggregate_seq bigint NOT NULL,
  occurred_at timestamptz NOT NULL,
  trace_id text,
  payload jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (restaurant_id, epoch, seq, published_at)
) PARTITION BY RANGE (published_at);
CREATE TABLE shop_feed_default PARTITION OF shop_feed DEFAULT;
ALTER TABLE shop_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop_feed FORCE ROW LEVEL SECURITY;
ALTER TABLE shop_feed_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop_feed_default FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shop_feed TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
CREATE POLICY relay ON shop_feed TO ordersync_relay USING (true) WITH CHECK (true);
GRANT SELECT ON shop_feed TO ordersync_app;
GRANT SELECT, INSERT ON shop_feed TO ordersync_relay;

-- One row for each event and each handler that wants it, written by the relay with the event itself;
-- the handler marks it done in the transaction of its effect. So an effect happens exactly once.
CREATE TABLE inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  restaurant_id uuid NOT NULL,
  epoch uuid NOT NULL,
  seq bigint NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz,
  tries int NOT NULL DEFAULT 0, -- that failed
  not_before timestamptz NOT NULL DEFAULT now(), -- a task that failed waits, so others have their turn
  PRIMARY KEY (restaurant_id, consumer, event_id)
);
CREATE INDEX inbox_open ON inbox (received_at) WHERE done_at IS NULL;
ALTER TABLE inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inbox TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
CREATE POLICY relay ON inbox TO ordersync_relay USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE (done_at, tries, not_before) ON inbox TO ordersync_app;
GRANT SELECT, INSERT, DELETE ON inbox TO ordersync_relay;

-- Makes the partitions of this month and the @months after it. The daemon owns nothing, so it asks
-- the owner through this one door. Partitions carry no grants: they are reached by the parent only.
CREATE FUNCTION make_partitions(months int) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
DECLARE
  parent text;
  first date;
  child text;
BEGIN
  FOR parent IN SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'p' AND n.nspname = 'public' LOOP
    FOR i IN 0 .. least(greatest(months, 0), 24) LOOP
      first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => i))::date;
      child := parent || to_char(first, '_YYYYMM');
      IF to_regclass(child) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, parent,
          first::text || ' 00:00+00', ((first + interval '1 month')::date)::text || ' 00:00+00');
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', child);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', child);
      END IF;
    END LOOP;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION make_partitions(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_partitions(int) TO ordersync_app;
