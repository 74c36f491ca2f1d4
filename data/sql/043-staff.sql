-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Two people may manage the same staff: a change names the version it saw.
ALTER TABLE membership ADD COLUMN version bigint NOT NULL DEFAULT 1;

-- Who was invited and has not come yet. The code is known by a keyed hash alone.
CREATE TABLE staff_invitation (
  restaurant_id uuid NOT NULL REFERENCES restaurant,
  id uuid NOT NULL,
  code_hash bytea NOT NULL UNIQUE CHECK (length (code_hash) = 32),
  role text NOT NULL CHECK (role IN ('COURIER', 'KITCHEN', 'STAFF', 'MANAGER', 'OWNER')),
  name_enc bytea NOT NULL,
  email_enc bytea NOT NULL,
  invited_by uuid, -- NULL: by the command line
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (restaurant_id, id)
);
ALTER TABLE staff_invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON staff_invitation TO ordersync_app
  USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant());

-- Who holds the code sees its one row before it is known which shop it is for.
CREATE FUNCTION app_invitation() RETURNS bytea
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT decode(nullif(current_setting('app.invitation', true), ''), 'hex') $$;
CREATE POLICY bearer ON staff_invitation FOR SELECT TO ordersync_app
  USING (code_hash = app_invitation());
GRANT SELECT, INSERT, DELETE ON staff_invitation TO ordersync_app;

-- Whether the people of the shop have a second factor. The factor itself stays its owner's: this is
-- the one door, and it says yes or no.
CREATE POLICY shop ON user_totp FOR SELECT TO ordersync_owner
  USING (EXISTS (SELECT FROM membership m
                 WHERE m.restaurant_id = app_restaurant() AND m.user_id = user_totp.user_id));
CREATE FUNCTION staff_totp() RETURNS TABLE (user_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$
  SELECT t.user_id FROM user_totp t JOIN membership m ON m.user_id = t.user_id
  WHERE m.restaurant_id = app_restaurant() AND t.confirmed_at IS NOT NULL
$$;
REVOKE ALL ON FUNCTION staff_totp() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION staff_totp() TO ordersync_app;
