-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- When reports are made and where they go. *_since: the first day that one is made of, so that
-- nothing is missed from before it was turned on.
CREATE TABLE report_setup (
  restaurant_id uuid NOT NULL PRIMARY KEY REFERENCES restaurant,
  language text NOT NULL CHECK (language IN ('ko', 'en')),
  daily boolean NOT NULL,
  daily_at int NOT NULL CHECK (daily_at BETWEEN 0 AND 1439),
  daily_since date,
  weekly boolean NOT NULL,
  weekly_on int NOT NULL CHECK (weekly_on BETWEEN 1 AND 7),
  weekly_at int NOT NULL CHECK (weekly_at BETWEEN 0 AND 1439),
  weekly_since date,
  folder text CHECK (char_length(folder) <= 1000),
  version bigint NOT NULL,
  CHECK (daily = (daily_since IS NOT NULL)),
  CHECK (weekly = (weekly_since IS NOT NULL))
);

-- One for each day or week, made once whatever dies; made_at NULL: it was missed. What it says is
-- not kept: it is drawn from the sums.
CREATE TABLE report (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('DAILY', 'WEEKLY')),
  day date NOT NULL,
  due_at timestamptz NOT NULL,
  made_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, kind, day)
);
CREATE INDEX report_list ON report (restaurant_id, due_at DESC, id DESC);

-- A report on its way to one place.
CREATE TABLE report_delivery (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  report_id uuid NOT NULL,
  target text NOT NULL CHECK (target IN ('FOLDER')),
  status text NOT NULL CHECK (status IN ('WAITING', 'SENT', 'DEAD')),
  attempts int NOT NULL,
  problem text CHECK (char_length(problem) <= 200),
  next_at timestamptz,
  sent_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, report_id, target),
  FOREIGN KEY (restaurant_id, report_id) REFERENCES report (restaurant_id, id) ON DELETE CASCADE,
  CHECK ((status = 'WAITING') = (next_at IS NOT NULL)),
  CHECK ((status = 'SENT') = (sent_at IS NOT NULL))
);
CREATE INDEX report_delivery_due ON report_delivery (restaurant_id, target, next_at, id)
  WHERE next_at IS NOT NULL;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['report_setup', 'report', 'report_delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON report_setup, report_delivery TO ordersync_app;
GRANT SELECT, INSERT, DELETE, UPDATE (made_at) ON report TO ordersync_app;
