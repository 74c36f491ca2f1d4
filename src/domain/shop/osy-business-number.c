/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The check digit of Korean business registration numbers. */

#include "osy-business-number.h"

#include <string.h>

#define DIGITS 10

static gboolean
check_digit_holds (const char *digits)
{
  static const int weights[DIGITS - 1] = {1, 3, 7, 1, 3, 7, 1, 3, 5};
  int sum = (digits[8] - '0') * 5 / 10;

  for (int i = 0; i < DIGITS - 1; i++)
    sum += (digits[i] - '0') * weights[i];
  return (10 - sum % 10) % 10 == digits[9] - '0';
}

char *
osy_business_number_normalise (const char *text)
{
  char digits[DIGITS + 1] = {0};
  int n = 0;

  if (text == NULL)
    return NULL;
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '-' || *p == ' ')
      continue;
    if (!g_ascii_isdigit (*p) || n == DIGITS)
      return NULL;
    digits[n++] = *p;
  }
  /* Ten zeros satisfy the sum, but nobody has that number. */
  if (n != DIGITS || strcmp (digits, "0000000000") == 0 || !check_digit_holds (digits))
    return NULL;
  return g_strdup (digits);
}
