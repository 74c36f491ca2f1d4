-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT
ALTER TABLE first ADD COLUMN j int;
SELECT pg_sleep(0.2);
INSERT INTO first VALUES (2, 2);
