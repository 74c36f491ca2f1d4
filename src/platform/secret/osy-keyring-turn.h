/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

/* Changing the keys of a keyring while it is in use. Transactions are those of role
 * ordersync_keys. Every step may be repeated after a crash at any point. Worker threads only. */

#include "osy-keyring.h"

G_BEGIN_DECLS

/** How long after a key was retired, in µs, nobody seals with it any more, wherever it was cached.
 */
#define OSY_KEYRING_SETTLE (30 * G_TIME_SPAN_SECOND)

/** osy_keyring_kek_name: Returns: (transfer full): by which rows name the provider's key that wraps
 * now; tells nothing of the key. */
char *osy_keyring_kek_name (OsyKeyring *self);

/**
 * osy_keyring_begin_kek:
 * @target: (nullable): provider to move to; NULL keeps it
 *
 * Makes the key that is to follow, beside the present one. Returns: (transfer full): its name.
 */
char *osy_keyring_begin_kek (OsyKeyring *self,
                             const char *data_dir,
                             const char *target,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_keyring_rewrap: wraps the root secret and then at most @limit other keys with the key
 * @name. @done: (out): how many; 0 when none is left. */
gboolean osy_keyring_rewrap (OsyKeyring *self,
                             OsyDbTx *tx,
                             const char *name,
                             gint64 limit,
                             gint64 *done,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * osy_keyring_finish_kek:
 * @name: of the new key
 * @source: (nullable): mark of the provider moved away from
 *
 * The new key takes the place of the old one, which is gone. Refused while the new key is not the
 * one that follows.
 */
gboolean osy_keyring_finish_kek (OsyKeyring *self,
                                 const char *data_dir,
                                 const char *name,
                                 const char *source,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_begin_index: a new secret for blind indexes beside the present one. */
gboolean
osy_keyring_begin_index (OsyKeyring *self, OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_keyring_finish_index: drops the older one. */
gboolean
osy_keyring_finish_index (OsyKeyring *self, OsyDbTx *tx, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_keyring_renew: after the commit of any of these: reads everything anew, so that this process
 * goes on with the new keys at once. */
gboolean osy_keyring_renew (OsyKeyring *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
