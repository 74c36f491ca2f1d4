-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What is promised of an order: within which minutes, and how many more while the shop is busy.
-- busy_until: when that ends by itself; null: when somebody ends it.
ALTER TABLE restaurant
  ADD promise_automatic boolean NOT NULL DEFAULT false,
  ADD promise_min_minutes int NOT NULL DEFAULT 10 CHECK (promise_min_minutes BETWEEN 1 AND 240),
  ADD promise_max_minutes int NOT NULL DEFAULT 90 CHECK (promise_max_minutes BETWEEN 1 AND 240),
  ADD busy_minutes int NOT NULL DEFAULT 0 CHECK (busy_minutes BETWEEN 0 AND 120),
  ADD busy_until timestamptz,
  ADD CHECK (promise_min_minutes <= promise_max_minutes);

-- parallel: how many dishes a station makes at once. dish_minutes: how long one takes of which the
-- menu does not say it; 0: as long as the shop says.
ALTER TABLE kitchen_station
  ADD parallel int NOT NULL DEFAULT 6 CHECK (parallel BETWEEN 1 AND 50),
  ADD dish_minutes int NOT NULL DEFAULT 0 CHECK (dish_minutes BETWEEN 0 AND 240);
