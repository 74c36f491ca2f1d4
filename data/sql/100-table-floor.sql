-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- One row a shop, which acts on its tables and changes of its plan hold while they last, so that of
-- two counters one is first. The waiting list takes nobody until paused_until.
CREATE TABLE table_room (
  restaurant_id uuid PRIMARY KEY,
  floor_version bigint NOT NULL DEFAULT 0,
  paused_until timestamptz
);

-- Floors, and what stands on them. Nothing here is personal. Sizes in pixels of the plan.
CREATE TABLE floor (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 30),
  position int NOT NULL CHECK (position BETWEEN 0 AND 19),
  width int NOT NULL CHECK (width BETWEEN 320 AND 8192),
  height int NOT NULL CHECK (height BETWEEN 320 AND 8192),
  PRIMARY KEY (restaurant_id, id)
);

CREATE TABLE floor_piece (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  floor_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('TABLE', 'BAR', 'WALL', 'DOOR', 'TEXT')),
  shape text NOT NULL CHECK (shape IN ('SQUARE', 'ROUND')),
  number text CHECK (char_length(number) BETWEEN 1 AND 8),
  label text CHECK (char_length(label) BETWEEN 1 AND 60),
  seats int NOT NULL CHECK (seats BETWEEN 0 AND 99),
  x int NOT NULL CHECK (x BETWEEN 0 AND 8192),
  y int NOT NULL CHECK (y BETWEEN 0 AND 8192),
  width int NOT NULL CHECK (width BETWEEN 8 AND 8192),
  height int NOT NULL CHECK (height BETWEEN 8 AND 8192),
  rotation int NOT NULL CHECK (rotation BETWEEN 0 AND 359),
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, floor_id) REFERENCES floor (restaurant_id, id)
    DEFERRABLE INITIALLY DEFERRED,
  CHECK ((kind = 'TABLE') = (number IS NOT NULL)),
  -- One batch may swap the numbers of two tables.
  CONSTRAINT floor_piece_number UNIQUE (restaurant_id, number) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX floor_piece_floor ON floor_piece (restaurant_id, floor_id);

-- A picture of the room. It outlives its floor for a while, so that an undo finds it again.
CREATE TABLE floor_photo (
  restaurant_id uuid NOT NULL,
  floor_id uuid NOT NULL,
  type text NOT NULL CHECK (type IN ('image/jpeg', 'image/png')),
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 2097152),
  put_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, floor_id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['table_room', 'floor', 'floor_piece', 'floor_photo'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON table_room TO ordersync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON floor, floor_piece, floor_photo TO ordersync_app;
