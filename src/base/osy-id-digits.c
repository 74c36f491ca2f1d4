/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ids as decimal digits, for codes on paper. */

#include "osy-id-digits.h"

#include <string.h>

#include "osy-id.h"

#define DIGITS 39 /* of 2^128 − 1 */

char *
osy_id_to_digits (const char *id)
{
  unsigned __int128 number = 0;
  char digits[DIGITS + 1] = {0};
  guint8 bytes[16];

  if (id == NULL || !osy_id_to_bytes (id, bytes))
    return NULL;
  for (gsize i = 0; i < sizeof bytes; i++)
    number = number << 8 | bytes[i];
  for (int i = DIGITS - 1; i >= 0; i--, number /= 10)
    digits[i] = (char)('0' + (int)(number % 10));
  return g_strdup (digits);
}

char *
osy_id_from_digits (const char *digits)
{
  const unsigned __int128 most = ~(unsigned __int128)0;
  unsigned __int128 number = 0;
  guint8 bytes[16];

  if (digits == NULL || strlen (digits) != DIGITS || strspn (digits, "0123456789") != DIGITS)
    return NULL;
  for (int i = 0; i < DIGITS; i++) {
    unsigned digit = (unsigned)(digits[i] - '0');
    if (number > (most - digit) / 10)
      return NULL;
    number = number * 10 + digit;
  }
  for (int i = (int)sizeof bytes - 1; i >= 0; i--, number >>= 8)
    bytes[i] = (guint8)number;
  return osy_id_from_bytes (bytes);
}
