-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What people thought of what was found odd on a day. Findings themselves are computed anew each time.
CREATE TABLE sale_verdict (
  restaurant_id uuid NOT NULL,
  business_day date NOT NULL,
  kind text NOT NULL CHECK (char_length(kind) <= 40),
  subject text NOT NULL CHECK (char_length(subject) <= 100), -- whose refunds they are; '': the shop
  useful boolean NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, business_day, kind, subject)
);
ALTER TABLE sale_verdict ENABLE ROW LEVEL SECURITY;
ALTER TABLE sale_verdict FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sale_verdict TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE, DELETE ON sale_verdict TO ordersync_app;
