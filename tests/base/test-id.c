/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* UUID v7: form, order of making within and across threads, no two alike. */

#include <string.h>

#include "osy-id-digits.h"
#include "osy-id.h"

static void
test_form (void)
{
  gint64 before = g_get_real_time () / 1000;
  g_autofree char *id = osy_id_new ();
  gint64 after = g_get_real_time () / 1000;
  guint8 bytes[16];

  g_assert_true (osy_id_is_valid (id));
  g_assert_true (osy_id_to_bytes (id, bytes));
  g_assert_cmpint (id[14], ==, '7');
  g_assert_cmpint (bytes[8] & 0xc0, ==, 0x80);
  gint64 ms = 0;
  for (int i = 0; i < 6; i++)
    ms = ms << 8 | bytes[i];
  g_assert_cmpint (ms, >=, before);
  g_assert_cmpint (ms, <=, after);
}

static void
test_order (void)
{
  g_autofree char *last = osy_id_new ();

  for (int i = 0; i < 50000; i++) {
    char *id = osy_id_new ();
    g_assert_cmpstr (last, <, id);
    g_free (last);
    last = id;
  }
}

#define N_THREADS 4
#define N_IDS 20000

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_full (N_IDS, g_free);

  for (int i = 0; i < N_IDS; i++)
    g_ptr_array_add (ids, osy_id_new ());
  return ids;
}

static void
test_threads (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[N_THREADS];
  GPtrArray *ids[N_THREADS];

  for (int t = 0; t < N_THREADS; t++)
    threads[t] = g_thread_new ("ids", make_ids, NULL);
  for (int t = 0; t < N_THREADS; t++)
    ids[t] = g_thread_join (threads[t]);
  for (int t = 0; t < N_THREADS; t++)
    for (int i = 0; i < N_IDS; i++) {
      /* Not even the first half, time and counter, comes twice. */
      ((char *)ids[t]->pdata[i])[18] = '\0';
      g_assert_true (g_hash_table_add (seen, ids[t]->pdata[i]));
      if (i > 0)
        g_assert_cmpstr (ids[t]->pdata[i - 1], <, ids[t]->pdata[i]);
    }
  for (int t = 0; t < N_THREADS; t++)
    g_ptr_array_unref (ids[t]);
}

static void
test_valid (void)
{
  static const char *const wrong[] = {
      "",
      "0190a5c2-7d1e-7abc-8def-0123456789a",
      "0190a5c2-7d1e-7abc-8def-0123456789abc",
      "0190A5C2-7d1e-7abc-8def-0123456789ab",
      "0190a5c2-7d1e-7abc-8def-0123456789ag",
      "0190a5c2_7d1e-7abc-8def-0123456789ab",
      "0190a5c27d1e-7abc-8def-0123456789ab-",
      "{190a5c2-7d1e-7abc-8def-0123456789a}",
      "0190a5c2-7d1e-7abc-8def-01234567 9ab",
  };
  guint8 bytes[16];

  g_assert_true (osy_id_is_valid ("00000000-0000-0000-0000-000000000000"));
  g_assert_false (osy_id_is_valid (NULL));
  g_assert_false (osy_id_to_bytes (NULL, bytes));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (osy_id_is_valid (wrong[i]));
    g_assert_false (osy_id_to_bytes (wrong[i], bytes));
  }
}

static void
test_bytes (void)
{
  const guint8 bytes[16] = {0x01, 0x90, 0xa5, 0xc2, 0x7d, 0x1e, 0x7a, 0xbc,
                            0x8d, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab};
  guint8 back[16];
  g_autofree char *id = osy_id_from_bytes (bytes);

  g_assert_cmpstr (id, ==, "0190a5c2-7d1e-7abc-8def-0123456789ab");
  g_assert_true (osy_id_to_bytes (id, back));
  g_assert_cmpmem (back, 16, bytes, 16);
}

static void
test_random (void)
{
  guint8 a[600] = {0}, b[600] = {0};
  g_autofree char *token = osy_random_token (32);
  g_autofree char *other = osy_random_token (32);

  osy_random_bytes (a, sizeof a);
  osy_random_bytes (b, sizeof b);
  g_assert_cmpint (memcmp (a, b, sizeof a), !=, 0);
  /* Also the last piece of a request larger than the kernel gives at once. */
  g_assert_cmpint (memcmp (a + 570, b + 570, 30), !=, 0);
  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpstr (token, !=, other);
}

/* There and back, at both ends of what there is; what is no id is none. */
static void
test_digits (void)
{
  static const char *const ids[] = {"00000000-0000-0000-0000-000000000000",
                                    "ffffffff-ffff-ffff-ffff-ffffffffffff",
                                    "01940000-0000-7000-8000-00000000000a"};

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *digits = osy_id_to_digits (ids[i]);
    g_autofree char *back = osy_id_from_digits (digits);
    g_assert_cmpuint (strlen (digits), ==, 39);
    g_assert_cmpstr (back, ==, ids[i]);
  }
  g_autofree char *most = osy_id_to_digits (ids[1]);
  g_assert_cmpstr (most, ==, "340282366920938463463374607431768211455");
  g_assert_null (osy_id_from_digits ("340282366920938463463374607431768211456"));
  g_assert_null (osy_id_from_digits ("37"));
  g_assert_null (osy_id_from_digits ("34028236692093846346337460743176821145x"));
  g_assert_null (osy_id_from_digits (NULL));
  g_assert_null (osy_id_to_digits ("37"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id/form", test_form);
  g_test_add_func ("/id/order", test_order);
  g_test_add_func ("/id/threads", test_threads);
  g_test_add_func ("/id/valid", test_valid);
  g_test_add_func ("/id/bytes", test_bytes);
  g_test_add_func ("/id/random", test_random);
  g_test_add_func ("/id/digits", test_digits);
  return g_test_run ();
}
