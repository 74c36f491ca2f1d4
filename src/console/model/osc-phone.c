/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Phone numbers as people in Korea write them: the area (02, 0xx, 0505 …), then the exchange, then
 * four digits; 15xx-xxxx and the like without an area. */

#include "osc-phone.h"

#include <string.h>

/* Digits alone, +82 as 0; NULL when there is anything that is no number. */
static char *
digits_of (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *rest = g_str_has_prefix (typed, "+82") ? typed + 3 : typed;

  for (const char *c = rest; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
    else if (strchr ("-. ()", *c) == NULL)
      return NULL;
  }
  if (rest != typed && digits->len > 0 && digits->str[0] != '0')
    g_string_prepend_c (digits, '0');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* How many digits the first part has; 0: the number has no area. */
static gsize
area_length (const char *digits)
{
  if (digits[0] != '0')
    return 0;
  if (digits[1] == '2')
    return 2;
  if (digits[1] == '5' && digits[2] == '0' && strlen (digits) > 11)
    return 4;
  return 3;
}

static void
append_rest (GString *text, const char *rest)
{
  gsize length = strlen (rest);
  gsize head = length > 7 ? 4 : 3;

  if (text->len > 0 && length > 0)
    g_string_append_c (text, '-');
  if (length <= head) {
    g_string_append (text, rest);
    return;
  }
  g_string_append_len (text, rest, (gssize)head);
  g_string_append_printf (text, "-%s", rest + head);
}

char *
osc_phone_format (const char *typed)
{
  g_return_val_if_fail (typed != NULL, NULL);
  g_autofree char *digits = digits_of (typed);
  g_autoptr (GString) text = g_string_new (NULL);

  if (digits == NULL || strlen (digits) > 12)
    return g_strdup (typed);
  gsize area = MIN (area_length (digits), strlen (digits));
  g_string_append_len (text, digits, (gssize)area);
  append_rest (text, digits + area);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
osc_phone_is_valid (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);
  gboolean foreign = text[0] == '+' && !g_str_has_prefix (text, "+82");
  g_autofree char *digits = digits_of (foreign ? text + 1 : text);
  gsize length = digits != NULL ? strlen (digits) : 0;

  if (foreign)
    return length >= 8 && length <= 15;
  if (length == 8)
    return digits[0] == '1';
  return length >= 9 && length <= 12 && digits[0] == '0';
}
