-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Who sits at which table. Merged tables point to the one whose check is that of the group; a
-- seating keeps its own table and check all the while, so that un-merging gives back what was.
CREATE TABLE seating (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  table_id uuid NOT NULL,
  guest_count int NOT NULL CHECK (guest_count BETWEEN 0 AND 999),
  seated_at timestamptz NOT NULL,
  last_act_at timestamptz NOT NULL,
  bill_requested_at timestamptz,
  check_id uuid,
  merged_into uuid CHECK (merged_into <> id),
  moved_from text,
  ended_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, check_id) REFERENCES guest_check (restaurant_id, id),
  FOREIGN KEY (restaurant_id, merged_into) REFERENCES seating (restaurant_id, id)
    DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX seating_table ON seating (restaurant_id, table_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX seating_check ON seating (restaurant_id, check_id)
  WHERE ended_at IS NULL AND check_id IS NOT NULL;
CREATE INDEX seating_of_check ON seating (restaurant_id, check_id);

-- How often a table changed; it outlives the piece of the plan, so that numbers only grow.
CREATE TABLE table_version (
  restaurant_id uuid NOT NULL,
  table_id uuid NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, table_id)
);

-- What was done at tables, with what was before and after, so that it can be taken back.
CREATE TABLE table_act (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  change jsonb NOT NULL,
  undone_by uuid,
  PRIMARY KEY (restaurant_id, id)
);
CREATE INDEX table_act_at ON table_act (restaurant_id, at);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['seating', 'table_version', 'table_act'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON seating, table_act TO ordersync_app;
GRANT SELECT, INSERT, UPDATE ON table_version TO ordersync_app;
