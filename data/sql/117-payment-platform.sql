-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What a guest paid at the platform where the order came from; discount_amount: what the platform
-- bears of it.
ALTER TABLE payment
  DROP CONSTRAINT payment_method_check,
  ADD CONSTRAINT payment_method_check
    CHECK (method IN ('CASH', 'CARD_TERMINAL', 'TOSS', 'VIRTUAL_ACCOUNT', 'PLATFORM')),
  ADD COLUMN discount_amount bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT payment_discount_check CHECK (discount_amount BETWEEN 0 AND amount);

-- What of an order was not found on our menu, with its code over there: [{kind, plu?, name}].
ALTER TABLE channel_order ADD COLUMN unmapped jsonb NOT NULL DEFAULT '[]';
