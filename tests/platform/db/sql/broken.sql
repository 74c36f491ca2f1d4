-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT
CREATE TABLE third (i int);
INSERT INTO third VALUES (1);
SELECT nonsense;
