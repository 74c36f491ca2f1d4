-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Pictures of dishes, each once however many dishes show it, by the hash of its bytes; whoever knows
-- the hash may keep it for ever. One that is a day old and that no dish and no kept version of the menu
-- needs goes with the next one put.
CREATE TABLE menu_photo (
  restaurant_id uuid NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  content bytea NOT NULL CHECK (octet_length(content) BETWEEN 1 AND 524288),
  put_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, sha256)
);
ALTER TABLE menu_photo ENABLE ROW LEVEL SECURITY;
ALTER TABLE menu_photo FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON menu_photo TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE, DELETE ON menu_photo TO ordersync_app;

ALTER TABLE menu_item ADD COLUMN photo text,
  ADD CONSTRAINT menu_item_photo FOREIGN KEY (restaurant_id, photo)
    REFERENCES menu_photo (restaurant_id, sha256);
CREATE INDEX menu_item_photo ON menu_item (restaurant_id, photo) WHERE photo IS NOT NULL;
