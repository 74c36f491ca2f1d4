-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT
CREATE TABLE first (i int); INSERT INTO first VALUES (1);
