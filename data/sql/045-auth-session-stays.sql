-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- A session is ended or renewed, never moved: a person may see his own in every shop, and must not be
-- able to carry one from shop to shop by an update.
REVOKE UPDATE ON session FROM ordersync_app;
GRANT UPDATE (revoked_at, last_used_at, client) ON session TO ordersync_app;
ALTER POLICY session_tenant ON session TO ordersync_app;
