-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What was taken off an order's lines, and where it was placed when it has gone to another check or
-- table since: the answer to its placing never changes.
ALTER TABLE orders
  ADD COLUMN adjusted_amount bigint NOT NULL DEFAULT 0
    CHECK (adjusted_amount BETWEEN 0 AND total_amount),
  ADD COLUMN placed_check_id uuid,
  ADD COLUMN placed_table_id uuid;
CREATE INDEX orders_check ON orders (restaurant_id, check_id);

-- Checks from before this know their day by their orders.
ALTER TABLE orders NO FORCE ROW LEVEL SECURITY;
ALTER TABLE guest_check NO FORCE ROW LEVEL SECURITY;
UPDATE guest_check c SET business_day = o.day FROM (SELECT restaurant_id, check_id,
    min(business_day) AS day FROM orders GROUP BY 1, 2) o
  WHERE o.restaurant_id = c.restaurant_id AND o.check_id = c.id;
ALTER TABLE guest_check FORCE ROW LEVEL SECURITY;
ALTER TABLE orders FORCE ROW LEVEL SECURITY;
