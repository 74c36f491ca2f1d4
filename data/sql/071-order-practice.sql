-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Orders made to learn the product: numbered and shown like any, never counted as sales. Whatever
-- sums sales says NOT practice.
ALTER TABLE orders ADD COLUMN practice boolean NOT NULL DEFAULT false;
