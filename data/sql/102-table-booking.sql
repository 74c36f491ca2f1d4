-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Tables promised for a time, and those who wait for one. Names, phones and notes are cells.
CREATE TABLE booking (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  minutes int NOT NULL CHECK (minutes BETWEEN 15 AND 720 AND minutes % 15 = 0),
  guest_count int NOT NULL CHECK (guest_count BETWEEN 1 AND 999),
  table_ids uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(table_ids) <= 20),
  status text NOT NULL CHECK (status IN ('BOOKED', 'SEATED', 'NO_SHOW', 'CANCELED')),
  guest_id uuid,
  name_enc bytea,
  phone_enc bytea,
  phone_bidx bytea,
  note_enc bytea,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);
CREATE INDEX booking_at ON booking (restaurant_id, at);
CREATE INDEX booking_phone ON booking (restaurant_id, phone_bidx) WHERE phone_bidx IS NOT NULL;

CREATE TABLE waiting_party (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  guest_count int NOT NULL CHECK (guest_count BETWEEN 1 AND 999),
  status text NOT NULL CHECK (status IN ('WAITING', 'CALLED', 'SEATED', 'CANCELED')),
  created_at timestamptz NOT NULL,
  called_at timestamptz,
  guest_id uuid,
  name_enc bytea,
  phone_enc bytea,
  phone_bidx bytea,
  note_enc bytea,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);
CREATE INDEX waiting_party_open ON waiting_party (restaurant_id, created_at)
  WHERE status IN ('WAITING', 'CALLED');
CREATE INDEX waiting_party_phone ON waiting_party (restaurant_id, phone_bidx)
  WHERE phone_bidx IS NOT NULL;

-- How often the list was paused or went on.
ALTER TABLE table_room ADD COLUMN waiting_version bigint NOT NULL DEFAULT 0;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['booking', 'waiting_party'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON booking, waiting_party TO ordersync_app;

-- What 090 gives for the tables of before: the keys' role sees the cells alone.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['booking', 'waiting_party'] LOOP
    EXECUTE format('GRANT SELECT (restaurant_id, id, ctid, name_enc, phone_enc, phone_bidx, note_enc), '
      'UPDATE (name_enc, phone_enc, phone_bidx, note_enc) ON %I TO ordersync_keys', name);
    EXECUTE format('CREATE POLICY keys ON %I TO ordersync_keys USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
