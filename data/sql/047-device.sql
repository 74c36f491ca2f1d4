-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Paired screens. Pairing codes and device tokens are known by keyed hashes alone.
CREATE TABLE device (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL UNIQUE,
  name text NOT NULL CHECK (length (name) <= 100),
  role text NOT NULL CHECK (role IN ('COURIER', 'KITCHEN', 'STAFF')),
  pairing_hash bytea UNIQUE CHECK (length (pairing_hash) = 32),
  pairing_until timestamptz,
  token_hash bytea UNIQUE CHECK (length (token_hash) = 32),
  created_at timestamptz NOT NULL,
  paired_at timestamptz,
  last_seen_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (restaurant_id, id)
);
ALTER TABLE device ENABLE ROW LEVEL SECURITY;
ALTER TABLE device FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON device TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());

-- Who holds a code or a token sees its one row before it is known which shop it is for.
CREATE FUNCTION app_device_secret() RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT decode(nullif(current_setting('app.device_secret', true), ''), 'hex') $$;
CREATE POLICY bearer ON device FOR SELECT TO ordersync_app
  USING (pairing_hash = app_device_secret() OR token_hash = app_device_secret());
GRANT SELECT, INSERT, UPDATE, DELETE ON device TO ordersync_app;
