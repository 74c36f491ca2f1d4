-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- An order for later that was accepted waits until begins_at, which is begin_minutes before the time
-- asked for; then the daemon lets it begin, and begins_at is empty. placed_requested_at: the time it
-- was placed for, when that was changed since.
ALTER TABLE orders
  ADD COLUMN begins_at timestamptz,
  ADD COLUMN begin_minutes int CHECK (begin_minutes > 0),
  ADD COLUMN placed_requested_at timestamptz,
  ADD CONSTRAINT orders_later_check CHECK (begins_at IS NULL OR (status = 'ACCEPTED'
    AND requested_at IS NOT NULL AND begin_minutes IS NOT NULL));
CREATE INDEX orders_later ON orders (begins_at) WHERE begins_at IS NOT NULL;

-- The sweep asks in which shops something begins.
CREATE POLICY relay ON orders FOR SELECT TO ordersync_relay USING (begins_at IS NOT NULL);
GRANT SELECT (restaurant_id, begins_at) ON orders TO ordersync_relay;
