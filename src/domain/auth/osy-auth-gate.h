/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-keys.h"
#include "osy-http.h"
#include "osy-threat-service.h"

G_BEGIN_DECLS

/**
 * OsyAuthGate: finds out who calls, from memory alone. Knows the access tokens it has verified, the
 * sessions that were ended before their tokens, and the open WebSocket tickets. Main thread.
 *
 * OsyAuthGate::session-revoked: (session_id: text) close what that session holds open
 */
#define OSY_TYPE_AUTH_GATE (osy_auth_gate_get_type ())
G_DECLARE_FINAL_TYPE (OsyAuthGate, osy_auth_gate, OSY, AUTH_GATE, GObject)

/** osy_auth_gate_new: @keys: borrowed; outlives the gate. */
OsyAuthGate *osy_auth_gate_new (OsyAuthKeys *keys);

/** osy_auth_gate_set_threats: @threats: where forged tokens are counted. */
void osy_auth_gate_set_threats (OsyAuthGate *self, OsyThreats *threats);

/** osy_auth_gate_authenticate: an OsyHttpAuthenticate; @gate: an OsyAuthGate. Takes
 * "Authorization: Bearer", or on a WebSocket the subprotocol ordersync.ticket.<ticket>. With
 * X-Act-Token, who has shown himself by it acts. */
OsyPrincipal *osy_auth_gate_authenticate (OsyHttpRequest *request, gpointer gate, GError **error);

/** osy_auth_gate_verify: Returns: (transfer full): the person of an access token, or NULL with
 * UNAUTHENTICATED. */
OsyPrincipal *osy_auth_gate_verify (OsyAuthGate *self, const char *access_token, GError **error);

/**
 * osy_auth_gate_token_ends:
 * @access_token: (nullable): what a client sent to renew its socket; NULL asks for @principal's
 *   own right
 * @gate: an OsyAuthGate
 *
 * Returns: when the right ends, UTC µs; 0 when the token is not good, or for another person or
 * shop than @principal.
 */
gint64 osy_auth_gate_token_ends (const char *access_token, OsyPrincipal *principal, gpointer gate);

/** osy_auth_gate_outdate: tokens of @session_id issued until @before (UTC µs) are not taken any
 * more, its tickets and sockets end; its next renewal goes on. Emits session-revoked. Rooms call
 * osy_auth_session_outdate(), which also makes it last. */
void osy_auth_gate_outdate (OsyAuthGate *self, const char *session_id, gint64 before);

/** osy_auth_gate_revoke: no token of @session_id is taken any more; emits session-revoked. @until:
 * UTC µs after which none can be left. */
void osy_auth_gate_revoke (OsyAuthGate *self, const char *session_id, gint64 until);

/** osy_auth_gate_issue_act: Returns: (transfer full): a token for one act of @acting, from
 * osy_principal_new_acting(); NULL with UNAVAILABLE. */
char *osy_auth_gate_issue_act (OsyAuthGate *self, OsyPrincipal *acting, GError **error);

/** osy_auth_gate_forget_acts: what @user_id has shown himself for and not done yet is not taken any
 * more. */
void osy_auth_gate_forget_acts (OsyAuthGate *self, const char *user_id);

/** osy_auth_gate_issue_ticket: Returns: (transfer full): a ticket for @principal, or NULL with
 * UNAVAILABLE. */
char *osy_auth_gate_issue_ticket (OsyAuthGate *self, OsyPrincipal *principal, GError **error);

/** osy_auth_gate_forget: looks at every token anew: after the signing keys changed. Main thread. */
void osy_auth_gate_forget (OsyAuthGate *self);

G_END_DECLS
