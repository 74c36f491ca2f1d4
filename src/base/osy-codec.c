/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Text forms of bytes, strict in reading. */

#include "osy-codec.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *
osy_base64url_encode (const guint8 *data, gsize len)
{
  GString *text = g_string_sized_new (len * 4 / 3 + 4);
  guint32 bits = 0;
  guint n_bits = 0;

  for (gsize i = 0; i < len; i++) {
    bits = (bits << 8) | data[i];
    for (n_bits += 8; n_bits >= 6; n_bits -= 6)
      g_string_append_c (text, alphabet[(bits >> (n_bits - 6)) & 63]);
  }
  if (n_bits > 0)
    g_string_append_c (text, alphabet[(bits << (6 - n_bits)) & 63]);
  return g_string_free (text, FALSE);
}

GBytes *
osy_base64url_decode (const char *text)
{
  gsize len = strlen (text);
  guint32 bits = 0;
  guint n_bits = 0;

  if (len % 4 == 1)
    return NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_sized_new (len * 3 / 4 + 1);
  for (gsize i = 0; i < len; i++) {
    const char *at = memchr (alphabet, text[i], sizeof alphabet - 1);
    if (at == NULL)
      return NULL;
    bits = (bits << 6) | (guint32)(at - alphabet);
    n_bits += 6;
    if (n_bits >= 8) {
      n_bits -= 8;
      guint8 byte = (guint8)(bits >> n_bits);
      g_byte_array_append (bytes, &byte, 1);
    }
  }
  if ((bits & ((1u << n_bits) - 1)) != 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

char *
osy_hex_encode (const guint8 *data, gsize len)
{
  static const char digits[] = "0123456789abcdef";
  char *text = g_malloc (len * 2 + 1);

  for (gsize i = 0; i < len; i++) {
    text[2 * i] = digits[data[i] >> 4];
    text[2 * i + 1] = digits[data[i] & 15];
  }
  text[2 * len] = '\0';
  return text;
}

GBytes *
osy_hex_decode (const char *text)
{
  gsize len = strlen (text);

  if (len % 2 != 0)
    return NULL;
  g_autofree guint8 *data = g_malloc (len / 2 + 1);
  for (gsize i = 0; i < len; i += 2) {
    int high = g_ascii_xdigit_value (text[i]);
    int low = g_ascii_xdigit_value (text[i + 1]);
    if (high < 0 || low < 0)
      return NULL;
    data[i / 2] = (guint8)(high << 4 | low);
  }
  return g_bytes_new_take (g_steal_pointer (&data), len / 2);
}

gboolean
osy_hex_decode_into (const char *text, guint8 *out, gsize len)
{
  g_autoptr (GBytes) bytes = osy_hex_decode (text);

  if (bytes == NULL || g_bytes_get_size (bytes) != len)
    return FALSE;
  memcpy (out, g_bytes_get_data (bytes, NULL), len);
  return TRUE;
}

gboolean
osy_constant_time_equal (const guint8 *a, gsize a_len, const guint8 *b, gsize b_len)
{
  volatile guint8 difference = 0;

  if (a_len != b_len)
    return FALSE;
  for (gsize i = 0; i < a_len; i++)
    difference |= (guint8)(a[i] ^ b[i]);
  return difference == 0;
}
