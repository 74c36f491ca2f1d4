/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* bcrypt by libxcrypt. It cuts its input at 72 bytes and at NUL, which made three real bypasses;
 * so longer input is refused here, and callers hash the password to ASCII first. */

#include <crypt.h>
#include <string.h>

#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-id.h"

#define MAX_SECRET 72
#define HASH_LEN 60
#define MIN_COST 4
#define MAX_COST 16

static void
state_free (struct crypt_data *state)
{
  osy_wipe (state, sizeof *state);
  g_free (state);
}

/* 32 KiB: not for a thread's stack. */
typedef struct crypt_data State;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (State, state_free)

char *
osy_bcrypt_hash (const char *secret, guint cost, GError **error)
{
  g_return_val_if_fail (cost >= MIN_COST && cost <= MAX_COST, NULL);
  gsize len = strlen (secret);
  g_return_val_if_fail (len > 0 && len <= MAX_SECRET, NULL);

  guint8 random[16];
  char salt[CRYPT_GENSALT_OUTPUT_SIZE];
  g_autoptr (State) state = g_new0 (State, 1);
  osy_random_bytes (random, sizeof random);
  const char *hash = NULL;
  if (crypt_gensalt_rn ("$2b$", cost, (const char *)random, sizeof random, salt, sizeof salt))
    hash = crypt_r (secret, salt, state);
  if (hash == NULL || strlen (hash) != HASH_LEN) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The password cannot be hashed.");
    return NULL;
  }
  return g_strdup (hash);
}

guint
osy_bcrypt_cost (const char *hash)
{
  if (hash == NULL || strlen (hash) != HASH_LEN || !g_str_has_prefix (hash, "$2b$") ||
      !g_ascii_isdigit (hash[4]) || !g_ascii_isdigit (hash[5]) || hash[6] != '$')
    return 0;
  return (guint)((hash[4] - '0') * 10 + (hash[5] - '0'));
}

gboolean
osy_bcrypt_verify (const char *secret, const char *hash)
{
  guint cost = osy_bcrypt_cost (hash);

  /* A planted hash of a huge cost would hold the one password thread for hours. */
  if (cost < MIN_COST || cost > MAX_COST || secret[0] == '\0' || strlen (secret) > MAX_SECRET)
    return FALSE;
  g_autoptr (State) state = g_new0 (State, 1);
  const char *again = crypt_r (secret, hash, state);
  return again != NULL && osy_constant_time_equal ((const guint8 *)again, strlen (again),
                                                   (const guint8 *)hash, HASH_LEN);
}
