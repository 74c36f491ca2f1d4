/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Passwords: what is accepted, that the right one alone opens, and the queue's end. */

#include <string.h>

#include "osy-password.h"

static const guint8 pepper[OSY_KEY_SIZE] = "0123456789abcdef0123456789abcde";

static gboolean
accepts (const char *password, const char *word)
{
  const char *const words[] = {word, NULL};
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_password_check (password, words, "/password", &error);

  g_assert_true (ok == (error == NULL));
  if (!ok)
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  return ok;
}

static void
test_policy (void)
{
  g_autofree char *longest = g_strnfill (128, 'x');
  g_autofree char *longer = g_strnfill (129, 'x');

  g_assert_true (accepts ("correct horse battery", "shop"));
  g_assert_true (accepts ("달빛분식맛있어요", "shop"));
  g_assert_true (accepts (longest, "shop"));
  g_assert_false (accepts (longer, "shop"));
  g_assert_false (accepts ("seven77", "shop"));
  g_assert_false (accepts ("", "shop"));
  g_assert_false (accepts ("PassWord123", "shop"));
  g_assert_false (accepts ("\xff\xff\xff\xff\xff\xff\xff\xff", "shop"));
  g_assert_false (accepts ("moonlight snack", "Moonlight Snack"));
  g_assert_false (accepts ("moonlight snack2024!", "Moonlight Snack"));
  g_assert_true (accepts ("moonlight and a snack", "Moonlight Snack"));
}

/* One of each rule of data/common-passwords.py, and near misses that are fine. */
static void
test_common (void)
{
  static const char *const bad[] = {
      "password",   "Passw0rd!", "qwertyuiop",   "poiuytrewq", "1qaz2wsx", "zaq1xsw2",
      "q1w2e3r4",   "asdf1234",  "11112222",     "12121212",   "99999999", "98765432",
      "abcdefgh",   "hgfedcba",  "welcome123",   "kimchi2024", "kimminsu", "kimminsu1",
      "tkfkdgo1",   "dkssud12",  "dkssudgktpdy", "147258369",  "iloveyou", "ordersync1",
      "dragon1234", "seoul2025", "trustno1",     "superman1",
  };
  static const char *const good[] = {"gentle rain over jeju", "Tr0ub4dor and three",
                                     "kimminsu likes rain", "vq7-kk2m-p", "비 오는 날의 부침개"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    g_assert_false (accepts (bad[i], "shop"));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (accepts (good[i], "shop"));
}

static OsyPasswordHasher *
new_hasher (void)
{
  OsyPasswordHasher *hasher = osy_password_hasher_new (pepper);

  osy_password_hasher_set_cost (hasher, 4);
  return hasher;
}

static void
test_verify (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyPasswordHasher) hasher = new_hasher ();
  g_autofree char *hash = osy_password_hasher_hash (hasher, "cafe\u0301 secret", &error);

  g_assert_no_error (error);
  g_assert_true (osy_password_hasher_verify (hasher, "cafe\u0301 secret", hash));
  g_assert_true (osy_password_hasher_verify (hasher, "caf\u00e9 secret", hash));
  g_assert_false (osy_password_hasher_verify (hasher, "cafe secret", hash));
  g_assert_false (osy_password_hasher_verify (hasher, "", hash));
  g_assert_false (osy_password_hasher_verify (hasher, "cafe\u0301 secret", NULL));
}

/* bcrypt alone would take these two for the same. */
static void
test_beyond_72_bytes (void)
{
  g_autoptr (OsyPasswordHasher) hasher = new_hasher ();
  g_autofree char *base = g_strnfill (80, 'a');
  g_autofree char *one = g_strconcat (base, "1", NULL);
  g_autofree char *two = g_strconcat (base, "2", NULL);
  g_autofree char *hash = osy_password_hasher_hash (hasher, one, NULL);

  g_assert_true (osy_password_hasher_verify (hasher, one, hash));
  g_assert_false (osy_password_hasher_verify (hasher, two, hash));
}

/* A stolen table is worthless without the pepper. */
static void
test_pepper (void)
{
  static const guint8 other[OSY_KEY_SIZE] = {1};
  g_autoptr (OsyPasswordHasher) hasher = new_hasher ();
  g_autoptr (OsyPasswordHasher) thief = osy_password_hasher_new (other);
  g_autofree char *hash = osy_password_hasher_hash (hasher, "a good password", NULL);

  g_assert_false (osy_password_hasher_verify (thief, "a good password", hash));
}

/* The answer for nobody costs a real bcrypt: else the time would tell who has an account. */
static void
test_unknown_costs_the_same (void)
{
  g_autoptr (OsyPasswordHasher) hasher = osy_password_hasher_new (pepper);
  osy_password_hasher_set_cost (hasher, 8);
  g_autofree char *hash = osy_password_hasher_hash (hasher, "a good password", NULL);
  gint64 begin = g_get_monotonic_time ();
  for (int i = 0; i < 5; i++)
    g_assert_false (osy_password_hasher_verify (hasher, "wrong", hash));
  gint64 middle = g_get_monotonic_time ();
  for (int i = 0; i < 5; i++)
    g_assert_false (osy_password_hasher_verify (hasher, "wrong", NULL));
  gint64 end = g_get_monotonic_time ();

  /* Generous: a skipped bcrypt is a thousand times faster. */
  g_assert_cmpint (end - middle, >, (middle - begin) / 10);
}

typedef struct {
  int right;
  int wrong;
  int refused;
} Count;

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Count *count = user_data;
  g_autoptr (GError) error = NULL;
  gboolean right = FALSE;

  if (!osy_password_hasher_verify_finish (OSY_PASSWORD_HASHER (source), result, &right, &error)) {
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
    count->refused++;
  } else if (right) {
    count->right++;
  } else {
    count->wrong++;
  }
}

static void
test_queue (void)
{
  g_autoptr (OsyPasswordHasher) hasher = new_hasher ();
  g_autofree char *hash = osy_password_hasher_hash (hasher, "a good password", NULL);
  Count count = {0};

  osy_password_hasher_set_cost (hasher, 8);
  for (int i = 0; i < 60; i++)
    osy_password_hasher_verify_async (hasher, i % 2 ? "wrong" : "a good password",
                                      i % 2 ? NULL : hash, verified_cb, &count);
  while (count.right + count.wrong + count.refused < 60)
    g_main_context_iteration (NULL, TRUE);
  /* One runs and twenty wait; a few may have ended while the rest was queued. */
  g_assert_cmpint (count.right + count.wrong, >=, 21);
  g_assert_cmpint (count.refused, >=, 20);
  g_assert_cmpint (count.right, >=, 10);
  g_assert_cmpint (count.wrong, >=, 10);
}

static void
hashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **ret = user_data;

  *ret = osy_password_hasher_hash_finish (OSY_PASSWORD_HASHER (source), result, NULL);
}

static void
test_hash_async (void)
{
  g_autoptr (OsyPasswordHasher) hasher = new_hasher ();
  g_autofree char *hash = NULL;

  osy_password_hasher_hash_async (hasher, "a good password", hashed_cb, &hash);
  while (hash == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (osy_password_hasher_verify (hasher, "a good password", hash));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/password/common", test_common);
  g_test_add_func ("/auth/password/policy", test_policy);
  g_test_add_func ("/auth/password/verify", test_verify);
  g_test_add_func ("/auth/password/beyond-72-bytes", test_beyond_72_bytes);
  g_test_add_func ("/auth/password/pepper", test_pepper);
  g_test_add_func ("/auth/password/unknown-costs-the-same", test_unknown_costs_the_same);
  g_test_add_func ("/auth/password/queue", test_queue);
  g_test_add_func ("/auth/password/hash-async", test_hash_async);
  return g_test_run ();
}
