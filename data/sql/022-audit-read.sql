-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Reading the log: a page of a shop's rows, newest first, and all there is of one thing.
CREATE INDEX audit_log_page ON audit_log (restaurant_id, created_at, id);
CREATE INDEX audit_log_object ON audit_log (restaurant_id, object_id, created_at)
  WHERE object_id IS NOT NULL;

-- A shop sees which of its own rows are sealed, and when the last signature was made; not the chain.
CREATE INDEX audit_seal_row ON audit_seal (restaurant_id, row_id);
CREATE POLICY tenant ON audit_seal FOR SELECT TO ordersync_app
  USING (restaurant_id = app_restaurant());
CREATE POLICY tenant ON audit_unsealed FOR SELECT TO ordersync_app
  USING (restaurant_id = app_restaurant());
GRANT SELECT (seq, restaurant_id, row_id) ON audit_seal TO ordersync_app;
GRANT SELECT (restaurant_id, row_id) ON audit_unsealed TO ordersync_app;
GRANT SELECT (seq, at) ON audit_checkpoint TO ordersync_app;

-- What came of the daemon's own look at the whole log; broken_seq: the first bad row.
CREATE TABLE audit_check (
  at timestamptz PRIMARY KEY,
  rows bigint NOT NULL CHECK (rows >= 0),
  broken_seq bigint CHECK (broken_seq > 0)
);
GRANT SELECT ON audit_check TO ordersync_app;
GRANT SELECT, INSERT ON audit_check TO ordersync_sealer;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_check
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
