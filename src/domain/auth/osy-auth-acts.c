/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Act tokens: single use, a minute, for one session, known by their hash alone. */

#include "osy-auth-acts.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-id.h"

#define TOKEN_BYTES 32
#define MAX_ACTS 1000

typedef struct {
  OsyPrincipal *acting;
  gint64 ends;
} Act;

struct _OsyAuthActs {
  GHashTable *acts; /* hex of the SHA-256 → Act */
};

static void
act_free (gpointer data)
{
  Act *act = data;

  osy_principal_unref (act->acting);
  g_free (act);
}

OsyAuthActs *
osy_auth_acts_new (void)
{
  OsyAuthActs *self = g_new0 (OsyAuthActs, 1);

  self->acts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, act_free);
  return self;
}

void
osy_auth_acts_free (OsyAuthActs *self)
{
  g_hash_table_unref (self->acts);
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
  return ((const Act *)value)->ends <= *(const gint64 *)user_data;
}

char *
osy_auth_acts_issue (OsyAuthActs *self, OsyPrincipal *acting)
{
  gint64 now = osy_clock_now ();

  if (g_hash_table_size (self->acts) >= MAX_ACTS)
    g_hash_table_foreach_remove (self->acts, has_ended, &now);
  if (g_hash_table_size (self->acts) >= MAX_ACTS)
    return NULL;
  g_autofree char *text = osy_random_token (TOKEN_BYTES);
  Act *act = g_new0 (Act, 1);
  act->acting = osy_principal_ref (acting);
  act->ends = now + OSY_AUTH_ACT_LIFETIME * G_USEC_PER_SEC;
  g_hash_table_insert (self->acts, hash_of (text), act);
  return g_steal_pointer (&text);
}

static gboolean
is_of_session (const OsyPrincipal *acting, const OsyPrincipal *session)
{
  return g_strcmp0 (osy_principal_session_id (acting), osy_principal_session_id (session)) == 0 &&
         g_strcmp0 (osy_principal_restaurant_id (acting), osy_principal_restaurant_id (session)) ==
             0;
}

OsyPrincipal *
osy_auth_acts_redeem (OsyAuthActs *self, const char *token, const OsyPrincipal *session)
{
  g_autofree char *hash = hash_of (token);
  const Act *act = g_hash_table_lookup (self->acts, hash);
  OsyPrincipal *acting = NULL;

  if (act == NULL)
    return NULL;
  if (act->ends > osy_clock_now () && is_of_session (act->acting, session))
    acting = osy_principal_ref (act->acting);
  g_hash_table_remove (self->acts, hash);
  return acting;
}

static gboolean
is_of (gpointer key, gpointer value, gpointer user_data)
{
  const OsyPrincipal *acting = ((const Act *)value)->acting;

  return g_strcmp0 (osy_principal_session_id (acting), user_data) == 0 ||
         g_strcmp0 (osy_principal_user_id (acting), user_data) == 0;
}

void
osy_auth_acts_forget (OsyAuthActs *self, const char *id)
{
  g_hash_table_foreach_remove (self->acts, is_of, (gpointer)id);
}
