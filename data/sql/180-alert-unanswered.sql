-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Orders that nobody has accepted are told like what else is wrong.
ALTER TABLE alert DROP CONSTRAINT alert_kind_check;
ALTER TABLE alert ADD CONSTRAINT alert_kind_check CHECK (kind IN
  ('OUTAGE', 'THREAT', 'REFUNDS', 'LATE_ORDERS', 'PRINTER', 'UNANSWERED', 'TEST'));
