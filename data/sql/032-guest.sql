-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- A person who ordered, known by the phone number. Name and phone are cells under a key of the
-- person's own; once that is destroyed only the pseudonym is left, so that orders keep their row.
CREATE TABLE guest (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  phone_bidx bytea,
  name_enc bytea,
  phone_enc bytea,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  erased_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id),
  CHECK (erased_at IS NULL OR (phone_bidx IS NULL AND name_enc IS NULL AND phone_enc IS NULL))
);
CREATE UNIQUE INDEX guest_phone ON guest (restaurant_id, phone_bidx);
CREATE INDEX guest_seen ON guest (restaurant_id, last_seen_at) WHERE erased_at IS NULL;

-- What a person agreed to beyond what an order needs, and took back. Rows are only added.
CREATE TABLE guest_consent (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  guest_id uuid NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('MARKETING', 'PROFILE')),
  given boolean NOT NULL,
  at timestamptz NOT NULL,
  text_version text NOT NULL CHECK (char_length(text_version) BETWEEN 1 AND 40),
  source text NOT NULL CHECK (source IN ('COUNTER', 'PHONE', 'WEB')),
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, guest_id) REFERENCES guest (restaurant_id, id)
);
CREATE INDEX guest_consent_of ON guest_consent (restaurant_id, guest_id, at);

-- Up to where the orders of a shop hold nothing personal any more.
CREATE TABLE guest_sweep (
  restaurant_id uuid PRIMARY KEY,
  swept_to timestamptz NOT NULL
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['guest', 'guest_consent', 'guest_sweep'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON guest, guest_sweep TO ordersync_app;
GRANT SELECT, INSERT ON guest_consent TO ordersync_app;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON guest_consent
  FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- How long names, phones and addresses stay with orders. 30 days cover complaints and refunds, five
-- years are the longest term any law orders (docs/SECURITY.md).
ALTER TABLE restaurant ADD COLUMN retention_days int NOT NULL DEFAULT 365
  CHECK (retention_days BETWEEN 30 AND 1825);
