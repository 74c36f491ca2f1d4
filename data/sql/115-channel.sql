-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Platforms that send orders to a shop, signed with a secret that both know.
CREATE TABLE channel_link (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  channel text NOT NULL CHECK (channel ~ '\A[a-z0-9_-]{1,40}\Z'),
  store_id text NOT NULL CHECK (length (store_id) BETWEEN 1 AND 100),
  secret_enc bytea NOT NULL,
  callback_url text CHECK (length (callback_url) <= 500),
  enabled boolean NOT NULL DEFAULT true,
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (channel, store_id)
);

-- What a platform's items and options are on our menu, where its codes are not the menu's own.
CREATE TABLE channel_item (
  restaurant_id uuid NOT NULL,
  link_id uuid NOT NULL,
  plu text NOT NULL CHECK (length (plu) BETWEEN 1 AND 100),
  kind text NOT NULL CHECK (kind IN ('ITEM', 'OPTION')),
  target_id uuid NOT NULL,
  PRIMARY KEY (restaurant_id, link_id, kind, plu),
  FOREIGN KEY (restaurant_id, link_id) REFERENCES channel_link (restaurant_id, id) ON DELETE CASCADE
);

-- Orders of platforms, each once whatever comes twice; seq numbers what is told back.
CREATE TABLE channel_order (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  link_id uuid NOT NULL,
  channel_order_id text NOT NULL CHECK (length (channel_order_id) BETWEEN 1 AND 100),
  body_hash bytea NOT NULL CHECK (length (body_hash) = 32),
  status text NOT NULL CHECK (status IN ('RECEIVED', 'PLACED', 'CANCELED')),
  order_id uuid,
  total_amount bigint NOT NULL,
  prepaid boolean NOT NULL,
  seq bigint NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, link_id, channel_order_id),
  FOREIGN KEY (restaurant_id, link_id) REFERENCES channel_link (restaurant_id, id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id),
  CHECK ((status = 'PLACED') <= (order_id IS NOT NULL))
);
CREATE UNIQUE INDEX channel_order_order ON channel_order (restaurant_id, order_id)
  WHERE order_id IS NOT NULL;

-- The inbox: an event is answered once it lies here, and worked off from here. Its words are a cell.
CREATE TABLE channel_event (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  link_id uuid NOT NULL,
  event_id text NOT NULL CHECK (length (event_id) BETWEEN 1 AND 100),
  event_type text NOT NULL,
  channel_order_id text NOT NULL,
  body_hash bytea NOT NULL CHECK (length (body_hash) = 32),
  body_enc bytea,
  status text NOT NULL CHECK (status IN ('RECEIVED', 'PARKED', 'DONE', 'DROPPED')),
  attempts int NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL,
  next_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, link_id, event_id),
  FOREIGN KEY (restaurant_id, link_id) REFERENCES channel_link (restaurant_id, id),
  CHECK ((next_at IS NOT NULL) = (status IN ('RECEIVED', 'PARKED')))
);
CREATE INDEX channel_event_due ON channel_event (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX channel_event_order ON channel_event (restaurant_id, link_id, channel_order_id);

-- What is told back, in order; nothing personal is in it.
CREATE TABLE channel_push (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  channel_order uuid NOT NULL,
  seq bigint NOT NULL,
  body text NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  next_at timestamptz,
  told_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, channel_order, seq),
  FOREIGN KEY (restaurant_id, channel_order) REFERENCES channel_order (restaurant_id, id)
);
CREATE INDEX channel_push_due ON channel_push (next_at) WHERE next_at IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['channel_link', 'channel_item', 'channel_order', 'channel_event',
      'channel_push'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON channel_link, channel_order, channel_event, channel_push
  TO ordersync_app;
GRANT SELECT, INSERT, DELETE ON channel_item TO ordersync_app;
GRANT DELETE ON channel_event TO ordersync_app;

-- Whose a store of a channel is, and who has something due: doors that give away ids of shops alone.
CREATE POLICY doors ON channel_link FOR SELECT TO ordersync_owner USING (true);
CREATE POLICY doors ON channel_event FOR SELECT TO ordersync_owner USING (true);
CREATE POLICY doors ON channel_push FOR SELECT TO ordersync_owner USING (true);
CREATE FUNCTION channel_shop(of_channel text, of_store text) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT restaurant_id FROM channel_link WHERE channel = of_channel AND store_id = of_store $$;
CREATE FUNCTION channel_events_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM channel_event WHERE next_at <= at $$;
CREATE FUNCTION channel_pushes_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM channel_push WHERE next_at <= at $$;
REVOKE ALL ON FUNCTION channel_shop(text, text), channel_events_due(timestamptz),
  channel_pushes_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION channel_shop(text, text), channel_events_due(timestamptz),
  channel_pushes_due(timestamptz) TO ordersync_app;

-- What 090 gives for the tables of before: the keys' role sees the cells alone.
GRANT SELECT (restaurant_id, id, ctid, secret_enc), UPDATE (secret_enc) ON channel_link
  TO ordersync_keys;
CREATE POLICY keys ON channel_link TO ordersync_keys USING (true) WITH CHECK (true);
GRANT SELECT (restaurant_id, id, ctid, body_enc), UPDATE (body_enc) ON channel_event
  TO ordersync_keys;
CREATE POLICY keys ON channel_event TO ordersync_keys USING (true) WITH CHECK (true);
