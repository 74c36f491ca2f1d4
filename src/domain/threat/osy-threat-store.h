/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-threat.h"

G_BEGIN_DECLS

/** A threat as it is written down. Times in UTC µs. */
typedef struct {
  char *id;
  OsyThreatKind kind;
  char *subject; /* encrypted at rest, like the client */
  char *client;  /* nullable */
  gint64 raised_at;
  gint64 acknowledged_at; /* 0: nobody has seen it */
  char *acknowledged_by;  /* (nullable): an actor */
} OsyThreatRow;
void osy_threat_row_free (OsyThreatRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyThreatRow, osy_threat_row_free)

/** osy_threat_store_shops: Returns: (transfer full): column id: every shop of the installation. */
OsyDbRows *osy_threat_store_shops (OsyDbTx *tx, GError **error);
/** osy_threat_store_add: a new row in the transaction's shop; encrypts who it was. @subject_hash:
 * by which it is found again. */
gboolean osy_threat_store_add (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyThreatRow *row,
                               GBytes *subject_hash,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_threat_store_since: Returns: 1 when the subject's threat was raised after @since in the
 * transaction's shop, 0 when not, -1 with @error. */
int osy_threat_store_since (OsyDbTx *tx,
                            OsyThreatKind kind,
                            GBytes *subject_hash,
                            gint64 since,
                            GError **error);
/** osy_threat_store_list: those nobody has seen and the latest others, newest first, a hundred at
 * most. (transfer full): of OsyThreatRow. */
GPtrArray *osy_threat_store_list (OsyDbTx *tx, OsyKeyring *ring, GError **error);
/** osy_threat_store_load: (transfer full): NULL with NOT_FOUND. */
OsyThreatRow *osy_threat_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);
/** osy_threat_store_acknowledge: Returns: 1 when @actor is the first to have seen it, 0 when
 * somebody had or there is none, -1 with @error. */
int osy_threat_store_acknowledge (OsyDbTx *tx,
                                  const char *id,
                                  const char *actor,
                                  gint64 at,
                                  GError **error);

G_END_DECLS
