/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tracking tokens: a keyed hash, so that a guest's order needs no login and no table. */

#include "osy-order-token.h"

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"

#define MAC_SIZE 24
#define TOKEN_SIZE (16 + MAC_SIZE)

static gboolean
compute (OsyKeyring *ring, const char *restaurant_id, const char *order_id, guint8 out[TOKEN_SIZE])
{
  guint8 subject[32];
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  if (!osy_id_to_bytes (restaurant_id, subject) || !osy_id_to_bytes (order_id, subject + 16))
    return FALSE;
  osy_keyring_derive (ring, "order-token", key);
  osy_hmac_sha256 (key, subject, sizeof subject, mac);
  osy_wipe (key, sizeof key);
  memcpy (out, subject, 16);
  memcpy (out + 16, mac, MAC_SIZE);
  return TRUE;
}

char *
osy_order_token_new (OsyKeyring *ring, const char *restaurant_id, const char *order_id)
{
  guint8 token[TOKEN_SIZE];

  g_return_val_if_fail (compute (ring, restaurant_id, order_id, token), NULL);
  return osy_base64url_encode (token, sizeof token);
}

char *
osy_order_token_check (OsyKeyring *ring, const char *token, const char *order_id)
{
  guint8 expected[TOKEN_SIZE];
  gsize size = 0;

  if (token == NULL || strlen (token) > 64 || !osy_id_is_valid (order_id))
    return NULL;
  g_autoptr (GBytes) bytes = osy_base64url_decode (token);
  const guint8 *data = bytes ? g_bytes_get_data (bytes, &size) : NULL;
  if (size != TOKEN_SIZE)
    return NULL;
  g_autofree char *restaurant_id = osy_id_from_bytes (data);
  if (!compute (ring, restaurant_id, order_id, expected) ||
      !osy_constant_time_equal (data, size, expected, sizeof expected))
    return NULL;
  return g_steal_pointer (&restaurant_id);
}
