-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What is taken off an order's line or a whole check. Never deleted: taking it back dates it. One act
-- on a merged group has a row with its id on each of the checks that bear it.
CREATE TABLE order_adjustment (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL, -- the order of the line, or the check
  line_id uuid,
  kind text NOT NULL CHECK (kind IN ('VOID', 'COMP', 'DISCOUNT')),
  quantity int CHECK (quantity > 0),
  percent int CHECK (percent BETWEEN 1 AND 100),
  amount bigint CHECK (amount > 0),
  reason_enc bytea NOT NULL,
  actor text NOT NULL,
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by text,
  PRIMARY KEY (restaurant_id, id, subject_id),
  CHECK (num_nonnulls(quantity, percent, amount) = 1),
  CHECK ((line_id IS NOT NULL) OR (kind <> 'VOID' AND quantity IS NULL))
);
CREATE INDEX order_adjustment_subject ON order_adjustment (restaurant_id, subject_id);

-- How a check is split. What is paid keeps its amount.
CREATE TABLE bill_part (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  check_id uuid NOT NULL,
  position int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('ITEM', 'SEAT', 'EQUAL', 'AMOUNT')),
  name_enc bytea,
  seat int,
  wanted bigint,
  lines jsonb NOT NULL DEFAULT '[]',
  frozen_amount bigint,
  paid_amount bigint NOT NULL DEFAULT 0 CHECK (paid_amount >= 0),
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, check_id) REFERENCES guest_check (restaurant_id, id),
  CHECK (paid_amount <= coalesce(frozen_amount, 0))
);
CREATE INDEX bill_part_check ON bill_part (restaurant_id, check_id, position);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['order_adjustment', 'bill_part'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by) ON order_adjustment TO ordersync_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bill_part TO ordersync_app;
