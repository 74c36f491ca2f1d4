-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the way to the guest costs (in total_amount, beside the items), and of an order that a
-- platform sent: what people there call it, and what a person should look at.
ALTER TABLE orders
  ADD COLUMN delivery_fee bigint NOT NULL DEFAULT 0
    CHECK (delivery_fee BETWEEN 0 AND total_amount),
  ADD COLUMN source_label text,
  ADD COLUMN flags text;
