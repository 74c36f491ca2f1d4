/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-threat.h"

G_BEGIN_DECLS

/** A threat as it is written down. Times in UTC µs. */
typedef struct {
  const char *id;
  OsyThreatKind kind;
  GBytes *subject_hash;
  const char *subject; /* encrypted at rest, like the client */
  const char *client;  /* nullable */
  gint64 raised_at;
} OsyThreatRow;

/** osy_threat_store_shops: Returns: (transfer full): column id: every shop of the installation. */
OsyDbRows *osy_threat_store_shops (OsyDbTx *tx, GError **error);
/** osy_threat_store_since: Returns: 1 when the subject's threat was raised after @since in the
 * transaction's shop, 0 when not, -1 with @error. */
int osy_threat_store_since (OsyDbTx *tx,
                            OsyThreatKind kind,
                            GBytes *subject_hash,
                            gint64 since,
                            GError **error);
/** osy_threat_store_add: a row in the shop of the transaction; encrypts what is personal. */
gboolean osy_threat_store_add (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyThreatRow *row,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
