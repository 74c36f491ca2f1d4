-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Which key signed up to which row: a statement of the old key and of the new one.
CREATE TABLE audit_key_change (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  seq bigint NOT NULL CHECK (seq >= 0),
  chain bytea NOT NULL CHECK (length(chain) = 32),
  at timestamptz NOT NULL,
  old_key bytea NOT NULL UNIQUE CHECK (length(old_key) = 32),
  new_key bytea NOT NULL UNIQUE CHECK (length(new_key) = 32),
  old_signature bytea NOT NULL CHECK (length(old_signature) = 64),
  new_signature bytea NOT NULL CHECK (length(new_signature) = 64)
);
GRANT SELECT ON audit_key_change TO ordersync_sealer;
GRANT SELECT, INSERT ON audit_key_change TO ordersync_keys;
GRANT SELECT (seq, chain) ON audit_seal TO ordersync_keys;
CREATE POLICY keys ON audit_seal FOR SELECT TO ordersync_keys USING (true);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_key_change
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
