/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which PINs are taken. */

#include "osy-auth-pin.h"

static gboolean
accepts (const char *pin)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_auth_pin_check (pin, "/pin", &error);

  g_assert_true (ok == (error == NULL));
  return ok;
}

static void
test_easy (void)
{
  static const char *const bad[] = {"0000", "1111",   "999999", "1234",   "4321",  "7890",
                                    "0987", "1212",   "121212", "123123", "1122",  "9900",
                                    "1987", "2026",   "2580",   "0852",   "12345", "567890",
                                    "5555", "010101", "890123"};
  static const char *const good[] = {"4093", "7391", "38275", "604918", "1357", "0486", "8253"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    g_assert_false (accepts (bad[i]));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_test_message ("%s", good[i]);
    g_assert_true (accepts (good[i]));
  }
}

static void
test_form (void)
{
  static const char *const bad[] = {"", "409", "4093175", "40a3", "40 3", "-409", "٤٠٩٣", "4093\n"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (accepts (bad[i]));
}

/* Not so many are refused that those left could be guessed. */
static void
test_how_many (void)
{
  guint taken = 0;

  for (guint i = 0; i < 10000; i++) {
    g_autofree char *pin = g_strdup_printf ("%04u", i);
    taken += accepts (pin);
  }
  g_test_message ("%u of 10,000", taken);
  g_assert_cmpuint (taken, >, 9500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/pin/easy", test_easy);
  g_test_add_func ("/auth/pin/form", test_form);
  g_test_add_func ("/auth/pin/how-many", test_how_many);
  return g_test_run ();
}
