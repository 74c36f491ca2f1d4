-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- The key of the audit log's seal can be changed, too.
ALTER TABLE key_rotation DROP CONSTRAINT key_rotation_kind_check,
  ADD CONSTRAINT key_rotation_kind_check CHECK (kind IN ('kek', 'data', 'index', 'jwt', 'audit'));
