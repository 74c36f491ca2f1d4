/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Won amounts: checked arithmetic, VAT, and the text of prices. */

#include "osy-money.h"

#include <string.h>

static gboolean
in_range (gint64 amount)
{
  return amount >= -OSY_MONEY_MAX && amount <= OSY_MONEY_MAX;
}

gboolean
osy_money_add (gint64 a, gint64 b, gint64 *ret)
{
  gint64 sum;

  if (__builtin_add_overflow (a, b, &sum) || !in_range (sum))
    return FALSE;
  *ret = sum;
  return TRUE;
}

gboolean
osy_money_mul (gint64 a, gint64 n, gint64 *ret)
{
  gint64 product;

  if (__builtin_mul_overflow (a, n, &product) || !in_range (product))
    return FALSE;
  *ret = product;
  return TRUE;
}

void
osy_money_split_vat (gint64 taxable, gint64 *supply, gint64 *vat)
{
  /* A refund takes back exactly what was charged, so signs are mirrored. */
  gint64 size = ABS (taxable);
  gint64 part = (size * 10 + 5) / 11;

  *supply = taxable < 0 ? -part : part;
  *vat = taxable - *supply;
}

char *
osy_money_format (gint64 won)
{
  g_autofree char *digits =
      g_strdup_printf ("%" G_GUINT64_FORMAT, won < 0 ? -(guint64)won : (guint64)won);
  gsize len = strlen (digits);
  GString *text = g_string_sized_new (len + len / 3 + 4);

  if (won < 0)
    g_string_append (text, "\xe2\x88\x92");
  for (gsize i = 0; i < len; i++) {
    if (i > 0 && (len - i) % 3 == 0)
      g_string_append_c (text, ',');
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}

/* Skips what may stand around a price; NULL when @p stands on something else. */
static const char *
skip_marks (const char *p)
{
  static const char *const marks[] = {
      " ", "\t", "\xc2\xa0", "\xe2\x82\xa9", "\xef\xbf\xa6", "\xec\x9b\x90", "KRW"};

  for (gboolean found = TRUE; found;) {
    found = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
      if (g_str_has_prefix (p, marks[i])) {
        p += strlen (marks[i]);
        found = TRUE;
      }
  }
  return p;
}

gboolean
osy_money_parse (const char *text, gint64 *ret)
{
  const char *p = skip_marks (text);
  gint64 amount = 0;
  gsize digits = 0;
  gsize group = 0; /* digits since the last comma; 0 before the first one */
  gboolean grouped = FALSE;

  for (; g_ascii_isdigit (*p) || *p == ','; p++) {
    if (*p == ',') {
      if (digits == 0 || (grouped ? group != 3 : digits > 3))
        return FALSE;
      grouped = TRUE;
      group = 0;
      continue;
    }
    amount = amount * 10 + (*p - '0');
    if (amount > OSY_MONEY_MAX)
      return FALSE;
    digits++;
    group++;
  }
  if (digits == 0 || (grouped && group != 3) || *skip_marks (p) != '\0')
    return FALSE;
  *ret = amount;
  return TRUE;
}
