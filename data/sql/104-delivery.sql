-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Journeys of orders to their guests. Who rides and why it failed are cells; the address is the
-- order's own. One of an order is live at a time.
CREATE TABLE delivery (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  carrier text NOT NULL CHECK (carrier IN ('OWN', 'AGENCY', 'PLATFORM')),
  status text NOT NULL,
  rider_enc bytea,
  rider_phone_enc bytea,
  reason_enc bytea,
  eta_at timestamptz,
  requested_at timestamptz NOT NULL,
  assigned_at timestamptz,
  picked_up_at timestamptz,
  delivered_at timestamptz,
  closed_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id)
);
CREATE UNIQUE INDEX delivery_live ON delivery (restaurant_id, order_id)
  WHERE status NOT IN ('FAILED', 'CANCELED');
CREATE INDEX delivery_order ON delivery (restaurant_id, order_id, requested_at);
CREATE INDEX delivery_recent ON delivery (restaurant_id, requested_at DESC, id);
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON delivery
  FOR EACH ROW EXECUTE FUNCTION check_state('delivery');

-- The call of an agency's rider, written down before it is made.
CREATE TABLE rider_call (
  restaurant_id uuid NOT NULL,
  delivery_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('WANTED', 'SENT', 'UNKNOWN', 'CALLED', 'REFUSED', 'CANCELING',
    'ENDED')),
  attempts int NOT NULL DEFAULT 0,
  sent_at timestamptz,
  next_at timestamptz,
  failure text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, delivery_id),
  FOREIGN KEY (restaurant_id, delivery_id) REFERENCES delivery (restaurant_id, id)
);
CREATE INDEX rider_call_due ON rider_call (next_at) WHERE next_at IS NOT NULL;

-- Links for couriers, known by keyed hashes alone; each is for one delivery.
CREATE TABLE courier_link (
  restaurant_id uuid NOT NULL,
  token_hash bytea NOT NULL CHECK (length (token_hash) = 32),
  delivery_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, token_hash),
  FOREIGN KEY (restaurant_id, delivery_id) REFERENCES delivery (restaurant_id, id)
);
CREATE INDEX courier_link_delivery ON courier_link (restaurant_id, delivery_id);

-- Where the shop delivers, in the order in which an address is looked up.
CREATE TABLE delivery_zone (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  position int NOT NULL,
  name text NOT NULL CHECK (length (name) <= 100),
  fee bigint NOT NULL CHECK (fee >= 0),
  minimum bigint NOT NULL DEFAULT 0 CHECK (minimum >= 0),
  minutes int NOT NULL DEFAULT 0 CHECK (minutes >= 0),
  areas text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (restaurant_id, id)
);

-- How the shop delivers; one row, made with the first change. The agency's key and whence its
-- riders fetch are cells.
CREATE TABLE delivery_setup (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  carrier text NOT NULL DEFAULT 'OWN' CHECK (carrier IN ('OWN', 'AGENCY', 'PLATFORM')),
  mask_hours int NOT NULL DEFAULT 24 CHECK (mask_hours BETWEEN 0 AND 720),
  link_hours int NOT NULL DEFAULT 12 CHECK (link_hours BETWEEN 1 AND 72),
  agency_vendor text CHECK (length (agency_vendor) <= 100),
  agency_key_enc bytea,
  pickup_enc bytea,
  page_base text CHECK (length (page_base) <= 200),
  version bigint NOT NULL DEFAULT 0,
  zones_version bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (restaurant_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['delivery', 'rider_call', 'courier_link', 'delivery_zone',
      'delivery_setup'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON delivery, rider_call, delivery_setup TO ordersync_app;
GRANT SELECT, INSERT, DELETE ON courier_link TO ordersync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery_zone TO ordersync_app;

-- Which shops have a call to be made: the one door through which the daemon asks, of ids alone.
CREATE POLICY due ON rider_call FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION rider_calls_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM rider_call WHERE next_at <= at $$;
REVOKE ALL ON FUNCTION rider_calls_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rider_calls_due(timestamptz) TO ordersync_app;

-- What 090 gives for the tables of before: the keys' role sees the cells alone.
GRANT SELECT (restaurant_id, id, ctid, rider_enc, rider_phone_enc, reason_enc),
  UPDATE (rider_enc, rider_phone_enc, reason_enc) ON delivery TO ordersync_keys;
CREATE POLICY keys ON delivery TO ordersync_keys USING (true) WITH CHECK (true);
GRANT SELECT (restaurant_id, ctid, agency_key_enc, pickup_enc),
  UPDATE (agency_key_enc, pickup_enc) ON delivery_setup TO ordersync_keys;
CREATE POLICY keys ON delivery_setup TO ordersync_keys USING (true) WITH CHECK (true);
