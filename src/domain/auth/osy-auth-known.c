/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tokens of known clients: a random number and its MAC with the account and its password's hash. */

#include "osy-auth-known.h"

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"

#define NUMBER_SIZE 16
#define MAC_SIZE 32

static void
sign (OsyKeyring *ring,
      const OsyAuthUser *user,
      const guint8 number[NUMBER_SIZE],
      guint8 mac[MAC_SIZE])
{
  g_autofree char *hex = osy_hex_encode (number, NUMBER_SIZE);
  g_autofree char *text = g_strconcat (hex, "|", user->id, "|", user->password_hash, NULL);
  guint8 key[OSY_KEY_SIZE];

  osy_keyring_derive (ring, "known-client", key);
  osy_hmac_sha256 (key, (const guint8 *)text, strlen (text), mac);
  osy_wipe (key, sizeof key);
  osy_wipe (text, strlen (text));
}

char *
osy_auth_known_make (OsyKeyring *ring, const OsyAuthUser *user)
{
  guint8 token[NUMBER_SIZE + MAC_SIZE];

  osy_random_bytes (token, NUMBER_SIZE);
  sign (ring, user, token, token + NUMBER_SIZE);
  return osy_base64url_encode (token, sizeof token);
}

gboolean
osy_auth_known_check (OsyKeyring *ring, const OsyAuthUser *user, const char *token)
{
  g_autoptr (GBytes) bytes = token ? osy_base64url_decode (token) : NULL;
  gsize size = 0;
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  guint8 mac[MAC_SIZE];

  if (size != NUMBER_SIZE + MAC_SIZE)
    return FALSE;
  sign (ring, user, data, mac);
  return osy_constant_time_equal (mac, MAC_SIZE, data + NUMBER_SIZE, MAC_SIZE);
}
