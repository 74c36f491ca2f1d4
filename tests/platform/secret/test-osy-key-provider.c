/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The key file and the mark that names the provider. */

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-keyring.h"

typedef struct {
  char *dir;
  char *path;
  OsyKeyProvider *provider;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("osy-key-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "keys", "data.key", NULL);
  f->provider = osy_key_provider_file (f->path);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_tree (f->dir);
  g_free (f->dir);
  g_free (f->path);
  g_object_unref (f->provider);
}

static GBytes *
create (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GBytes *key = osy_key_provider_create (f->provider, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (key), ==, OSY_KEY_SIZE);
  return key;
}

static void
assert_unavailable (OsyKeyProvider *provider, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = osy_key_provider_load (provider, &error);

  g_assert_null (key);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
  if (strstr (error->message, what) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, what);
}

static void
test_create_and_load (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (f->path);
  g_autofree char *text = NULL;
  struct stat info;

  assert_unavailable (f->provider, "is missing");
  g_autoptr (GBytes) made = create (f);
  g_autoptr (GBytes) loaded = osy_key_provider_load (f->provider, NULL);
  g_assert_true (g_bytes_equal (made, loaded));
  g_assert_cmpstr (osy_key_provider_get_name (f->provider), ==, "file");

  g_assert_cmpint (stat (f->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (folder, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0700);
  /* Nothing half-written stays behind. */
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, "data.key");
  g_assert_null (g_dir_read_name (dir));
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpuint (strlen (text), ==, 65);
}

static void
test_never_replaced (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) made = create (f);
  g_autoptr (GBytes) second = osy_key_provider_create (f->provider, &error);

  g_assert_null (second);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_CONFLICT);
  g_autoptr (GBytes) loaded = osy_key_provider_load (f->provider, NULL);
  g_assert_true (g_bytes_equal (made, loaded));
}

static void
test_modes (Fixture *f, gconstpointer data)
{
  static const guint wrong[] = {0640, 0604, 0660, 0610, 0601, 0644, 0777};
  g_autoptr (GBytes) made = create (f);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_cmpint (chmod (f->path, wrong[i]), ==, 0);
    assert_unavailable (f->provider, "run chmod 600");
  }
  g_assert_cmpint (chmod (f->path, 0400), ==, 0);
  g_autoptr (GBytes) loaded = osy_key_provider_load (f->provider, NULL);
  g_assert_true (g_bytes_equal (made, loaded));
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  static const char *const texts[] = {
      "",
      "\n",
      "00",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg\n",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0\n",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n\n",
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ",
  };
  g_autoptr (GBytes) made = create (f);
  const char *bare = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_true (g_file_set_contents_full (f->path, texts[i], -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                             0600, NULL));

    assert_unavailable (f->provider, "is damaged");
  }
  /* An editor that drops the line end does no harm. */
  g_assert_true (
      g_file_set_contents_full (f->path, bare, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL));
  g_autoptr (GBytes) loaded = osy_key_provider_load (f->provider, NULL);
  g_assert_cmpint (((const guint8 *)g_bytes_get_data (loaded, NULL))[1], ==, 0x23);
}

static void
test_not_a_file (Fixture *f, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (f->dir, "elsewhere", NULL);
  g_autoptr (GBytes) made = create (f);

  /* A link could be turned to another file between two looks. */
  g_assert_cmpint (rename (f->path, elsewhere), ==, 0);
  g_assert_cmpint (symlink (elsewhere, f->path), ==, 0);
  assert_unavailable (f->provider, "cannot be opened");
  g_assert_cmpint (g_remove (f->path), ==, 0);
  g_assert_cmpint (g_mkdir (f->path, 0700), ==, 0);
  assert_unavailable (f->provider, "no regular file");
  g_assert_cmpint (g_remove (f->path), ==, 0);
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  assert_unavailable (f->provider, "no regular file");
}

static void
test_cannot_write (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKeyProvider) nowhere = osy_key_provider_file ("/proc/none/keys/data.key");
  g_autoptr (GBytes) key = osy_key_provider_create (nowhere, &error);

  g_assert_null (key);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
}

static gpointer
create_in_thread (gpointer data)
{
  return osy_key_provider_create (data, NULL);
}

static void
test_race (Fixture *f, gconstpointer data)
{
  GThread *threads[8];
  guint winners = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("create", create_in_thread, f->provider);
  g_autoptr (GBytes) won = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++) {
    GBytes *key = g_thread_join (threads[i]);
    if (key != NULL) {
      winners++;
      g_clear_pointer (&won, g_bytes_unref);
      won = key;
    }
  }
  g_assert_cmpuint (winners, ==, 1);
  g_autoptr (GBytes) loaded = osy_key_provider_load (f->provider, NULL);
  g_assert_true (g_bytes_equal (won, loaded));
}

/* ---- the mark ---- */

static OsyKeyProvider *
open_provider (Fixture *f, const char *choice)
{
  g_autoptr (GError) error = NULL;
  OsyKeyProvider *provider = osy_key_provider_open (f->dir, choice, &error);

  g_assert_no_error (error);
  g_assert_nonnull (provider);
  return provider;
}

static void
test_mark_holds (Fixture *f, gconstpointer data)
{
  g_autoptr (OsyKeyProvider) first = open_provider (f, "file");
  g_autoptr (GBytes) made = osy_key_provider_create (first, NULL);
  /* Whatever is chosen later: the key lies where it was made. */
  g_autoptr (OsyKeyProvider) second = open_provider (f, "secret-service");
  g_autoptr (OsyKeyProvider) third = open_provider (f, "nonsense");
  g_autoptr (GBytes) loaded = osy_key_provider_load (second, NULL);

  g_assert_cmpstr (osy_key_provider_get_name (second), ==, "file");
  g_assert_cmpstr (osy_key_provider_get_name (third), ==, "file");
  g_assert_true (g_bytes_equal (made, loaded));
  g_assert_true (g_file_test (f->path, G_FILE_TEST_IS_REGULAR));
}

static void
test_mark_with_path (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "usb", "my.key", NULL);
  g_autofree char *choice = g_strconcat ("file:", path, NULL);
  g_autoptr (OsyKeyProvider) first = open_provider (f, choice);
  g_autoptr (GBytes) made = osy_key_provider_create (first, NULL);

  g_assert_nonnull (made);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_autoptr (OsyKeyProvider) second = open_provider (f, "auto");
  g_autoptr (GBytes) loaded = osy_key_provider_load (second, NULL);
  g_assert_true (g_bytes_equal (made, loaded));
}

/* Two data directories of one user have two keys in the keyring. */
static void
test_mark_of_service (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "keys", "provider", NULL);
  g_autofree char *first = NULL, *second = NULL;
  g_autoptr (OsyKeyProvider) provider = open_provider (f, "secret-service");

  g_assert_cmpstr (osy_key_provider_get_name (provider), ==, "secret-service");
  g_assert_true (g_file_get_contents (path, &first, NULL, NULL));
  g_assert_true (g_str_has_prefix (first, "secret-service:"));
  g_autoptr (OsyKeyProvider) again = open_provider (f, "file");
  g_assert_cmpstr (osy_key_provider_get_name (again), ==, "secret-service");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_autoptr (OsyKeyProvider) other = open_provider (f, "secret-service");
  g_assert_true (g_file_get_contents (path, &second, NULL, NULL));
  g_assert_cmpstr (first, !=, second);
}

static void
assert_not_opened (Fixture *f, const char *choice, OsyErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_open (f->dir, choice, &error);

  g_assert_null (provider);
  g_assert_error (error, OSY_ERROR, (int)code);
}

static void
test_wrong_marks (Fixture *f, gconstpointer data)
{
  static const char *const marks[] = {
      "", "vault\n", "file:relative\n", "secret-service:x\n", "file\nfile\n", "secret-service\n"};
  g_autofree char *keys = g_build_filename (f->dir, "keys", NULL);
  g_autofree char *path = g_build_filename (keys, "provider", NULL);

  assert_not_opened (f, "nonsense", OSY_ERROR_INVALID_REQUEST);
  assert_not_opened (f, "file:relative", OSY_ERROR_INVALID_REQUEST);
  /* A refused choice leaves nothing behind. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_mkdir (keys, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++) {
    g_assert_true (g_file_set_contents (path, marks[i], -1, NULL));
    assert_not_opened (f, "file", OSY_ERROR_KEY_UNAVAILABLE);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_not_opened (f, "file", OSY_ERROR_KEY_UNAVAILABLE);
}

static gpointer
open_in_thread (gpointer data)
{
  return osy_key_provider_open (data, "secret-service", NULL);
}

/* Two that choose at once end with one mark, whole, that both of them follow. */
static void
test_mark_race (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "keys", "provider", NULL);
  g_autofree char *mark = NULL;
  GThread *threads[8];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("open", open_in_thread, f->dir);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++) {
    g_autoptr (OsyKeyProvider) provider = g_thread_join (threads[i]);
    g_assert_nonnull (provider);
  }
  g_assert_true (g_file_get_contents (path, &mark, NULL, NULL));
  g_assert_cmpuint (strlen (mark), ==, strlen ("secret-service:") + 36 + 1);
}

#define TEST(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

/* ---- two keys ---- */

static GBytes *
add_next (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  GBytes *key = osy_key_provider_add_next (f->provider, &error);

  g_assert_no_error (error);
  g_assert_nonnull (key);
  return key;
}

static void
assert_keys (Fixture *f, GBytes *key, GBytes *next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKeyProvider) fresh = osy_key_provider_file (f->path);
  g_autoptr (GBytes) got = osy_key_provider_load (fresh, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) got_next = osy_key_provider_load_next (fresh, &error);
  g_assert_no_error (error);

  g_assert_true (g_bytes_equal (got, key));
  g_assert_true (next ? got_next != NULL && g_bytes_equal (got_next, next) : got_next == NULL);
}

static void
test_two_keys (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = create (f);

  assert_keys (f, key, NULL);
  g_autoptr (GBytes) next = add_next (f);
  g_assert_false (g_bytes_equal (key, next));
  assert_keys (f, key, next);
  g_autoptr (GBytes) again = add_next (f); /* after a crash: not a third one */
  g_assert_true (g_bytes_equal (next, again));
  g_assert_true (osy_key_provider_promote (f->provider, &error));
  assert_keys (f, next, NULL);
  g_assert_true (osy_key_provider_promote (f->provider, &error));
  g_assert_no_error (error);
  assert_keys (f, next, NULL);
  g_assert_true (osy_key_provider_remove (f->provider, &error));
  g_assert_true (osy_key_provider_remove (f->provider, &error));
  g_assert_no_error (error);
  assert_unavailable (f->provider, "is missing");
}

/* Half a file beside the key, or one that others may read, is said, and never taken for none. */
static void
test_bad_next (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_strconcat (f->path, ".next", NULL);
  g_autoptr (GBytes) key = create (f);
  g_autoptr (GBytes) next = add_next (f);

  g_assert_cmpint (chmod (path, 0644), ==, 0);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) got = osy_key_provider_load_next (f->provider, &error);
    g_assert_null (got);
    g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
    g_assert_cmpint (chmod (path, 0600), ==, 0);
    g_assert_cmpint (truncate (path, 20), ==, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/key-provider/create-and-load", test_create_and_load);
  TEST ("/key-provider/never-replaced", test_never_replaced);
  TEST ("/key-provider/modes", test_modes);
  TEST ("/key-provider/damaged", test_damaged);
  TEST ("/key-provider/not-a-file", test_not_a_file);
  TEST ("/key-provider/cannot-write", test_cannot_write);
  TEST ("/key-provider/race", test_race);
  TEST ("/key-provider/mark-holds", test_mark_holds);
  TEST ("/key-provider/mark-with-path", test_mark_with_path);
  TEST ("/key-provider/mark-of-service", test_mark_of_service);
  TEST ("/key-provider/wrong-marks", test_wrong_marks);
  TEST ("/key-provider/mark-race", test_mark_race);
  g_test_add ("/key-file/two-keys", Fixture, NULL, set_up, test_two_keys, tear_down);
  g_test_add ("/key-file/bad-next", Fixture, NULL, set_up, test_bad_next, tear_down);
  return g_test_run ();
}
