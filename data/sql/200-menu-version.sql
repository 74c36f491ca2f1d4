-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What each version of a menu changed: told is that in a few rows, undo the batch that leads from it
-- to the version before. Sold-out marks are in neither. Nothing personal; kept a year.
CREATE TABLE menu_version (
  restaurant_id uuid NOT NULL,
  version bigint NOT NULL CHECK (version > 0),
  from_version bigint NOT NULL CHECK (from_version >= 0 AND from_version < version),
  created_at timestamptz NOT NULL,
  actor text NOT NULL CHECK (length(actor) BETWEEN 1 AND 200),
  action text NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
  restored bigint CHECK (restored >= 0),
  undo jsonb NOT NULL,
  told jsonb NOT NULL,
  told_count int NOT NULL CHECK (told_count >= 0),
  PRIMARY KEY (restaurant_id, version)
);
CREATE INDEX menu_version_age ON menu_version (restaurant_id, created_at);
ALTER TABLE menu_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE menu_version FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON menu_version TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, DELETE ON menu_version TO ordersync_app;
