/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-store.h"

G_BEGIN_DECLS

/* A client that somebody has signed in from before shows it by a token that the sign-in gave it.
 * Its guesses are counted apart, so that a stranger who keeps guessing at an account cannot keep
 * its owner out (OWASP's device cookies). It opens nothing by itself, is not stored here, and dies
 * with the password. */

/** osy_auth_known_make: Returns: (transfer full): a new token for @user. */
char *osy_auth_known_make (OsyKeyring *ring, const OsyAuthUser *user);

/** osy_auth_known_check: Returns: whether @token (nullable) was made for @user as he is now. */
gboolean osy_auth_known_check (OsyKeyring *ring, const OsyAuthUser *user, const char *token);

G_END_DECLS
