-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Reports by e-mail: to whom is one sealed list; whose account sends them is asked of the alerts.
ALTER TABLE report_setup ADD COLUMN addresses_enc bytea;
ALTER TABLE report_delivery DROP CONSTRAINT report_delivery_target_check;
ALTER TABLE report_delivery ADD CONSTRAINT report_delivery_target_check CHECK (target IN ('FOLDER', 'EMAIL'));
CREATE INDEX report_delivery_mail ON report_delivery (next_at)
  WHERE next_at IS NOT NULL AND target = 'EMAIL';

-- Which shops have something to be mailed: a door that gives away ids alone.
CREATE POLICY due ON report_delivery FOR SELECT TO ordersync_owner USING (next_at IS NOT NULL);
CREATE FUNCTION report_mails_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT DISTINCT restaurant_id FROM report_delivery WHERE next_at <= at AND target = 'EMAIL' $$;
REVOKE ALL ON FUNCTION report_mails_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION report_mails_due(timestamptz) TO ordersync_app;

-- The role that turns keys sees the sealed cell, its row's name and nothing else.
GRANT SELECT (restaurant_id, ctid, addresses_enc), UPDATE (addresses_enc) ON report_setup TO ordersync_keys;
CREATE POLICY keys ON report_setup TO ordersync_keys USING (true) WITH CHECK (true);
