-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Keys, all wrapped: nothing here opens anything without the key of the key provider.

-- The root secret, from which blind indexes and keys for single purposes are derived.
CREATE TABLE key_material (
  purpose text PRIMARY KEY,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON key_material TO ordersync_app;

-- One data key for each restaurant × table × quarter. Cells name theirs by id.
CREATE TABLE data_key (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  table_name text NOT NULL,
  quarter text NOT NULL CHECK (quarter ~ '^[0-9]{4}Q[1-4]$'),
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, table_name, quarter)
);
ALTER TABLE data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY data_key_restaurant ON data_key
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT ON data_key TO ordersync_app;
