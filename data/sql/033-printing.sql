-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Printers, the slips that wait for them, and the forms of slips.
CREATE TABLE printer (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
  transport text NOT NULL CHECK (transport IN ('TCP', 'USB', 'NONE')),
  address text NOT NULL CHECK (char_length(address) <= 100),
  columns int NOT NULL CHECK (columns IN (32, 42, 48)),
  mode text NOT NULL CHECK (mode IN ('RASTER', 'TEXT')),
  language text NOT NULL CHECK (language IN ('ko', 'en')),
  backup_id uuid,
  purposes text[] NOT NULL,
  drawer boolean NOT NULL,
  problem text CHECK (problem IN ('OFF', 'PAPER_END', 'PAPER_LOW', 'COVER', 'UNKNOWN')),
  problem_since timestamptz,
  created_at timestamptz NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  CHECK (backup_id <> id),
  CHECK ((problem IS NULL) = (problem_since IS NULL))
);

-- One slip on its way. What it says is sealed, and forgotten once it is on paper.
CREATE TABLE print_job (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  printer_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('KITCHEN', 'RECEIPT', 'BILL', 'DELIVERY', 'REPORT')),
  subject_type text NOT NULL CHECK (char_length(subject_type) <= 40),
  subject_id text NOT NULL CHECK (char_length(subject_id) <= 100),
  dedupe_key text CHECK (char_length(dedupe_key) <= 200),
  status text NOT NULL,
  attempts int NOT NULL,
  copy int NOT NULL CHECK (copy >= 1),
  -- It may have been on paper before: said on the next one.
  doubtful boolean NOT NULL,
  rerouted_from uuid,
  problem text,
  actor text NOT NULL,
  content_enc bytea,
  created_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  done_at timestamptz,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, id),
  UNIQUE (restaurant_id, dedupe_key),
  CHECK (content_enc IS NULL OR status NOT IN ('DONE', 'DISMISSED'))
);
CREATE INDEX print_job_waiting ON print_job (restaurant_id, printer_id, created_at)
  WHERE status IN ('QUEUED', 'PRINTING', 'FAILED');
CREATE INDEX print_job_subject ON print_job (restaurant_id, subject_id);
CREATE INDEX print_job_list ON print_job (restaurant_id, created_at, id);
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON print_job
  FOR EACH ROW EXECUTE FUNCTION check_state('print');

-- How a shop wants its slips: parts, their order and size, words above and below.
CREATE TABLE slip_form (
  restaurant_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('KITCHEN', 'DELTA', 'DELIVERY', 'BILL', 'RECEIPT')),
  form jsonb NOT NULL,
  version bigint NOT NULL,
  PRIMARY KEY (restaurant_id, kind)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['printer', 'print_job', 'slip_form'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON printer, print_job TO ordersync_app;
GRANT SELECT, INSERT, UPDATE ON slip_form TO ordersync_app;
