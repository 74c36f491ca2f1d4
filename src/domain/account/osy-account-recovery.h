/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-session.h"
#include "osy-event.h"

G_BEGIN_DECLS

/** An account whose password nobody knows any more, and the one it is to have. Borrowed. */
typedef struct {
  OsyKeyring *ring;
  const char *user_id;
  const char *hash;   /* of the new password, from OsyPasswordHasher */
  gboolean only_note; /* write it into the log of a further shop of the account */
} OsyAccountRecovery;

/**
 * osy_account_recovery_run: an OsyDbFunc, @recovery an OsyAccountRecovery. In a restaurant the
 * account works in: sets the password, ends every session of the account wherever it is signed in,
 * writes the audit row and emits "auth.recovered", by which a daemon learns of it at once. A second
 * factor stays as it is. Worker.
 */
gboolean osy_account_recovery_run (OsyDbTx *tx, gpointer recovery, GError **error);

/** osy_account_on_recovered: an OsyEventHandler, @room an OsyAuthRoom: the gate refuses what
 * another process has ended. */
gboolean osy_account_on_recovered (OsyDbTx *tx,
                                   const OsyCall *call,
                                   const OsyEvent *event,
                                   gpointer room,
                                   GError **error);

G_END_DECLS
