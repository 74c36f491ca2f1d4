/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Amounts as people type them. */

#include "osc-amount.h"

#include "osy-stock.h"

gboolean
osc_amount_read (const char *text, gint64 *ret)
{
  gint64 value = 0;
  int behind = -1;

  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '.' && behind < 0)
      behind = 0;
    else if (!g_ascii_isdigit (*at) || behind == 3 || value > OSY_STOCK_MAX)
      return FALSE;
    else {
      value = value * 10 + (*at - '0');
      behind += behind >= 0;
    }
  }
  for (int i = MAX (behind, 0); i < 3; i++)
    value *= 10;
  *ret = value;
  return text[0] != '\0' && !g_str_equal (text, ".");
}

char *
osc_amount_print (gint64 thousandths)
{
  gint64 rest = ABS (thousandths) % OSY_STOCK_ONE;
  const char *sign = thousandths < 0 ? "-" : "";
  gint64 whole = ABS (thousandths) / OSY_STOCK_ONE;

  if (rest == 0)
    return g_strdup_printf ("%s%" G_GINT64_FORMAT, sign, whole);
  int digits = 3;
  for (; rest % 10 == 0; digits--)
    rest /= 10;
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%0*d", sign, whole, digits, (int)rest);
}
