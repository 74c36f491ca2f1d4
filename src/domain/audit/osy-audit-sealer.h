/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-chain.h"
#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** Numbers and chains the rows of the log, a second after they were written, and signs where the
 * chain stands. What it signed also goes into a file: what a superuser of the database changes
 * later no longer agrees with that. A row is unsealed for at most two seconds. */
typedef struct _OsyAuditSealer OsyAuditSealer;

/** Files of a sealer's folder. */
#define OSY_AUDIT_CHECKPOINTS "checkpoints.log"
#define OSY_AUDIT_PUBLIC_KEY "public-key"

/**
 * osy_audit_sealer_new:
 * @app_pool: for the signing key, which lies wrapped in key_material and is made when there is none
 * @seal_pool: of role ordersync_sealer
 * @folder: for checkpoints.log and public-key; made when missing. Better on another disk
 *
 * Blocks: before the main loop runs. Returns: (transfer full): NULL with KEY_UNAVAILABLE or an
 * error of the folder.
 */
OsyAuditSealer *osy_audit_sealer_new (OsyDbPool *app_pool,
                                      OsyDbPool *seal_pool,
                                      OsyKeyring *ring,
                                      const char *folder,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_audit_sealer_free: leaves what waits for the next start. */
void osy_audit_sealer_free (OsyAuditSealer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuditSealer, osy_audit_sealer_free)
void osy_audit_sealer_start (OsyAuditSealer *self);
/** osy_audit_sealer_stop: waits for the run under way. */
void osy_audit_sealer_stop (OsyAuditSealer *self);
/** osy_audit_sealer_run: one run, as ordersync_sealer; of the periodic job and of tests. */
gboolean osy_audit_sealer_run (OsyDbTx *tx, gpointer sealer, GError **error);

/** osy_audit_read_public_key: from a file that holds it as hexadecimal. */
gboolean osy_audit_read_public_key (const char *path,
                                    guint8 out[OSY_ED25519_KEY_SIZE],
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
