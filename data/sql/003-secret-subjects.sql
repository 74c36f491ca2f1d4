-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- A key for each person, so that to destroy it is to erase what was sealed with it. The row stays
-- when the key goes: nothing may ever be sealed for that person again.
CREATE TABLE subject_key (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  wrapped bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, subject_id),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
ALTER TABLE subject_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE subject_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON subject_key TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at) ON subject_key TO ordersync_app;
