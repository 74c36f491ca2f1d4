-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- People. An account belongs to no shop; memberships tie it to shops. Even the bcrypt hash is sealed.
CREATE TABLE app_user (
  id uuid PRIMARY KEY,
  email_enc bytea NOT NULL,
  email_bidx bytea NOT NULL UNIQUE,
  name_enc bytea,
  password_hash_enc bytea NOT NULL,
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON app_user TO ordersync_app;

CREATE TABLE membership (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  user_id uuid NOT NULL REFERENCES app_user,
  role text NOT NULL CHECK (role IN ('COURIER', 'KITCHEN', 'STAFF', 'MANAGER', 'OWNER')),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
-- A person sees his own memberships in every shop; rows are written in the shop's own scope only.
CREATE POLICY membership_tenant ON membership
  USING (restaurant_id = app_restaurant() OR user_id = app_user())
  WITH CHECK (restaurant_id = app_restaurant());
GRANT SELECT, INSERT, UPDATE, DELETE ON membership TO ordersync_app;

-- So that a person can be shown the names of his shops.
CREATE POLICY restaurant_member ON restaurant FOR SELECT
  USING (EXISTS (SELECT FROM membership m
                 WHERE m.restaurant_id = restaurant.id AND m.user_id = app_user()));

-- One row a sign-in; its refresh tokens are one family.
CREATE TABLE session (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL UNIQUE,
  user_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, user_id) REFERENCES membership ON DELETE CASCADE
);
CREATE INDEX session_of_user ON session (user_id);
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
ALTER TABLE session FORCE ROW LEVEL SECURITY;
CREATE POLICY session_tenant ON session
  USING (restaurant_id = app_restaurant() OR user_id = app_user())
  WITH CHECK (restaurant_id = app_restaurant() OR user_id = app_user());
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO ordersync_app;

-- Found by the hash of a bearer secret before anybody knows whose it is, so by no shop's key.
CREATE TABLE refresh_token (
  token_hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  user_id uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  successor_hash bytea
);
CREATE INDEX refresh_token_session ON refresh_token (session_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_token TO ordersync_app;

-- Sessions whose access tokens may not have ended yet; read at the daemon's start.
CREATE TABLE revoked_session (
  session_id uuid PRIMARY KEY,
  until timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON revoked_session TO ordersync_app;

-- Signing keys of access tokens, wrapped by the key-encryption key. The newest one signs.
CREATE TABLE jwt_key (
  kid text PRIMARY KEY,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL
);
GRANT SELECT, INSERT ON jwt_key TO ordersync_app;
