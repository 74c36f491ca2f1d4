-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- PINs, with which a person shows himself for one act at somebody else's screen; one in each shop.
CREATE TABLE membership_pin (
  restaurant_id uuid NOT NULL,
  user_id uuid NOT NULL,
  hash_enc bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, user_id),
  FOREIGN KEY (restaurant_id, user_id) REFERENCES membership ON DELETE CASCADE
);
ALTER TABLE membership_pin ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership_pin FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON membership_pin TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE, DELETE ON membership_pin TO ordersync_app;
