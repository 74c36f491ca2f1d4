-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The printer is a step of the first day, too.
ALTER TABLE shop_setup DROP CONSTRAINT shop_setup_step_check;
ALTER TABLE shop_setup ADD CONSTRAINT shop_setup_step_check
  CHECK (step IN ('shop', 'business_number', 'menu', 'sound', 'printer', 'first_order'));

-- Shops whose first day is behind them are not asked; the owner of the table sees them all only
-- while its security is not forced.
ALTER TABLE shop_setup NO FORCE ROW LEVEL SECURITY;
INSERT INTO shop_setup (restaurant_id, step, state)
  SELECT restaurant_id, 'printer', state FROM shop_setup WHERE step = 'first_order';
ALTER TABLE shop_setup FORCE ROW LEVEL SECURITY;
