-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The seal of the audit log. A change only leaves its row's name in a queue; one sealer gives the
-- rows numbers and chains them, so that no two changes ever wait for one another's hash.
CREATE TABLE audit_unsealed (
  restaurant_id uuid NOT NULL,
  row_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (created_at, row_id)
);
CREATE TABLE audit_seal (
  seq bigint PRIMARY KEY CHECK (seq > 0),
  restaurant_id uuid NOT NULL,
  row_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  chain bytea NOT NULL CHECK (length(chain) = 32)
);
CREATE TABLE audit_checkpoint (
  seq bigint PRIMARY KEY REFERENCES audit_seal,
  at timestamptz NOT NULL,
  key_id text NOT NULL,
  signature bytea NOT NULL CHECK (length(signature) = 64)
);

ALTER TABLE audit_unsealed ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_unsealed FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY sealer ON audit_log FOR SELECT TO ordersync_sealer USING (true);
CREATE POLICY sealer ON audit_unsealed TO ordersync_sealer USING (true);
CREATE POLICY sealer ON audit_seal TO ordersync_sealer USING (true) WITH CHECK (true);
CREATE POLICY queue ON audit_unsealed FOR INSERT TO ordersync_owner WITH CHECK (true);
GRANT USAGE ON SCHEMA public TO ordersync_sealer;
GRANT SELECT ON audit_log TO ordersync_sealer;
GRANT SELECT, DELETE ON audit_unsealed TO ordersync_sealer;
GRANT SELECT, INSERT ON audit_seal, audit_checkpoint TO ordersync_sealer;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_seal
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_checkpoint
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Runs as the owner of the schema: whoever writes the log need not be able to reach the queue.
CREATE FUNCTION queue_for_seal() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
BEGIN
  INSERT INTO audit_unsealed (restaurant_id, row_id, created_at)
    SELECT restaurant_id, id, created_at FROM new_rows;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION queue_for_seal() FROM PUBLIC;
CREATE TRIGGER queue_for_seal AFTER INSERT ON audit_log
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION queue_for_seal();

-- What was written before there was a seal is sealed now.
ALTER TABLE audit_log NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_unsealed (restaurant_id, row_id, created_at)
  SELECT restaurant_id, id, created_at FROM audit_log;
ALTER TABLE audit_log FORCE ROW LEVEL SECURITY;
