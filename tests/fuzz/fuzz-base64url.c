/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* base64url and hexadecimal: what is read is printed as it was. */

#include <string.h>

#include "fuzz.h"
#include "osy-codec.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GBytes) bytes = osy_base64url_decode (text);
  g_autoptr (GBytes) hex = osy_hex_decode (text);

  if (bytes != NULL) {
    g_autofree char *again =
        osy_base64url_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_assert_cmpstr (again, ==, text);
  }
  if (hex != NULL) {
    g_autofree char *again = osy_hex_encode (g_bytes_get_data (hex, NULL), g_bytes_get_size (hex));
    g_assert_cmpint (g_ascii_strcasecmp (again, text), ==, 0);
  }
  g_autofree char *encoded = osy_base64url_encode (data, size);
  g_autoptr (GBytes) back = osy_base64url_decode (encoded);
  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), data, size);
  return 0;
}
