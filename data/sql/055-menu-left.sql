-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the stock says of a dish, beside the mark that people set: about how many portions are left
-- (null: nobody counts), and whether it cannot be made at all.
ALTER TABLE menu_item
  ADD left_about bigint CHECK (left_about >= 0),
  ADD out_of_stock boolean NOT NULL DEFAULT false;
ALTER TABLE menu_option ADD out_of_stock boolean NOT NULL DEFAULT false;
