-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Printers of a computer that a console runs on.
ALTER TABLE printer
  DROP CONSTRAINT printer_transport_check,
  ADD CONSTRAINT printer_transport_check CHECK (transport IN ('TCP', 'USB', 'SYSTEM', 'NONE'));
