/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-key-change.h"
#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/* The secret key that signs checkpoints, wrapped in key_material. */

/** osy_audit_key_load: @secret: (out): the present key, made when there is none yet. Role
 * ordersync_app. */
gboolean osy_audit_key_load (OsyDbTx *tx,
                             OsyKeyring *ring,
                             guint8 secret[OSY_ED25519_KEY_SIZE],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_key_turn: a new key takes the place of the old one, which is gone, and both sign the
 * change; all in @tx, of role ordersync_keys. Nothing is sealed meanwhile. Without a key yet there
 * is nothing to do. */
gboolean
osy_audit_key_turn (OsyDbTx *tx, OsyKeyring *ring, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
