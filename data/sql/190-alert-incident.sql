-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What became of the incident that a message opened at PagerDuty: it is OPEN from the moment that it
-- may be there, ENDING while we say that it is over (from resolve_at on), and LEFT to people when it
-- tells of nothing that ends by itself or nobody could be told. crowded: held back because too many
-- went to its recipient within the hour, and not by quiet hours.
ALTER TABLE alert_message ADD COLUMN incident text CHECK (incident IN ('OPEN', 'ENDING', 'RESOLVED', 'LEFT'));
ALTER TABLE alert_message ADD COLUMN resolve_at timestamptz;
ALTER TABLE alert_message ADD COLUMN resolve_attempts int NOT NULL DEFAULT 0;
ALTER TABLE alert_message ADD COLUMN crowded boolean NOT NULL DEFAULT false;
ALTER TABLE alert_message ADD CHECK ((incident IS NOT DISTINCT FROM 'ENDING') = (resolve_at IS NOT NULL));
CREATE INDEX alert_message_incident ON alert_message (restaurant_id) WHERE incident = 'OPEN';
CREATE INDEX alert_message_resolve ON alert_message (restaurant_id, resolve_at) WHERE resolve_at IS NOT NULL;
CREATE INDEX alert_message_told ON alert_message (restaurant_id, target_id, sent_at) WHERE sent_at IS NOT NULL;

DROP POLICY due ON alert_message;
CREATE POLICY due ON alert_message FOR SELECT TO ordersync_owner
  USING (next_at IS NOT NULL OR resolve_at IS NOT NULL);
CREATE OR REPLACE FUNCTION alert_messages_due(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT restaurant_id FROM alert_message WHERE next_at <= at
    UNION SELECT restaurant_id FROM alert_message WHERE resolve_at <= at $$;

-- Whoever chose text messages for a kind has it by AlimTalk, too, once there is such a recipient.
ALTER TABLE alert_setup NO FORCE ROW LEVEL SECURITY;
UPDATE alert_setup SET rules = (
  SELECT jsonb_object_agg(key, CASE WHEN value -> 'channels' ? 'SMS' AND NOT value -> 'channels' ? 'ALIMTALK'
    THEN jsonb_set(value, '{channels}', value -> 'channels' || '["ALIMTALK"]') ELSE value END)
  FROM jsonb_each(rules)) WHERE rules <> '{}';
ALTER TABLE alert_setup FORCE ROW LEVEL SECURITY;
