-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the menu editor knows of an item besides: its code on a label, its name in the kitchen, and
-- where it is offered (null: everywhere).
ALTER TABLE menu_item
  ADD code text CHECK (length(code) BETWEEN 1 AND 40),
  ADD kitchen_name text CHECK (length(kitchen_name) BETWEEN 1 AND 100),
  ADD channels text[] CHECK (channels <@ ARRAY['COUNTER', 'QR', 'WEB', 'PHONE', 'PLATFORM']
                             AND cardinality(channels) > 0),
  ADD CONSTRAINT menu_item_code UNIQUE (restaurant_id, code) DEFERRABLE INITIALLY DEFERRED;

-- Names stay each their own, but are looked at when a change is whole: one batch may swap two.
DROP INDEX menu_category_name;
DROP INDEX menu_item_name;
ALTER TABLE menu_category ADD CONSTRAINT menu_category_name
  EXCLUDE (restaurant_id WITH =, (names ->> 'ko') WITH =) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE menu_item ADD CONSTRAINT menu_item_name
  EXCLUDE (restaurant_id WITH =, category_id WITH =, (names ->> 'ko') WITH =)
  DEFERRABLE INITIALLY DEFERRED;

-- Answers to batches of changes, kept a day: the same key gives the same answer. Nothing personal.
CREATE TABLE menu_request (
  restaurant_id uuid NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  fingerprint bytea NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (restaurant_id, key)
);
CREATE INDEX menu_request_age ON menu_request (restaurant_id, created_at);
ALTER TABLE menu_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE menu_request FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON menu_request TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, DELETE ON menu_request TO ordersync_app;
