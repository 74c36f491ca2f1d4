-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What five running amounts come to. A discount in percent is of what the lines' own adjustments
-- leave; won come off after it, never below nothing; the service charge is of what is left.
CREATE FUNCTION check_total(orders bigint, adjustments bigint, percent int, discount bigint,
    service int) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT net + net * service / 100 FROM (SELECT greatest(0, base - base * percent / 100
    - discount) AS net FROM (SELECT orders - adjustments AS base) b) n $$;

ALTER TABLE guest_check
  ADD COLUMN withdrawn_amount bigint NOT NULL DEFAULT 0 CHECK (withdrawn_amount >= 0),
  ADD COLUMN discount_percent int NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  ADD COLUMN discount_amount bigint NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
  ADD COLUMN service_percent int NOT NULL DEFAULT 0 CHECK (service_percent BETWEEN 0 AND 30),
  ADD COLUMN total_amount bigint GENERATED ALWAYS AS (check_total(orders_amount,
    adjustments_amount, discount_percent, discount_amount, service_percent)) STORED,
  ADD COLUMN business_day date,
  ADD COLUMN table_id uuid,
  ADD COLUMN merged_into uuid,
  ADD COLUMN guest_count int,
  ADD COLUMN bill_printed_at timestamptz,
  ADD FOREIGN KEY (restaurant_id, merged_into) REFERENCES guest_check (restaurant_id, id),
  ADD CHECK ((status = 'MERGED') = (merged_into IS NOT NULL)),
  ADD CHECK (withdrawn_amount <= adjustments_amount);

-- Until now only whole orders were taken off a check.
ALTER TABLE guest_check NO FORCE ROW LEVEL SECURITY;
UPDATE guest_check SET withdrawn_amount = adjustments_amount;
ALTER TABLE guest_check FORCE ROW LEVEL SECURITY;

-- The open check of a table is one. A merged one keeps its table: its guests' rounds go to the group.
CREATE UNIQUE INDEX guest_check_table ON guest_check (restaurant_id, table_id)
  WHERE table_id IS NOT NULL AND status IN ('OPEN', 'REOPENED');
CREATE INDEX guest_check_at_table ON guest_check (restaurant_id, table_id)
  WHERE table_id IS NOT NULL AND status IN ('OPEN', 'REOPENED', 'MERGED');
CREATE INDEX guest_check_group ON guest_check (restaurant_id, merged_into)
  WHERE merged_into IS NOT NULL;
CREATE INDEX guest_check_day ON guest_check (restaurant_id, business_day DESC, created_at DESC, id);
