/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Text forms of bytes: canonical both ways. */

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"

static void
test_base64url_known (void)
{
  static const char *const pairs[][2] = {
      {"", ""},
      {"f", "Zg"},
      {"fo", "Zm8"},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg"},
      {"fooba", "Zm9vYmE"},
      {"\xfb\xff\xfe", "-__-"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++) {
    gsize len = strlen (pairs[i][0]);
    g_autofree char *text = osy_base64url_encode ((const guint8 *)pairs[i][0], len);
    g_assert_cmpstr (text, ==, pairs[i][1]);
    g_autoptr (GBytes) bytes = osy_base64url_decode (text);
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), pairs[i][0], len);
  }
}

static void
test_base64url_strict (void)
{
  static const char *const texts[] = {
      "Z",     "Zg==", "Zg=",   "Zh",   "Zm9",  "Zm9v\n",   " Zm9v",
      "Zm 9v", "+/",   "Zm9vY", "====", "Zm9*", "\xc3\xa9", "-_-",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (osy_base64url_decode (texts[i]));
}

static void
test_round_trip (void)
{
  guint8 data[100];

  for (gsize len = 0; len <= sizeof data; len++) {
    osy_random_bytes (data, len);
    g_autofree char *text = osy_base64url_encode (data, len);
    g_autofree char *hex = osy_hex_encode (data, len);
    g_autoptr (GBytes) from_text = osy_base64url_decode (text);
    g_autoptr (GBytes) from_hex = osy_hex_decode (hex);
    g_assert_cmpuint (strlen (hex), ==, 2 * len);
    g_assert_cmpmem (g_bytes_get_data (from_text, NULL), g_bytes_get_size (from_text), data, len);
    g_assert_cmpmem (g_bytes_get_data (from_hex, NULL), g_bytes_get_size (from_hex), data, len);
  }
}

/* Whatever is read is printed as it was: no two texts stand for the same bytes. */
static void
test_canonical (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (int i = 0; i < 20000; i++) {
    char text[8] = "";
    int len = g_rand_int_range (rand, 0, 8);
    for (int j = 0; j < len; j++)
      text[j] = "ABZaz09-_+/= "[g_rand_int_range (rand, 0, 13)];
    g_autoptr (GBytes) bytes = osy_base64url_decode (text);
    if (bytes == NULL)
      continue;
    g_autofree char *again =
        osy_base64url_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    g_assert_cmpstr (again, ==, text);
  }
}

static void
test_hex_strict (void)
{
  static const char *const texts[] = {"0", "0g", "g0", "0x00", " 00", "00 ", "\xc3\xa9"};
  g_autoptr (GBytes) upper = osy_hex_decode ("FF0a");

  g_assert_cmpmem (g_bytes_get_data (upper, NULL), g_bytes_get_size (upper), "\xff\x0a", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (osy_hex_decode (texts[i]));
}

static void
test_equal (void)
{
  const guint8 a[] = {1, 2, 3}, b[] = {1, 2, 4}, c[] = {0, 2, 3};

  g_assert_true (osy_constant_time_equal (a, 3, a, 3));
  g_assert_false (osy_constant_time_equal (a, 3, b, 3));
  g_assert_false (osy_constant_time_equal (a, 3, c, 3));
  g_assert_false (osy_constant_time_equal (a, 3, a, 2));
  g_assert_true (osy_constant_time_equal (a, 2, b, 2));
  g_assert_true (osy_constant_time_equal (NULL, 0, NULL, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/base64url-known", test_base64url_known);
  g_test_add_func ("/codec/base64url-strict", test_base64url_strict);
  g_test_add_func ("/codec/round-trip", test_round_trip);
  g_test_add_func ("/codec/canonical", test_canonical);
  g_test_add_func ("/codec/hex-strict", test_hex_strict);
  g_test_add_func ("/codec/equal", test_equal);
  return g_test_run ();
}
