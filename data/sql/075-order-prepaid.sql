-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Orders that are paid before they are made: how long they wait for their money, and whether the
-- shop accepts them by itself then, with its usual time.
ALTER TABLE restaurant
  ADD COLUMN accept_paid_orders boolean NOT NULL DEFAULT false,
  ADD COLUMN pay_within_minutes int NOT NULL DEFAULT 30 CHECK (pay_within_minutes BETWEEN 5 AND 1440);
