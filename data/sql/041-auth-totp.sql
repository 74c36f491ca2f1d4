-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The second factor of a person. Seen only after the first one was shown (app.user is set).
CREATE TABLE user_totp (
  user_id uuid PRIMARY KEY REFERENCES app_user,
  secret_enc bytea NOT NULL,
  last_step bigint NOT NULL,
  created_at timestamptz NOT NULL,
  confirmed_at timestamptz
);
CREATE TABLE user_recovery_code (
  user_id uuid NOT NULL REFERENCES user_totp ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);
ALTER TABLE user_totp ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_totp FORCE ROW LEVEL SECURITY;
ALTER TABLE user_recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_recovery_code FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON user_totp USING (user_id = app_user()) WITH CHECK (user_id = app_user());
CREATE POLICY own ON user_recovery_code
  USING (user_id = app_user()) WITH CHECK (user_id = app_user());
GRANT SELECT, INSERT, UPDATE, DELETE ON user_totp, user_recovery_code TO ordersync_app;
