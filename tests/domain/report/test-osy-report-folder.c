/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Files of reports: whole or not at all, in place of older ones, and a word for what went wrong. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "osy-report-folder.h"

static int full; /* errno of every fsync() */

/* Instead of the system's: a disk fills up at the last moment. */
int
fsync (int fd)
{
  if (full != 0) {
    errno = full;
    return -1;
  }
  return (int)syscall (SYS_fsync, fd);
}

static GPtrArray *
list (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

static void
check_file (const char *folder, const char *wanted)
{
  g_autofree char *path = g_build_filename (folder, "r.pdf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) names = list (folder);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpuint (names->len, ==, 1);
}

static void
test_write (void)
{
  g_autofree char *folder = g_dir_make_tmp ("osy-report-XXXXXX", NULL);
  g_autofree char *half = g_build_filename (folder, ".r.pdf.part", NULL);
  g_autofree char *file = g_build_filename (folder, "r.pdf", NULL);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);

  g_assert_null (osy_report_folder_check (folder));
  /* What a power cut left, be it a link to elsewhere, is in nobody's way. */
  g_assert_cmpint (symlink ("/dev/full", half), ==, 0);
  g_assert_null (osy_report_folder_write (folder, "r.pdf", one));
  check_file (folder, "one");
  full = ENOSPC;
  g_assert_cmpstr (osy_report_folder_write (folder, "r.pdf", two), ==, "FOLDER_FULL");
  g_assert_cmpstr (osy_report_folder_check (folder), ==, "FOLDER_FULL");
  full = EIO;
  g_assert_cmpstr (osy_report_folder_write (folder, "r.pdf", two), ==, "FOLDER_FAULT");
  check_file (folder, "one");
  full = 0;
  g_assert_null (osy_report_folder_write (folder, "r.pdf", two));
  check_file (folder, "two");
  g_remove (file);
  g_rmdir (folder);
}

static void
test_away (void)
{
  g_autofree char *folder = g_dir_make_tmp ("osy-report-XXXXXX", NULL);
  g_autofree char *inside = g_build_filename (folder, "inside", NULL);
  g_autofree char *below = g_build_filename (inside, "below", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  g_assert_cmpstr (osy_report_folder_check (inside), ==, "FOLDER_GONE");
  g_assert_cmpstr (osy_report_folder_write (inside, "r.pdf", bytes), ==, "FOLDER_GONE");
  g_assert_true (g_file_set_contents (inside, "a file", -1, NULL));
  g_assert_cmpstr (osy_report_folder_check (inside), ==, "FOLDER_GONE");
  g_assert_cmpstr (osy_report_folder_check (below), ==, "FOLDER_GONE");
  g_assert_cmpstr (osy_report_folder_check ("/proc"), !=, NULL);
  g_remove (inside);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/folder/write", test_write);
  g_test_add_func ("/report/folder/away", test_away);
  return g_test_run ();
}
