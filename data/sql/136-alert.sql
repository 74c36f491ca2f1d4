-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What a shop is told of at once. Facts hold no personal data; an open alert is there once for what
-- it is about.
CREATE TABLE alert (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('OUTAGE', 'THREAT', 'REFUNDS', 'LATE_ORDERS', 'PRINTER', 'TEST')),
  subject text NOT NULL CHECK (char_length(subject) <= 100),
  facts jsonb NOT NULL,
  raised_at timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (restaurant_id, id)
);
CREATE UNIQUE INDEX alert_open ON alert (restaurant_id, kind, subject) WHERE ended_at IS NULL;
CREATE INDEX alert_ended ON alert (restaurant_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX alert_list ON alert (restaurant_id, raised_at DESC, id DESC);

-- Which kind goes where, from when on something counts, and the hours in which nobody is woken.
CREATE TABLE alert_setup (
  restaurant_id uuid NOT NULL PRIMARY KEY REFERENCES restaurant,
  rules jsonb NOT NULL,
  limits jsonb NOT NULL,
  language text NOT NULL CHECK (language IN ('ko', 'en')),
  quiet_from int CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_until int CHECK (quiet_until BETWEEN 0 AND 1439),
  quiet_drops boolean NOT NULL,
  version bigint NOT NULL,
  CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);

-- Who is told: name, number or address and its keys are one sealed object. What was removed is told
-- nothing; it can be brought back for a day.
CREATE TABLE alert_target (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('SMS', 'ALIMTALK', 'EMAIL', 'SLACK', 'PAGERDUTY')),
  detail_enc bytea NOT NULL,
  created_at timestamptz NOT NULL,
  removed_at timestamptz,
  PRIMARY KEY (restaurant_id, id)
);

-- One alert on its way to one of them. doubt: it was being sent when we last knew; asked: somebody
-- wants it sent, however old it is. What quiet hours held back goes as one: the rows that went in
-- another have its id as digest_id.
CREATE TABLE alert_message (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  alert_id uuid NOT NULL,
  target_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('WAITING', 'HELD', 'JOINED', 'SENT', 'DEAD', 'DROPPED')),
  digest_id uuid,
  attempts int NOT NULL DEFAULT 0,
  doubt boolean NOT NULL DEFAULT false,
  asked boolean NOT NULL DEFAULT false,
  problem text CHECK (char_length(problem) <= 200),
  created_at timestamptz NOT NULL,
  next_at timestamptz,
  sent_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, alert_id, target_id),
  FOREIGN KEY (restaurant_id, alert_id) REFERENCES alert (restaurant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (restaurant_id, target_id) REFERENCES alert_target (restaurant_id, id) ON DELETE CASCADE,
  CHECK ((status IN ('WAITING', 'HELD')) = (next_at IS NOT NULL)),
  CHECK ((status = 'SENT') = (sent_at IS NOT NULL)),
  CHECK (status <> 'JOINED' OR digest_id IS NOT NULL)
);
CREATE INDEX alert_message_due ON alert_message (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alert_message_next ON alert_message (restaurant_id, next_at, created_at, id)
  WHERE next_at IS NOT NULL;
CREATE INDEX alert_message_digest ON alert_message (restaurant_id, digest_id)
  WHERE digest_id IS NOT NULL;
CREATE INDEX alert_message_held ON alert_message (restaurant_id, target_id)
  WHERE status IN ('HELD', 'JOINED');
CREATE INDEX alert_message_target ON alert_message (restaurant_id, target_id);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['alert', 'alert_setup', 'alert_target', 'alert_message'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON alert_setup, alert_message TO ordersync_app;
GRANT SELECT, INSERT, DELETE, UPDATE (ended_at) ON alert TO ordersync_app;
GRANT SELECT, INSERT, DELETE, UPDATE (detail_enc, removed_at) ON alert_target TO ordersync_app;

-- Which shops have something to be sent: the one door through which the daemon asks, of ids alone.
CREATE POLICY due ON alert_message FOR SELECT TO ordersync_owner USING (next_at IS NOT NULL);
CREATE FUNCTION alert_messages_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM alert_message WHERE next_at <= at $$;
REVOKE ALL ON FUNCTION alert_messages_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION alert_messages_due(timestamptz) TO ordersync_app;

-- The role that turns keys sees the sealed cells, their rows' names and nothing else.
GRANT SELECT (restaurant_id, id, ctid, detail_enc), UPDATE (detail_enc) ON alert_target
  TO ordersync_keys;
CREATE POLICY keys ON alert_target TO ordersync_keys USING (true) WITH CHECK (true);
