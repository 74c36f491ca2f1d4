-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- How often in a row the payment service has said an error that it remembers for the call's key.
ALTER TABLE payment_task ADD COLUMN errors int NOT NULL DEFAULT 0;
