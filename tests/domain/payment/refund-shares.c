/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Gives back what each line of standard input says, for test_refund_shares.py, which knows better.
 * A line: amount, tax-free of it, then pairs of won to give back and how much of it is tax-free
 * (-1: in proportion). Answers: supply, VAT, then tax-free and VAT of each; a refused one is "- -".
 */

#include <stdio.h>
#include <stdlib.h>

#include "osy-money.h"
#include "osy-payment.h"

static void
give_back (OsyRefundBase *base, gint64 wanted, gint64 tax_free)
{
  gint64 vat = 0;

  if (!osy_refund_share (base, wanted, &tax_free, &vat)) {
    printf (" - -");
    return;
  }
  printf (" %" G_GINT64_FORMAT " %" G_GINT64_FORMAT, tax_free, vat);
  base->held += wanted;
  base->held_tax_free += tax_free;
  base->held_vat += vat;
}

int
main (void)
{
  char *text = NULL;
  size_t size = 0;

  while (getline (&text, &size, stdin) > 0) {
    char *at = text;
    OsyRefundBase base = {.amount = strtoll (at, &at, 10), .tax_free = strtoll (at, &at, 10)};
    gint64 supply;
    gint64 vat;
    osy_money_split_vat (base.amount - base.tax_free, &supply, &vat);
    printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, supply, vat);
    for (char *next = at; *at != '\n' && *at != '\0'; at = next) {
      gint64 wanted = strtoll (at, &next, 10);
      give_back (&base, wanted, strtoll (next, &next, 10));
    }
    putchar ('\n');
  }
  free (text);
  return 0;
}
