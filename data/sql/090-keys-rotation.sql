-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Changing keys while the shop is open. "kek" names the key-encryption key that a row is wrapped
-- with, NULL where that was not written down yet.
ALTER TABLE key_material ADD COLUMN kek text;
ALTER TABLE subject_key ADD COLUMN kek text;
ALTER TABLE data_key ADD COLUMN kek text,
  ADD COLUMN uses bigint NOT NULL DEFAULT 0,
  ADD COLUMN retired_at timestamptz,
  DROP CONSTRAINT data_key_restaurant_id_table_name_quarter_key;
-- One key seals; retired ones only open, until no cell needs them.
CREATE UNIQUE INDEX data_key_current ON data_key (restaurant_id, table_name, quarter)
  WHERE retired_at IS NULL;
GRANT UPDATE (uses, retired_at) ON data_key TO ordersync_app;
ALTER TABLE jwt_key ADD COLUMN retired_at timestamptz;

-- What is being changed, and how far it is. A rotation without an end is taken up again at the
-- daemon's next start.
CREATE TABLE key_rotation (
  id uuid PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('kek', 'data', 'index', 'jwt')),
  target text,
  source text,
  state text NOT NULL DEFAULT 'START',
  cursor text,
  new_key text,
  changed bigint NOT NULL DEFAULT 0,
  problem text,
  wait_until timestamptz,
  started_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE UNIQUE INDEX key_rotation_running ON key_rotation (kind) WHERE finished_at IS NULL;

-- The role that turns keys sees every shop, but of its rows the sealed cells alone.
GRANT USAGE ON SCHEMA public TO ordersync_keys;
GRANT SELECT, INSERT, UPDATE ON key_rotation TO ordersync_keys;
GRANT SELECT ON key_rotation TO ordersync_app;
GRANT SELECT, INSERT, DELETE, UPDATE (wrapped, kek) ON key_material TO ordersync_keys;
GRANT SELECT, DELETE, UPDATE (wrapped, kek, retired_at) ON data_key TO ordersync_keys;
GRANT SELECT, UPDATE (wrapped, kek) ON subject_key TO ordersync_keys;
GRANT SELECT, INSERT, DELETE, UPDATE (retired_at) ON jwt_key TO ordersync_keys;
GRANT INSERT ON audit_log TO ordersync_keys;
CREATE POLICY keys ON audit_log FOR INSERT TO ordersync_keys
  WITH CHECK (restaurant_id = '00000000-0000-0000-0000-000000000000');
CREATE POLICY keys ON data_key TO ordersync_keys USING (true) WITH CHECK (true);
CREATE POLICY keys ON subject_key TO ordersync_keys USING (true) WITH CHECK (true);

-- Cells, the names of their rows, and what is computed from them. audit_log is sealed in a chain,
-- so its cells stay as they are.
DO $$
DECLARE
  sealed record;
BEGIN
  FOR sealed IN
    SELECT c.relname AS name, c.relrowsecurity AS guarded,
      string_agg(quote_ident(a.attname), ', ') FILTER (WHERE a.attname ~ '_(enc|bidx)$'
        OR a.attname = 'find_keys') AS cells,
      string_agg(quote_ident(a.attname), ', ') FILTER (WHERE a.attname ~ '_(enc|bidx)$'
        OR a.attname IN ('find_keys', 'restaurant_id', 'created_at', 'ctid')
        OR a.attnum = ANY (k.indkey)) AS readable
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
    JOIN pg_index k ON k.indrelid = c.oid AND k.indisprimary
    WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relispartition
      AND EXISTS (SELECT FROM pg_attribute e WHERE e.attrelid = c.oid AND e.attname ~ '_enc$')
    GROUP BY 1, 2
  LOOP
    EXECUTE format('GRANT SELECT (%s), UPDATE (%s) ON %I TO ordersync_keys', sealed.readable,
      sealed.cells, sealed.name);
    IF sealed.guarded THEN
      EXECUTE format('CREATE POLICY keys ON %I TO ordersync_keys USING (true) WITH CHECK (true)',
        sealed.name);
    END IF;
  END LOOP;
END $$;
GRANT SELECT, INSERT, DELETE ON order_find TO ordersync_keys;
CREATE POLICY keys ON order_find TO ordersync_keys USING (true) WITH CHECK (true);
