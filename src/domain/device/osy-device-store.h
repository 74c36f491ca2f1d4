/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** A screen as it is stored. Times in UTC µs, 0: not yet. */
typedef struct {
  char *id;
  char *restaurant_id;
  char *name;
  OsyRole role;
  gint64 created_at;
  gint64 pairing_until;
  gint64 paired_at;
  gint64 last_seen_at;
} OsyDevice;
OsyDevice *osy_device_new (void);
void osy_device_free (OsyDevice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDevice, osy_device_free)

/* Each in the transaction's restaurant unless it says otherwise. */

/** osy_device_store_insert: @pairing_hash: of its code, good until @device->pairing_until. */
gboolean osy_device_store_insert (OsyDbTx *tx,
                                  const OsyDevice *device,
                                  GBytes *pairing_hash,
                                  GError **error);

/** osy_device_store_sweep: forgets what was revoked, or not paired, before @before. */
gboolean osy_device_store_sweep (OsyDbTx *tx, gint64 before, GError **error);

/** osy_device_store_list: Returns: (transfer full): of OsyDevice that are not revoked, oldest
 * first. */
GPtrArray *osy_device_store_list (OsyDbTx *tx, GError **error);

/** osy_device_store_find: in no restaurant: @ret: (out): whose pairing code or token has @hash,
 * unless it was revoked; else NULL. */
gboolean osy_device_store_find (OsyDbTx *tx, GBytes *hash, OsyDevice **ret, GError **error);

/** osy_device_store_pair: exchanges the code for a token, once. @paired: (out): FALSE when the code
 * has ended, or another was quicker. */
gboolean osy_device_store_pair (OsyDbTx *tx,
                                GBytes *pairing_hash,
                                GBytes *token_hash,
                                gint64 now,
                                gboolean *paired,
                                GError **error);

/** osy_device_store_touch: @seen: (out): FALSE when there is no such paired device any more. */
gboolean
osy_device_store_touch (OsyDbTx *tx, const char *id, gint64 now, gboolean *seen, GError **error);

/** osy_device_store_revoke: @revoked: (out): FALSE when there is none, or it was before. */
gboolean osy_device_store_revoke (OsyDbTx *tx,
                                  const char *id,
                                  gint64 now,
                                  gboolean *revoked,
                                  GError **error);

G_END_DECLS
