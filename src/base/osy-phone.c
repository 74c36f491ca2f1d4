/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Phone numbers as values to compare, however they were typed. */

#include "osy-phone.h"

#include <string.h>

#define MIN_DIGITS 9
#define MAX_DIGITS 15

char *
osy_phone_digits (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *rest = phone;

  if (g_str_has_prefix (phone, "+82")) {
    g_string_append_c (digits, '0');
    rest += strlen ("+82");
    rest += strspn (rest, " -()0");
  }
  for (const char *p = rest; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_strdup (digits->str);
}

gboolean
osy_phone_is_personal (const char *digits)
{
  gsize length = strlen (digits);

  return length >= MIN_DIGITS && length <= MAX_DIGITS && !g_str_has_prefix (digits, "050");
}
