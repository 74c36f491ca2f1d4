/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Access tokens of any role, for the role matrix: ADMIN and GUEST have no way to sign in. Prints
 * COUNT tokens, each of a session of its own. Works beside a running daemon whose key lies in a
 * file. */

#include <stdio.h>
#include <stdlib.h>

#include "osy-auth-keys.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-postgres.h"

typedef struct {
  OsyAuthKeys *keys;
  OsyKeyring *ring;
} Signing;

static gboolean
load (OsyDbTx *tx, gpointer data, GError **error)
{
  Signing *signing = data;

  return osy_auth_keys_load (signing->keys, tx, signing->ring, error);
}

static gboolean
print_tokens (OsyAuthKeys *keys, char **argv, OsyRole role, GError **error)
{
  gint64 now = osy_clock_now () / G_USEC_PER_SEC;

  for (int i = 0; i < atoi (argv[5]); i++) {
    g_autofree char *session = osy_id_new ();
    OsyJwtClaims claims = {.user_id = argv[4],
                           .restaurant_id = argv[2],
                           .session_id = session,
                           .role = role,
                           .issued_at = now,
                           .expires_at = now + OSY_JWT_LIFETIME};
    g_autofree char *token = osy_auth_keys_sign (keys, &claims, error);
    if (token == NULL)
      return FALSE;
    puts (token);
  }
  return TRUE;
}

static gboolean
sign (char **argv, OsyRole role, GError **error)
{
  g_autofree char *app = osy_postgres_conninfo (argv[1], "ordersync_app");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (app, 1);
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (argv[1], "file", error);
  g_autoptr (OsyKeyring) ring = provider ? osy_keyring_new (provider, pool, FALSE, error) : NULL;
  Signing signing = {.keys = osy_auth_keys_new (), .ring = ring};
  OsyDbScope scope = {.read_only = TRUE};
  gboolean ok = ring != NULL && osy_db_pool_run (pool, &scope, load, &signing, error) &&
                print_tokens (signing.keys, argv, role, error);

  g_clear_object (&ring);
  osy_db_pool_close (pool);
  osy_auth_keys_free (signing.keys);
  return ok;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  OsyRole role;

  if (argc != 6 || !osy_role_from_name (argv[3], &role)) {
    fprintf (stderr, "Usage: sign-token DATA-DIR RESTAURANT ROLE USER COUNT\n");
    return 2;
  }
  if (sign (argv, role, &error))
    return 0;
  fprintf (stderr, "sign-token: %s\n", error->message);
  return 1;
}
