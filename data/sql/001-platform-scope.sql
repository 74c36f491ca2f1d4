-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Who may see what. ordersync_owner runs this; ordersync_app and ordersync_relay own nothing.
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO ordersync_app, ordersync_relay;

-- The shop and the person of the running transaction; NULL outside of one. nullif: after COMMIT a
-- local setting reads as '' and not as NULL.
CREATE FUNCTION app_restaurant() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.restaurant', true), '')::uuid $$;
CREATE FUNCTION app_user() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('app.user', true), '')::uuid $$;

-- Allowed steps of every state machine, written by the migrations generated from the C tables.
CREATE TABLE state_transition (
  machine text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (machine, from_state, to_state)
);
CREATE TABLE state_initial (
  machine text NOT NULL,
  state text NOT NULL,
  PRIMARY KEY (machine, state)
);
GRANT SELECT ON state_transition, state_initial TO ordersync_app;

-- BEFORE INSERT OR UPDATE ON … EXECUTE FUNCTION check_state('order'): the column is "status".
CREATE FUNCTION check_state() RETURNS trigger
  LANGUAGE plpgsql
  AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT FROM state_initial WHERE machine = TG_ARGV[0] AND state = NEW.status) THEN
      RAISE EXCEPTION '% may not begin as %', TG_ARGV[0], NEW.status USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.status IS DISTINCT FROM OLD.status AND NOT EXISTS (
      SELECT FROM state_transition
      WHERE machine = TG_ARGV[0] AND from_state = OLD.status AND to_state = NEW.status) THEN
    RAISE EXCEPTION '% may not go from % to %', TG_ARGV[0], OLD.status, NEW.status
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
