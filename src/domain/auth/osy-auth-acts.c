/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Act tokens: tickets for a minute that are good in one session only. */

#include "osy-auth-acts.h"

#define MAX_ACTS 1000

OsyAuthActs *
osy_auth_acts_new (void)
{
  return osy_auth_tickets_new (OSY_AUTH_ACT_LIFETIME, MAX_ACTS);
}

void
osy_auth_acts_free (OsyAuthActs *self)
{
  osy_auth_tickets_free (self);
}

char *
osy_auth_acts_issue (OsyAuthActs *self, OsyPrincipal *acting)
{
  return osy_auth_tickets_issue (self, acting);
}

OsyPrincipal *
osy_auth_acts_redeem (OsyAuthActs *self, const char *token, const OsyPrincipal *session)
{
  g_autoptr (OsyPrincipal) acting = osy_auth_tickets_redeem (self, token);

  if (acting == NULL ||
      g_strcmp0 (osy_principal_session_id (acting), osy_principal_session_id (session)) != 0 ||
      g_strcmp0 (osy_principal_restaurant_id (acting), osy_principal_restaurant_id (session)) != 0)
    return NULL;
  return g_steal_pointer (&acting);
}

void
osy_auth_acts_forget (OsyAuthActs *self, const char *id)
{
  osy_auth_tickets_forget (self, id);
}
