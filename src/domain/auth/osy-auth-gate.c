/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who is at the door: access tokens verified once, sessions that were ended, tickets. */

#include "osy-auth-gate.h"

#include <string.h>

#include "osy-auth-acts.h"
#include "osy-auth-tickets.h"
#include "osy-auth-watch.h"
#include "osy-clock.h"
#include "osy-ws.h"

/* A verified token is about 1 KiB; a shop has dozens. */
#define MAX_KNOWN 4096
#define TICKET_PREFIX "ordersync.ticket."

typedef struct {
  OsyPrincipal *principal;
  gint64 issued;
  gint64 ends;
} Known;

/** Tokens of a session that are not taken any more. */
typedef struct {
  gint64 before; /* issued until then, UTC µs */
  gint64 until;  /* when the last of them has ended by itself */
} Refusal;

struct _OsyAuthGate {
  GObject parent;
  OsyAuthKeys *keys;
  OsyAuthTickets *tickets;
  OsyAuthActs *acts;
  OsyThreats *threats; /* nullable */
  GHashTable *known;   /* access token → Known */
  GHashTable *ends;    /* session id → gint64 *: end of its last token, UTC µs */
  GHashTable *revoked; /* session id → Refusal */
};

enum { SESSION_REVOKED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OsyAuthGate, osy_auth_gate, G_TYPE_OBJECT)

static void
known_free (gpointer data)
{
  Known *known = data;

  osy_principal_unref (known->principal);
  g_free (known);
}

static void
osy_auth_gate_finalize (GObject *object)
{
  OsyAuthGate *self = OSY_AUTH_GATE (object);

  osy_auth_tickets_free (self->tickets);
  osy_auth_acts_free (self->acts);
  g_clear_object (&self->threats);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->ends);
  g_hash_table_unref (self->revoked);
  G_OBJECT_CLASS (osy_auth_gate_parent_class)->finalize (object);
}

static void
osy_auth_gate_class_init (OsyAuthGateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_auth_gate_finalize;
  signals[SESSION_REVOKED] = g_signal_new ("session-revoked", OSY_TYPE_AUTH_GATE, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osy_auth_gate_init (OsyAuthGate *self)
{
  self->tickets = osy_auth_tickets_new (OSY_AUTH_TICKET_LIFETIME, OSY_AUTH_MAX_TICKETS);
  self->acts = osy_auth_acts_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
  self->ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->revoked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

OsyAuthGate *
osy_auth_gate_new (OsyAuthKeys *keys)
{
  OsyAuthGate *self = g_object_new (OSY_TYPE_AUTH_GATE, NULL);

  self->keys = keys;
  return self;
}

void
osy_auth_gate_set_threats (OsyAuthGate *self, OsyThreats *threats)
{
  g_set_object (&self->threats, threats);
}

static gboolean
time_is_past (gpointer key, gpointer value, gpointer user_data)
{
  return *(const gint64 *)value <= *(const gint64 *)user_data;
}

static gboolean
known_has_ended (gpointer key, gpointer value, gpointer user_data)
{
  return ((const Known *)value)->ends <= *(const gint64 *)user_data;
}

static gboolean
refusal_is_over (gpointer key, gpointer value, gpointer user_data)
{
  return ((const Refusal *)value)->until <= *(const gint64 *)user_data;
}

static gboolean
is_refused (OsyAuthGate *self, const OsyPrincipal *principal, gint64 issued)
{
  const char *session_id = osy_principal_session_id (principal);
  const Refusal *refusal = session_id ? g_hash_table_lookup (self->revoked, session_id) : NULL;

  return refusal != NULL && issued <= refusal->before;
}

static void
set_refused (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                       "The access token is not valid or has ended: sign in again.");
}

static void
remember (OsyAuthGate *self, const char *token, OsyPrincipal *principal, const OsyJwtClaims *claims)
{
  gint64 ends = claims->expires_at * G_USEC_PER_SEC;
  const char *session_id = osy_principal_session_id (principal);
  const gint64 *last = g_hash_table_lookup (self->ends, session_id);
  gint64 now = osy_clock_now ();

  if (g_hash_table_size (self->known) >= MAX_KNOWN) {
    g_hash_table_foreach_remove (self->known, known_has_ended, &now);
    g_hash_table_foreach_remove (self->ends, time_is_past, &now);
    if (g_hash_table_size (self->known) >= MAX_KNOWN)
      g_hash_table_remove_all (self->known);
  }
  Known *known = g_new0 (Known, 1);
  known->principal = osy_principal_ref (principal);
  known->issued = claims->issued_at * G_USEC_PER_SEC;
  known->ends = ends;
  g_hash_table_insert (self->known, g_strdup (token), known);
  if (last == NULL || *last < ends)
    g_hash_table_insert (self->ends, g_strdup (session_id), g_memdup2 (&ends, sizeof ends));
}

static const Known *
open_token (OsyAuthGate *self, const char *token, GError **error)
{
  g_auto (OsyJwtClaims) claims = {NULL};

  if (!osy_auth_keys_verify (self->keys, token, osy_clock_now (), &claims, error))
    return NULL;
  g_autoptr (OsyPrincipal) principal =
      claims.device
          ? osy_principal_new_device (claims.session_id, claims.restaurant_id, claims.role)
          : osy_principal_new_user (claims.user_id, claims.restaurant_id, claims.role,
                                    claims.session_id);
  remember (self, token, principal, &claims);
  return g_hash_table_lookup (self->known, token);
}

void
osy_auth_gate_forget (OsyAuthGate *self)
{
  g_hash_table_remove_all (self->known);
}

OsyPrincipal *
osy_auth_gate_verify (OsyAuthGate *self, const char *access_token, GError **error)
{
  const Known *known = g_hash_table_lookup (self->known, access_token);

  if (known == NULL || known->ends <= osy_clock_now ())
    known = open_token (self, access_token, error);
  if (known == NULL)
    return NULL;
  if (is_refused (self, known->principal, known->issued)) {
    set_refused (error);
    return NULL;
  }
  return osy_principal_ref (known->principal);
}

gint64
osy_auth_gate_token_ends (const char *access_token, OsyPrincipal *principal, gpointer gate)
{
  OsyAuthGate *self = OSY_AUTH_GATE (gate);
  const char *session_id = osy_principal_session_id (principal);

  if (access_token != NULL) {
    g_autoptr (OsyPrincipal) other = osy_auth_gate_verify (self, access_token, NULL);
    if (other == NULL ||
        g_strcmp0 (osy_principal_user_id (other), osy_principal_user_id (principal)) != 0 ||
        g_strcmp0 (osy_principal_restaurant_id (other), osy_principal_restaurant_id (principal)) !=
            0)
      return 0;
    const Known *known = g_hash_table_lookup (self->known, access_token);
    return known ? known->ends : 0;
  }
  const gint64 *ends = session_id ? g_hash_table_lookup (self->ends, session_id) : NULL;
  return ends ? *ends : 0;
}

static OsyPrincipal *
redeem (OsyAuthGate *self, const char *ticket, GError **error)
{
  g_autoptr (OsyPrincipal) principal = osy_auth_tickets_redeem (self->tickets, ticket);

  if (principal == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                         "The ticket is not valid, was used or has ended: ask for a new one.");
    return NULL;
  }
  return g_steal_pointer (&principal);
}

static char *
find_ticket (OsyHttpRequest *request)
{
  const OsyRoute *route = osy_http_request_route (request);

  if (route == NULL || !(route->flags & OSY_ROUTE_WEBSOCKET))
    return NULL;
  g_auto (GStrv) offered = osy_ws_offered_protocols (request);
  for (gsize i = 0; offered != NULL && offered[i] != NULL; i++)
    if (g_str_has_prefix (offered[i], TICKET_PREFIX))
      return g_strdup (offered[i] + strlen (TICKET_PREFIX));
  return NULL;
}

/* (transfer full) session: who acts in it */
static OsyPrincipal *
who_acts (OsyAuthGate *self, OsyHttpRequest *request, OsyPrincipal *session, GError **error)
{
  const char *token = osy_http_request_header (request, "X-Act-Token");
  g_autoptr (OsyPrincipal) owned = session;

  if (token == NULL || session == NULL)
    return g_steal_pointer (&owned);
  OsyPrincipal *acting = osy_auth_acts_redeem (self->acts, token, session);
  if (acting == NULL)
    g_set_error_literal (
        error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
        "The act token is not valid, was used or has ended: ask for the PIN again.");
  return acting;
}

/* A token that has ended was once signed here: that happens every day. */
static OsyPrincipal *
verify_bearer (OsyAuthGate *self, OsyHttpRequest *request, const char *token, GError **error)
{
  OsyPrincipal *principal = osy_auth_gate_verify (self, token, error);

  if (principal == NULL && !osy_auth_keys_signed (self->keys, token)) {
    osy_metric_count (&osy_auth_failures, "forged_token");
    osy_threat_note_client (self->threats, OSY_THREAT_FORGED_TOKEN, NULL,
                            osy_http_request_client (request));
  }
  return principal;
}

OsyPrincipal *
osy_auth_gate_authenticate (OsyHttpRequest *request, gpointer gate, GError **error)
{
  OsyAuthGate *self = OSY_AUTH_GATE (gate);
  const char *header = osy_http_request_header (request, "Authorization");

  if (header != NULL) {
    /* RFC 9110 §11.1: the scheme's case does not matter. */
    if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
      return who_acts (self, request, verify_bearer (self, request, header + 7, error), error);
    set_refused (error);
    return NULL;
  }
  g_autofree char *ticket = find_ticket (request);
  if (ticket != NULL)
    return redeem (self, ticket, error);
  return osy_principal_new_anonymous ();
}

static void
refuse (OsyAuthGate *self, const char *session_id, Refusal refusal)
{
  const Refusal *old = g_hash_table_lookup (self->revoked, session_id);
  gint64 now = osy_clock_now ();

  if (old != NULL)
    refusal = (Refusal){MAX (old->before, refusal.before), MAX (old->until, refusal.until)};
  g_hash_table_foreach_remove (self->revoked, refusal_is_over, &now);
  g_hash_table_insert (self->revoked, g_strdup (session_id), g_memdup2 (&refusal, sizeof refusal));
  g_hash_table_remove (self->ends, session_id);
  osy_auth_tickets_forget (self->tickets, session_id);
  osy_auth_acts_forget (self->acts, session_id);
  g_signal_emit (self, signals[SESSION_REVOKED], 0, session_id);
}

void
osy_auth_gate_revoke (OsyAuthGate *self, const char *session_id, gint64 until)
{
  refuse (self, session_id, (Refusal){.before = G_MAXINT64, .until = until});
}

void
osy_auth_gate_outdate (OsyAuthGate *self, const char *session_id, gint64 before)
{
  gint64 until = before + OSY_JWT_LIFETIME * G_TIME_SPAN_SECOND;

  refuse (self, session_id, (Refusal){.before = before, .until = until});
}

char *
osy_auth_gate_issue_act (OsyAuthGate *self, OsyPrincipal *acting, GError **error)
{
  char *token = osy_auth_acts_issue (self->acts, acting);

  if (token == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "Too many act tokens are open: try again in a minute.");
  return token;
}

void
osy_auth_gate_forget_acts (OsyAuthGate *self, const char *user_id)
{
  osy_auth_acts_forget (self->acts, user_id);
}

char *
osy_auth_gate_issue_ticket (OsyAuthGate *self, OsyPrincipal *principal, GError **error)
{
  char *ticket = osy_auth_tickets_issue (self->tickets, principal);

  if (ticket == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "Too many tickets are open: try again in half a minute.");
  return ticket;
}
