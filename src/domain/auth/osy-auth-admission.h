/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-store.h"
#include "osy-auth-throttle.h"

G_BEGIN_DECLS

/**
 * Whether a sign-in may have its password looked at. Ten wrong ones in 15 minutes end it for
 * everybody at once, except for who shows a known client, or the second factor: those have ten of
 * their own. Unknown accounts are counted in the same way.
 */
typedef struct {
  const char *email;  /* (nullable): normalised; NULL cannot have an account */
  const char *client; /* address */
  const char *known;  /* (nullable): token of a known client */
  const char *code;   /* (nullable): of the second factor */

  OsyAuthUser *user; /* (owned) (nullable): whose e-mail it is */
  gboolean is_known; /* the token of a known client is right */
  gint64 wait;       /* µs until it may be tried again; 0: admitted */
  OsyAuthGuess guesses[2];
} OsyAuthAdmission;

/** osy_auth_admit: fills the lower half anew. What it says holds once it has committed. Worker. */
gboolean osy_auth_admit (OsyDbTx *tx, OsyKeyring *ring, OsyAuthAdmission *self, GError **error);

/** osy_auth_admission_give_back: the password was right. Worker. */
gboolean osy_auth_admission_give_back (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       OsyAuthAdmission *self,
                                       GError **error);

G_END_DECLS
