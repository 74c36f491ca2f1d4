/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Slips that are hard to print. */

#include "osy-slip-fixture.h"

char *
osy_slip_fixture_words (GRand *rand, guint most)
{
  static const char *const hard[] = {"똠", "햏",       "뷁", "가", "힣", "A", "z",  "0", " ",  " ",
                                     "\n", "·",        "₩",  "−",  "—",  "→", "×",  "é", "漢", "😀",
                                     "ﷺ",  "\xcc\x81", "\t", "~",  "\\", "`", "ㄱ", "①"};
  GString *words = g_string_new (NULL);
  guint n = (guint)g_rand_int_range (rand, 0, (gint32)most + 1);

  for (guint i = 0; i < n; i++)
    g_string_append (words, hard[g_rand_int_range (rand, 0, G_N_ELEMENTS (hard))]);
  return g_string_free (words, FALSE);
}

static void
add_random (OsySlip *slip, GRand *rand)
{
  g_autofree char *words = osy_slip_fixture_words (rand, 80);
  g_autofree char *side = osy_slip_fixture_words (rand, 12);
  int size = g_rand_int_range (rand, 1, 5);
  guint style = (guint)g_rand_int_range (rand, 0, 16);

  switch (g_rand_int_range (rand, 0, OSY_N_SLIP_KINDS)) {
  case OSY_SLIP_TEXT: osy_slip_text (slip, size, style, words); break;
  case OSY_SLIP_ROW:
    osy_slip_row (slip, size, style, words, g_rand_boolean (rand) ? "2" : NULL,
                  g_rand_boolean (rand) ? side : NULL);
    break;
  case OSY_SLIP_RULE: osy_slip_rule (slip); break;
  case OSY_SLIP_SPACE: osy_slip_space (slip, size); break;
  case OSY_SLIP_QR: osy_slip_qr (slip, words); break;
  case OSY_SLIP_CUT: osy_slip_cut (slip); break;
  case OSY_SLIP_BEEP: osy_slip_beep (slip); break;
  default: osy_slip_kick (slip);
  }
}

OsySlip *
osy_slip_fixture_random (GRand *rand)
{
  OsySlip *slip = osy_slip_new ();
  int n = g_rand_int_range (rand, 0, 12);

  for (int i = 0; i < n; i++) {
    g_autofree char *section = g_strdup_printf ("part%d", g_rand_int_range (rand, 0, 4));
    osy_slip_section (slip, g_rand_boolean (rand) ? section : NULL);
    add_random (slip, rand);
  }
  return slip;
}
