-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- Whether an item that the law wants a statement of origin of, and that lacks it, is kept from QR and
-- the web. Each shop says so itself.
ALTER TABLE menu ADD COLUMN origin_required boolean NOT NULL DEFAULT false;
