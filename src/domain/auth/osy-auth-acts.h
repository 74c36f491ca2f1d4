/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-tickets.h"

G_BEGIN_DECLS

/** Life of an act token in seconds. */
#define OSY_AUTH_ACT_LIFETIME 60

/** Who has shown himself by his PIN for one act in somebody else's session. In memory, hashed, each
 * good once. Main thread. */
typedef OsyAuthTickets OsyAuthActs;

/** osy_auth_acts_new: Returns: (transfer full): none outstanding. */
OsyAuthActs *osy_auth_acts_new (void);
/** osy_auth_acts_free: forgets every token. */
void osy_auth_acts_free (OsyAuthActs *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthActs, osy_auth_acts_free)

/** osy_auth_acts_issue: @acting: from osy_principal_new_acting(). Returns: (transfer full): 32
 * random bytes as base64url; NULL when too many are outstanding. */
char *osy_auth_acts_issue (OsyAuthActs *self, OsyPrincipal *acting);

/** osy_auth_acts_redeem: takes the token, also when it was for another session than @session's, and
 * so for nobody any more. Returns: (transfer full) (nullable): who acts. */
OsyPrincipal *
osy_auth_acts_redeem (OsyAuthActs *self, const char *token, const OsyPrincipal *session);

/** osy_auth_acts_forget: those of a session or of a person (@id) are good for nothing any more. */
void osy_auth_acts_forget (OsyAuthActs *self, const char *id);

G_END_DECLS
