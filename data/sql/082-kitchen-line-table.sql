-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Where a line goes that was taken to another table than the rest of its order; NULL: where that goes.
ALTER TABLE kitchen_line
  ADD table_id uuid,
  ADD table_number text,
  ADD CHECK ((table_id IS NULL) = (table_number IS NULL));
