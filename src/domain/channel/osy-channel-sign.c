/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Signatures of channels, the same both ways. */

#include "osy-channel-sign.h"

#include <string.h>

#include "osy-channel.h"
#include "osy-codec.h"
#include "osy-crypto.h"

G_STATIC_ASSERT (OSY_CHANNEL_SECRET_SIZE == OSY_KEY_SIZE);

char *
osy_channel_sign (const char *secret, const char *timestamp, GBytes *body)
{
  g_autoptr (GByteArray) text = g_byte_array_new ();
  guint8 key[OSY_KEY_SIZE] = {0};
  guint8 mac[32];
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (body, &size);

  memcpy (key, secret, MIN (strlen (secret), sizeof key));
  g_byte_array_append (text, (const guint8 *)timestamp, (guint)strlen (timestamp));
  g_byte_array_append (text, (const guint8 *)".", 1);
  g_byte_array_append (text, bytes, (guint)size);
  osy_hmac_sha256 (key, text->data, text->len, mac);
  osy_wipe (key, sizeof key);
  g_autofree char *hex = osy_hex_encode (mac, sizeof mac);
  return g_strconcat ("v1=", hex, NULL);
}

gboolean
osy_channel_is_signed (const char *secret, const OsyChannelCall *call, gint64 now)
{
  const char *timestamp = call->timestamp != NULL ? call->timestamp : "";
  const char *signature = call->signature != NULL ? call->signature : "";
  g_autofree char *wanted = osy_channel_sign (secret, timestamp, call->body);
  gint64 at = 0;
  gboolean same = osy_constant_time_equal ((const guint8 *)wanted, strlen (wanted),
                                           (const guint8 *)signature, strlen (signature));
  gboolean timely = g_ascii_string_to_signed (timestamp, 10, 0, G_MAXUINT32, &at, NULL) &&
                    ABS (now / G_USEC_PER_SEC - at) <= OSY_CHANNEL_LEEWAY_S;

  return same && timely;
}
