/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A price that is read lies in range and reads back from its printed form. */

#include "fuzz.h"
#include "osy-money.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  gint64 won, again, supply, vat;

  if (!osy_money_parse (text, &won))
    return 0;
  g_assert_cmpint (won, >=, 0);
  g_assert_cmpint (won, <=, OSY_MONEY_MAX);
  g_autofree char *printed = osy_money_format (won);
  g_assert_true (osy_money_parse (printed, &again));
  g_assert_cmpint (again, ==, won);
  osy_money_split_vat (won, &supply, &vat);
  g_assert_cmpint (supply + vat, ==, won);
  return 0;
}
