/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-principal.h"

G_BEGIN_DECLS

/** Life of a WebSocket's ticket in seconds. */
#define OSY_AUTH_TICKET_LIFETIME 30
/** How many may be outstanding. */
#define OSY_AUTH_MAX_TICKETS 10000

/** Random words that each stand for somebody once: with them a browser opens a WebSocket, and an
 * act is done by PIN. In memory, hashed. Main thread. */
typedef struct _OsyAuthTickets OsyAuthTickets;

/** osy_auth_tickets_new: @lifetime: of each, in seconds; @most: how many may be outstanding.
 * Returns: (transfer full): none outstanding. */
OsyAuthTickets *osy_auth_tickets_new (guint lifetime, guint most);
/** osy_auth_tickets_free: forgets every ticket. */
void osy_auth_tickets_free (OsyAuthTickets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthTickets, osy_auth_tickets_free)

/** osy_auth_tickets_issue: Returns: (transfer full): 32 random bytes as base64url; NULL when too
 * many are outstanding. */
char *osy_auth_tickets_issue (OsyAuthTickets *self, OsyPrincipal *principal);

/** osy_auth_tickets_redeem: takes the ticket; a second time it is unknown. Returns: (transfer
 * full) (nullable): whom it was issued to. */
OsyPrincipal *osy_auth_tickets_redeem (OsyAuthTickets *self, const char *ticket);

/** osy_auth_tickets_forget: those of a session or of a person (@id) are good for nothing any more.
 */
void osy_auth_tickets_forget (OsyAuthTickets *self, const char *id);

G_END_DECLS
