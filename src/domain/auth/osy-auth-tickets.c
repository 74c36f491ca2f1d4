/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tickets: single use, short, known by their hash alone. */

#include "osy-auth-tickets.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-id.h"

#define TICKET_BYTES 32

typedef struct {
  OsyPrincipal *principal;
  gint64 ends;
} Ticket;

struct _OsyAuthTickets {
  guint lifetime; /* seconds */
  guint most;
  GHashTable *tickets; /* hex of the SHA-256 → Ticket */
};

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  osy_principal_unref (ticket->principal);
  g_free (ticket);
}

OsyAuthTickets *
osy_auth_tickets_new (guint lifetime, guint most)
{
  OsyAuthTickets *self = g_new0 (OsyAuthTickets, 1);

  self->lifetime = lifetime;
  self->most = most;
  self->tickets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ticket_free);
  return self;
}

void
osy_auth_tickets_free (OsyAuthTickets *self)
{
  g_hash_table_unref (self->tickets);
  g_free (self);
}

static char *
hash_of (const char *text)
{
  guint8 hash[32];

  osy_sha256 ((const guint8 *)text, strlen (text), hash);
  return osy_hex_encode (hash, sizeof hash);
}

static gboolean
has_ended (gpointer key, gpointer value, gpointer user_data)
{
  return ((const Ticket *)value)->ends <= *(const gint64 *)user_data;
}

char *
osy_auth_tickets_issue (OsyAuthTickets *self, OsyPrincipal *principal)
{
  gint64 now = osy_clock_now ();

  if (g_hash_table_size (self->tickets) >= self->most)
    g_hash_table_foreach_remove (self->tickets, has_ended, &now);
  if (g_hash_table_size (self->tickets) >= self->most)
    return NULL;
  g_autofree char *text = osy_random_token (TICKET_BYTES);
  Ticket *ticket = g_new0 (Ticket, 1);
  ticket->principal = osy_principal_ref (principal);
  ticket->ends = now + self->lifetime * G_USEC_PER_SEC;
  g_hash_table_insert (self->tickets, hash_of (text), ticket);
  return g_steal_pointer (&text);
}

OsyPrincipal *
osy_auth_tickets_redeem (OsyAuthTickets *self, const char *text)
{
  g_autofree char *hash = hash_of (text);
  const Ticket *ticket = g_hash_table_lookup (self->tickets, hash);
  OsyPrincipal *principal = NULL;

  if (ticket == NULL)
    return NULL;
  if (ticket->ends > osy_clock_now ())
    principal = osy_principal_ref (ticket->principal);
  g_hash_table_remove (self->tickets, hash);
  return principal;
}

static gboolean
is_of (gpointer key, gpointer value, gpointer user_data)
{
  const OsyPrincipal *principal = ((const Ticket *)value)->principal;

  return g_strcmp0 (osy_principal_session_id (principal), user_data) == 0 ||
         g_strcmp0 (osy_principal_user_id (principal), user_data) == 0;
}

void
osy_auth_tickets_forget (OsyAuthTickets *self, const char *id)
{
  g_hash_table_foreach_remove (self->tickets, is_of, (gpointer)id);
}
