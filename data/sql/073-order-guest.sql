-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Orders of one person, and what forgetting a person must be able to overwrite: reasons, what
-- orders are found by, and fingerprints of requests, which are hashes of what a guest sent.
CREATE INDEX orders_guest ON orders (restaurant_id, guest_id, created_at) WHERE guest_id IS NOT NULL;
GRANT UPDATE (reason_enc) ON order_step TO ordersync_app;
GRANT UPDATE (fingerprint) ON idempotency TO ordersync_app;
GRANT DELETE ON order_find TO ordersync_app;

-- Orders from before this: the daemon links them page by page, each page an event.
ALTER TABLE order_number NO FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
INSERT INTO outbox (restaurant_id, event_id, type, aggregate_type, aggregate_id, aggregate_seq,
    occurred_at)
  SELECT restaurant_id, gen_random_uuid(), 'orders.unlinked', 'index', restaurant_id, 1, now()
  FROM order_number GROUP BY restaurant_id;
ALTER TABLE order_number FORCE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
