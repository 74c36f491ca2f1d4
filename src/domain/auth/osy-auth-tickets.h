/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-principal.h"

G_BEGIN_DECLS

/** Life of a ticket in seconds. */
#define OSY_AUTH_TICKET_LIFETIME 30

/** One-time tickets with which a browser opens a WebSocket. In memory, hashed. Main thread. */
typedef struct _OsyAuthTickets OsyAuthTickets;

/** osy_auth_tickets_new: Returns: (transfer full): none outstanding. */
OsyAuthTickets *osy_auth_tickets_new (void);
/** osy_auth_tickets_free: forgets every ticket. */
void osy_auth_tickets_free (OsyAuthTickets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthTickets, osy_auth_tickets_free)

/** osy_auth_tickets_issue: Returns: (transfer full): 32 random bytes as base64url; NULL when too
 * many are outstanding. */
char *osy_auth_tickets_issue (OsyAuthTickets *self, OsyPrincipal *principal);

/** osy_auth_tickets_redeem: takes the ticket; a second time it is unknown. Returns: (transfer
 * full) (nullable): whom it was issued to. */
OsyPrincipal *osy_auth_tickets_redeem (OsyAuthTickets *self, const char *ticket);

/** osy_auth_tickets_forget: the open tickets of @session_id are good for nothing any more. */
void osy_auth_tickets_forget (OsyAuthTickets *self, const char *session_id);

G_END_DECLS
