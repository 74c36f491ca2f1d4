-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Stations, and one ticket for each station that an order has something to make at. A guest's words
-- are not here; they are read with the order.
CREATE TABLE kitchen_setup (
  restaurant_id uuid PRIMARY KEY,
  version bigint NOT NULL CHECK (version > 0),
  default_station_id uuid,
  auto_fire boolean NOT NULL
);

-- Without a set-up there is one station, whose id is the shop's. What is removed stays for old tickets.
CREATE TABLE kitchen_station (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  position int NOT NULL,
  language text NOT NULL CHECK (language IN ('ko', 'en')),
  is_expo boolean NOT NULL DEFAULT false,
  printer_id uuid,
  removed_at timestamptz,
  PRIMARY KEY (restaurant_id, id)
);

CREATE TABLE kitchen_route (
  restaurant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('CATEGORY', 'ITEM', 'OPTION')),
  target_id uuid NOT NULL,
  station_id uuid NOT NULL,
  PRIMARY KEY (restaurant_id, kind, target_id),
  FOREIGN KEY (restaurant_id, station_id) REFERENCES kitchen_station (restaurant_id, id)
);

-- What the kitchen knows of an order as a whole. The phase says what it last saw the order do, so
-- that a recall is told from a first cooking.
CREATE TABLE kitchen_order (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  phase text NOT NULL CHECK (phase IN ('COOKING', 'COOKED', 'DROPPED')),
  number int NOT NULL,
  business_day date NOT NULL,
  table_id uuid,
  table_number text,
  moved_from text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (restaurant_id, order_id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES orders (restaurant_id, id)
);
CREATE INDEX kitchen_order_day ON kitchen_order (restaurant_id, business_day, number);

CREATE TABLE kitchen_course (
  restaurant_id uuid NOT NULL,
  order_id uuid NOT NULL,
  course int NOT NULL CHECK (course BETWEEN 1 AND 9),
  fired_at timestamptz, -- null: held
  PRIMARY KEY (restaurant_id, order_id, course),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES kitchen_order (restaurant_id, order_id)
);

CREATE TABLE kitchen_ticket (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  order_id uuid NOT NULL,
  station_id uuid NOT NULL,
  stage text NOT NULL CHECK (stage IN ('PREP', 'EXPO')),
  status text NOT NULL,
  priority boolean NOT NULL DEFAULT false,
  sent_at timestamptz NOT NULL,
  timer_from timestamptz NOT NULL,
  shown_at timestamptz,
  touched_at timestamptz,
  bumped_at timestamptz,
  recalled int NOT NULL DEFAULT 0 CHECK (recalled >= 0),
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, order_id) REFERENCES kitchen_order (restaurant_id, order_id),
  FOREIGN KEY (restaurant_id, station_id) REFERENCES kitchen_station (restaurant_id, id),
  CHECK (status = 'OPEN' OR bumped_at IS NOT NULL)
);
CREATE INDEX kitchen_ticket_order ON kitchen_ticket (restaurant_id, order_id);
CREATE INDEX kitchen_ticket_open ON kitchen_ticket (restaurant_id, sent_at) WHERE status = 'OPEN';
CREATE INDEX kitchen_ticket_past ON kitchen_ticket (restaurant_id, bumped_at DESC, id DESC)
  WHERE status <> 'OPEN';

-- What became different after sending: to be seen by somebody. Without a line: of the whole ticket.
CREATE TABLE kitchen_change (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  ticket_id uuid NOT NULL,
  line_id uuid,
  kind text NOT NULL CHECK (kind IN ('ADDED', 'VOIDED', 'CHANGED', 'MOVED')),
  quantity int NOT NULL CHECK (quantity >= 0),
  text text CHECK (length(text) <= 200),
  at timestamptz NOT NULL,
  ticket_version bigint NOT NULL,
  seen_at timestamptz,
  seen_by text,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, ticket_id) REFERENCES kitchen_ticket (restaurant_id, id),
  FOREIGN KEY (restaurant_id, line_id) REFERENCES kitchen_line (restaurant_id, line_id)
);
CREATE INDEX kitchen_change_ticket ON kitchen_change (restaurant_id, ticket_id);

-- quantity_asked: taken off the check as not made, so what is not made is voided up to it.
-- quantity_bumped: of what is made, what bumping alone declared made; a recall makes it wait again.
ALTER TABLE kitchen_line
  ADD ticket_id uuid,
  ADD course int NOT NULL DEFAULT 1 CHECK (course BETWEEN 1 AND 9),
  ADD seat int CHECK (seat BETWEEN 1 AND 99),
  ADD kitchen_name text,
  ADD translations jsonb NOT NULL DEFAULT '{}',
  ADD allergens text[] NOT NULL DEFAULT '{}',
  ADD prep_minutes int NOT NULL DEFAULT 0,
  ADD quantity_asked int NOT NULL DEFAULT 0 CHECK (quantity_asked >= 0),
  ADD quantity_bumped int NOT NULL DEFAULT 0,
  ADD CHECK (quantity_bumped BETWEEN 0 AND quantity_made);

-- Lines from before there were tickets: each order gets one, at the main station.
ALTER TABLE kitchen_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
INSERT INTO kitchen_station (restaurant_id, id, name, position, language)
  SELECT DISTINCT restaurant_id, restaurant_id, '주방', 0, 'ko' FROM kitchen_line;
INSERT INTO kitchen_order (restaurant_id, order_id, phase, number, business_day, table_id)
  SELECT o.restaurant_id, o.id, CASE WHEN o.status IN ('ACCEPTED', 'PREPARING') THEN 'COOKING'
      WHEN o.status = 'CANCELED' THEN 'DROPPED' ELSE 'COOKED' END, o.number, o.business_day, o.table_id
  FROM orders o WHERE EXISTS (SELECT FROM kitchen_line l
    WHERE l.restaurant_id = o.restaurant_id AND l.order_id = o.id);
INSERT INTO kitchen_course (restaurant_id, order_id, course, fired_at)
  SELECT restaurant_id, order_id, 1, min(sent_at) FROM kitchen_line GROUP BY 1, 2;
INSERT INTO kitchen_ticket (restaurant_id, id, order_id, station_id, stage, status, sent_at,
    timer_from, bumped_at, version)
  SELECT k.restaurant_id, gen_random_uuid(), k.order_id, k.restaurant_id, 'PREP',
    CASE k.phase WHEN 'COOKING' THEN 'OPEN' ELSE 'DONE' END, min(l.sent_at), min(l.sent_at),
    CASE k.phase WHEN 'COOKING' THEN NULL ELSE coalesce(min(o.ready_at), min(l.sent_at)) END, 1
  FROM kitchen_order k JOIN kitchen_line l USING (restaurant_id, order_id)
    JOIN orders o ON o.restaurant_id = k.restaurant_id AND o.id = k.order_id
  GROUP BY k.restaurant_id, k.order_id, k.phase;
UPDATE kitchen_line l SET ticket_id = t.id, quantity_bumped = l.quantity_made FROM kitchen_ticket t
  WHERE t.restaurant_id = l.restaurant_id AND t.order_id = l.order_id;
ALTER TABLE kitchen_line FORCE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
ALTER TABLE kitchen_line ALTER ticket_id SET NOT NULL, ADD FOREIGN KEY (restaurant_id, ticket_id)
  REFERENCES kitchen_ticket (restaurant_id, id);
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON kitchen_ticket
  FOR EACH ROW EXECUTE FUNCTION check_state('ticket');

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['kitchen_setup', 'kitchen_station', 'kitchen_route', 'kitchen_order',
                              'kitchen_course', 'kitchen_ticket', 'kitchen_change'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO ordersync_app', name);
  END LOOP;
END $$;
REVOKE UPDATE ON kitchen_route FROM ordersync_app;
GRANT DELETE ON kitchen_route TO ordersync_app;
