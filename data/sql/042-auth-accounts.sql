-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Tokens of a session that lost their worth although the session goes on: its role changed. NULL
-- says that every token of it did.
ALTER TABLE revoked_session ADD COLUMN issued_before timestamptz;
GRANT UPDATE ON revoked_session TO ordersync_app;

-- What a person sees of his sign-ins: when one was renewed last, and roughly from where.
ALTER TABLE session ADD COLUMN last_used_at timestamptz;
ALTER TABLE session ADD COLUMN client text CHECK (length (client) <= 64);

-- Wrong guesses of the last quarter of an hour, by the keyed hash of whom they were made at or whence
-- they came. Nobody is signed in when they are counted, so no shop's rows.
CREATE TABLE auth_failure (
  key bytea PRIMARY KEY,
  times timestamptz[] NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX auth_failure_until ON auth_failure (until);
GRANT SELECT, INSERT, UPDATE, DELETE ON auth_failure TO ordersync_app;
