-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- When things are sold and what they cost then, by the clock on the shop's wall. Hours are windows as
-- the menu's JSON has them (null: always). A price without weekdays holds at any time, one without
-- minutes all day long. Weekdays are business days; minutes past 1440 are of the morning after.
ALTER TABLE menu_category ADD hours jsonb CHECK (jsonb_typeof(hours) = 'array');
ALTER TABLE menu_item ADD hours jsonb CHECK (jsonb_typeof(hours) = 'array');

ALTER TABLE menu_price
  ADD weekdays int[] CHECK (weekdays <@ ARRAY[1, 2, 3, 4, 5, 6, 7] AND cardinality(weekdays) > 0),
  ADD from_minute int CHECK (from_minute BETWEEN 0 AND 1439),
  ADD until_minute int,
  ADD CHECK (num_nonnulls(from_minute, until_minute) IN (0, 2)),
  ADD CHECK (from_minute IS NULL OR weekdays IS NOT NULL),
  ADD CHECK (until_minute > from_minute AND until_minute <= from_minute + 1440);

-- The name of the constraint was given by the database.
DO $$
DECLARE
  name text;
BEGIN
  SELECT conname INTO STRICT name FROM pg_constraint
    WHERE conrelid = 'menu_price'::regclass AND contype = 'u';
  EXECUTE format('ALTER TABLE menu_price DROP CONSTRAINT %I', name);
END $$;
ALTER TABLE menu_price ADD CONSTRAINT menu_price_once
  UNIQUE NULLS NOT DISTINCT (restaurant_id, item_id, option_id, channel, valid_from, weekdays,
                             from_minute, until_minute);
