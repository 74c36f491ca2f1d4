/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Money in words: the sign stands before the currency, whatever the amount. */

#include "osc-words.h"

static void
test_money (void)
{
  static const struct {
    gint64 won;
    const char *words;
  } cases[] = {{0, "₩0"},
               {12000, "₩12,000"},
               {-22543, "−₩22,543"},
               {G_MAXINT64, "₩9,223,372,036,854,775,807"},
               {G_MININT64, "−₩9,223,372,036,854,775,808"}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *words = osc_words_money (cases[i].won);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/money", test_money);
  return g_test_run ();
}
