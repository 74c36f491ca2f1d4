/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What may be a data directory, and that only one program has it. */

#include "osy-test-pg.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

static void
expect_error (const char *path, OsyErrorCode code, const char *word)
{
  g_autoptr (GError) error = NULL;
  int fd = 7;

  g_assert_false (osy_data_dir_open (path, &fd, &error));
  g_assert_error (error, OSY_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_cmpint (fd, ==, -1);
}

static int
expect_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;

  gboolean ok = osy_data_dir_open (path, &fd, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  return fd;
}

static guint
mode_of (const char *path)
{
  struct stat st;
  g_assert_cmpint (stat (path, &st), ==, 0);
  return st.st_mode & 0777;
}

static void
test_new (void)
{
  g_autofree char *temp = osy_test_temp_dir ();
  g_autofree char *path = g_build_filename (temp, "a", "b", NULL);
  g_autofree char *format = g_build_filename (path, "format", NULL);
  g_autofree char *text = NULL;

  close (expect_open (path));
  g_assert_cmpuint (mode_of (path), ==, 0700);
  g_assert_true (g_file_get_contents (format, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "1\n");
  close (expect_open (path));
}

static void
test_lock (void)
{
  g_autofree char *path = osy_test_temp_dir ();
  int fd = expect_open (path);

  expect_error (path, OSY_ERROR_CONFLICT, "Another OrderSync");
  close (fd);
  close (expect_open (path));
}

static void
test_mode (void)
{
  g_autofree char *path = osy_test_temp_dir ();

  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  close (expect_open (path));
  g_assert_cmpuint (mode_of (path), ==, 0700);
  g_assert_cmpint (g_chmod (path, 0750), ==, 0);
  expect_error (path, OSY_ERROR_INVALID_REQUEST, "chmod 700");
}

static void
test_files_in_the_way (void)
{
  g_autofree char *temp = osy_test_temp_dir ();
  g_autofree char *file = g_build_filename (temp, "file", NULL);
  g_autofree char *below = g_build_filename (file, "data", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  expect_error (file, OSY_ERROR_INVALID_REQUEST, file);
  expect_error (below, OSY_ERROR_INVALID_REQUEST, below);
  expect_error ("relative/path", OSY_ERROR_INVALID_REQUEST, "absolute");
}

static void
test_format (void)
{
  g_autofree char *path = osy_test_temp_dir ();
  g_autofree char *format = g_build_filename (path, "format", NULL);

  g_assert_true (g_file_set_contents (format, "2\n", -1, NULL));
  expect_error (path, OSY_ERROR_NEWER_DATA, "newer version");
  g_assert_true (g_file_set_contents (format, "hello", -1, NULL));
  expect_error (path, OSY_ERROR_UNAVAILABLE, "damaged");
  g_assert_true (g_file_set_contents (format, "1", -1, NULL));
  close (expect_open (path));
}

static void
test_no_permission (void)
{
  g_autofree char *temp = osy_test_temp_dir ();
  g_autofree char *path = g_build_filename (temp, "data", NULL);

  if (geteuid () == 0) {
    g_test_skip ("root may write anywhere");
    return;
  }
  g_assert_cmpint (g_chmod (temp, 0500), ==, 0);
  expect_error (path, OSY_ERROR_UNAVAILABLE, "Permission denied");
  g_assert_cmpint (g_chmod (temp, 0700), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/data-dir/new", test_new);
  g_test_add_func ("/child/data-dir/lock", test_lock);
  g_test_add_func ("/child/data-dir/mode", test_mode);
  g_test_add_func ("/child/data-dir/files-in-the-way", test_files_in_the_way);
  g_test_add_func ("/child/data-dir/format", test_format);
  g_test_add_func ("/child/data-dir/no-permission", test_no_permission);
  return g_test_run ();
}
