-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What the payment service sent by itself: a hint to look, never a fact. A row says that one message
-- was seen; of what is known of nobody only the newest are kept, under the shop of nobody.
CREATE TABLE webhook_inbox (
  restaurant_id uuid NOT NULL,
  transmission_id text NOT NULL CHECK (char_length(transmission_id) BETWEEN 1 AND 200),
  event_type text NOT NULL CHECK (char_length(event_type) <= 60),
  payment_id uuid,
  trusted boolean NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, transmission_id)
);
CREATE INDEX webhook_inbox_age ON webhook_inbox (restaurant_id, received_at);
ALTER TABLE webhook_inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON webhook_inbox TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, DELETE ON webhook_inbox TO ordersync_app;
