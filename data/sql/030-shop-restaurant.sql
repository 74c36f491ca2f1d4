-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The owner of one or several restaurants. Nothing of it is personal: names live on restaurants.
CREATE TABLE organisation (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON organisation TO ordersync_app;

CREATE TABLE restaurant (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
  business_number_enc bytea,
  business_number_bidx bytea,
  owner_name_enc bytea,
  phone_enc bytea,
  time_zone text NOT NULL,
  cutoff_minutes int NOT NULL CHECK (cutoff_minutes BETWEEN 0 AND 1439),
  currency text NOT NULL CHECK (currency = 'KRW'),
  guest_orders boolean NOT NULL,
  minimum_order bigint NOT NULL CHECK (minimum_order BETWEEN 0 AND 1000000000000),
  default_prep_minutes int NOT NULL CHECK (default_prep_minutes BETWEEN 1 AND 240),
  open_state text NOT NULL CHECK (open_state IN ('OPEN', 'PAUSED', 'CLOSED')),
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX restaurant_organisation ON restaurant (organisation_id);
ALTER TABLE restaurant ENABLE ROW LEVEL SECURITY;
ALTER TABLE restaurant FORCE ROW LEVEL SECURITY;
CREATE POLICY restaurant_self ON restaurant
  USING (id = app_restaurant()) WITH CHECK (id = app_restaurant());
GRANT SELECT, INSERT, UPDATE ON restaurant TO ordersync_app;

-- Minutes after local midnight; past 1440 is the morning after. No row at all: always open.
CREATE TABLE shop_hours (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens int NOT NULL CHECK (opens BETWEEN 0 AND 1439),
  closes int NOT NULL CHECK (closes > opens AND closes <= 2880),
  PRIMARY KEY (restaurant_id, weekday, opens)
);
ALTER TABLE shop_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE shop_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY shop_hours_tenant ON shop_hours
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, DELETE ON shop_hours TO ordersync_app;
