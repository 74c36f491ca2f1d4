/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

/** Changes keys while the shop is open. What is to be changed and how far it is lies in the table
 * key_rotation; each step and its trace there are one transaction, so whoever runs it next goes on
 * where it was cut off. */
typedef struct _OsyKeyRotation OsyKeyRotation;

/** osy_key_rotation_new: @pool: of role ordersync_keys. Returns: (transfer full). */
OsyKeyRotation *osy_key_rotation_new (OsyKeyring *ring, OsyDbPool *pool, const char *data_dir);
/** osy_key_rotation_free: after _stop. */
void osy_key_rotation_free (OsyKeyRotation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKeyRotation, osy_key_rotation_free)

/** osy_key_rotation_set_tokens_changed: @func runs on the main context when access tokens have got
 * another signing key, or an old one was dropped. */
void osy_key_rotation_set_tokens_changed (OsyKeyRotation *self, GSourceFunc func, gpointer data);

/** osy_key_rotation_start: looks every second whether there is something to do, and does it step by
 * step. */
void osy_key_rotation_start (OsyKeyRotation *self);
/** osy_key_rotation_stop: waits for the step under way. */
void osy_key_rotation_stop (OsyKeyRotation *self);

/** osy_key_rotation_step: an OsyDbFunc, @data an OsyKeyRotation: one step of everything that is
 * due. For whoever has no main loop. */
gboolean osy_key_rotation_step (OsyDbTx *tx, gpointer data, GError **error);

/** osy_key_rotation_request: @kind: "kek", "data", "index", "jwt" or "audit"; @target: (nullable):
 * of "kek", the provider to move to. CONFLICT while one of that kind runs. */
gboolean osy_key_rotation_request (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *kind,
                                   const char *target,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
