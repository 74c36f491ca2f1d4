/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Dishes found by name, by initials and by both, however the text came to be. */

#include "osy-hangul.h"

static void
test_finds (void)
{
  static const struct {
    const char *haystack;
    const char *needle;
    gboolean found;
  } cases[] = {
      {"로제떡볶이", "떡볶", TRUE},
      {"로제떡볶이", "ㄹㅈ", TRUE},
      {"로제떡볶이", "ㄹㅈㄸㅂㅇ", TRUE},
      {"로제떡볶이", "로ㅈ떡", TRUE},
      {"로제떡볶이", "ㅈㄹ", FALSE},
      {"로제떡볶이", "ㄹㅈㄸㅂㅇㅎ", FALSE},
      /* a doubled initial is a letter of its own */
      {"떡", "ㄷ", FALSE},
      {"떡", "ㄸ", TRUE},
      /* a vowel, or a syllable without its final, is no initial */
      {"떡", "ㅓ", FALSE},
      {"떡", "떠", FALSE},
      /* every first and last syllable of the table */
      {"가힣", "ㄱㅎ", TRUE},
      {"깋까", "ㄱㄲ", TRUE},
      /* blanks on either side */
      {"김치 볶음밥", "ㄱㅊㅂㅇㅂ", TRUE},
      {"김치볶음밥", "김치 볶음", TRUE},
      {"김치\u3000볶음밥", "치볶", TRUE},
      /* letter case, also beyond ASCII */
      {"Classic Gimbap", "GIM", TRUE},
      {"CAFÉ 라떼", "café ㄹ", TRUE},
      /* decomposed text, as some systems write file names */
      {"\u1105\u1169\u110c\u1166", "로제", TRUE},
      {"로제", "\u1105\u1169", TRUE},
      /* an input method joins ㄱㅅ to one letter */
      {"감사세트", "ㄳ", TRUE},
      {"버섯", "ㅄ", TRUE},
      {"물만두", "ㄻ", FALSE},
      {"라면", "ㄻ", TRUE},
      {"ㅋㅋ떡볶이", "ㅋㅋㄸ", TRUE},
      {"떡볶이", "", TRUE},
      {"떡볶이", " ", TRUE},
      {"", "떡", FALSE},
      {NULL, "떡", FALSE},
      {"떡", NULL, TRUE},
      {"떡\xff", "떡", FALSE},
      {"떡", "\xeb\x96", FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("case %u", i);
    g_assert_cmpint (osy_hangul_matches (cases[i].haystack, cases[i].needle), ==, cases[i].found);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hangul/finds", test_finds);
  return g_test_run ();
}
