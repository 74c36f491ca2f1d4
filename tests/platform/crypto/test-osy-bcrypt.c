/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* bcrypt: known hashes, other hashes refused, nothing cut. */

#include <string.h>

#include "osy-crypto.h"

static void
test_known (void)
{
  /* From the test vectors of the crypt_blowfish distribution. */
  const char *hash = "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  g_assert_true (osy_bcrypt_verify ("U*U", hash));
  g_assert_false (osy_bcrypt_verify ("U*V", hash));
  g_assert_false (osy_bcrypt_verify ("", hash));
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = osy_bcrypt_hash ("secret", 4, &error);
  g_assert_no_error (error);
  g_autofree char *second = osy_bcrypt_hash ("secret", 4, &error);

  g_assert_cmpuint (strlen (first), ==, 60);
  g_assert_true (g_str_has_prefix (first, "$2b$04$"));
  g_assert_cmpstr (first, !=, second);
  g_assert_true (osy_bcrypt_verify ("secret", first));
  g_assert_true (osy_bcrypt_verify ("secret", second));
  g_assert_false (osy_bcrypt_verify ("Secret", first));
  g_assert_cmpuint (osy_bcrypt_cost (first), ==, 4);
}

/* The whole of a long secret counts; what bcrypt would cut does not verify. */
static void
test_long (void)
{
  g_autofree char *longest = g_strnfill (72, 'a');
  g_autofree char *longer = g_strnfill (73, 'a');
  g_autofree char *hash = osy_bcrypt_hash (longest, 4, NULL);

  g_assert_true (osy_bcrypt_verify (longest, hash));
  g_assert_false (osy_bcrypt_verify (longer, hash));
  longest[71] = 'b';
  g_assert_false (osy_bcrypt_verify (longest, hash));
}

static void
test_other_hashes (void)
{
  static const char *const hashes[] = {
      "",
      "*0",
      "x",
      "$1$abcdefgh$G//4keteveJp0qb8z2DxG/",
      "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEO"
      "faS35inz1",
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2b$5$$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2b$05$!!!!!!!!!!!!!!!!!!!!!.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hashes); i++)
    g_assert_false (osy_bcrypt_verify ("U*U", hashes[i]));
  g_assert_false (osy_bcrypt_verify ("U*U", NULL));
  g_assert_cmpuint (osy_bcrypt_cost ("$2y$05$x"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bcrypt/known", test_known);
  g_test_add_func ("/bcrypt/round-trip", test_round_trip);
  g_test_add_func ("/bcrypt/long", test_long);
  g_test_add_func ("/bcrypt/other-hashes", test_other_hashes);
  return g_test_run ();
}
