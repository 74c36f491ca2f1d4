/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Business registration numbers: known good ones, and what must not pass. */

#include "osy-business-number.h"

static void
test_valid (void)
{
  static const char *const numbers[] = {"1234567891", "1248100998", "2208162517",
                                        "1208800767", "2118700620", "4118601799"};

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_autofree char *digits = osy_business_number_normalise (numbers[i]);
    g_assert_cmpstr (digits, ==, numbers[i]);
  }
  g_autofree char *typed = osy_business_number_normalise (" 124-81-00998 ");
  g_assert_cmpstr (typed, ==, "1248100998");
}

static void
test_invalid (void)
{
  static const char *const numbers[] = {
      "1234567890", "0000000000",   "", "124810099", "12481009980",
      "12481o0998", "124.81.00998", "-"};

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_null (osy_business_number_normalise (numbers[i]));
  g_assert_null (osy_business_number_normalise (NULL));
}

/* Every single wrong digit is caught: that is what the check digit is for. */
static void
test_one_wrong_digit (void)
{
  for (int place = 0; place < 10; place++)
    for (char digit = '0'; digit <= '9'; digit++) {
      g_autofree char *number = g_strdup ("1248100998");
      if (number[place] == digit)
        continue;
      number[place] = digit;
      g_assert_null (osy_business_number_normalise (number));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shop/business-number/valid", test_valid);
  g_test_add_func ("/shop/business-number/invalid", test_invalid);
  g_test_add_func ("/shop/business-number/one-wrong-digit", test_one_wrong_digit);
  return g_test_run ();
}
