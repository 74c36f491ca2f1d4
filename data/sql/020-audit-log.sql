-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Who changed what; values encrypted. Rows are only ever added, a partition a month.
CREATE TABLE audit_log (
  created_at timestamptz NOT NULL,
  id uuid NOT NULL,
  restaurant_id uuid NOT NULL,
  trace_id text,
  action text NOT NULL,
  actor text NOT NULL,
  object_type text NOT NULL,
  object_id uuid,
  old_value_enc bytea,
  new_value_enc bytea,
  PRIMARY KEY (restaurant_id, id, created_at)
) PARTITION BY RANGE (created_at);
CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;
CREATE INDEX audit_log_time ON audit_log USING brin (created_at);
ALTER TABLE audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_log_default ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_log_default FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_log TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
-- Acts on accounts belong to no shop; they may be written from anywhere and read by the owner alone.
CREATE POLICY account ON audit_log FOR INSERT TO ordersync_app
  WITH CHECK (restaurant_id = '00000000-0000-0000-0000-000000000000');
GRANT SELECT, INSERT ON audit_log TO ordersync_app;

CREATE FUNCTION refuse_change() RETURNS trigger
  LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- From the first row on, every table that is kept by month has its months.
SELECT make_partitions(3);
