-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Attacks that were noticed. A subject is found again by a keyed hash; who it was is encrypted.
CREATE TABLE threat (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_hash bytea NOT NULL CHECK (length(subject_hash) = 16),
  subject_enc bytea NOT NULL,
  client_enc bytea,
  raised_at timestamptz NOT NULL,
  acknowledged_at timestamptz,
  acknowledged_by text,
  PRIMARY KEY (restaurant_id, id),
  CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))
);
CREATE INDEX threat_time ON threat (restaurant_id, raised_at);
ALTER TABLE threat ENABLE ROW LEVEL SECURITY;
ALTER TABLE threat FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON threat TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE (acknowledged_at, acknowledged_by) ON threat TO ordersync_app;

-- Whom to tell of an attack on no shop in particular. The daemon sees one shop at a time, so it asks
-- the owner through this one door, which gives away ids alone.
CREATE POLICY threat_shops ON restaurant FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION threat_shops() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT id FROM restaurant ORDER BY id $$;
REVOKE ALL ON FUNCTION threat_shops() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION threat_shops() TO ordersync_app;
