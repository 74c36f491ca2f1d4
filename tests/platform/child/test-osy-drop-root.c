/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Root becomes the owner of the data directory, for good, or says why it cannot. */

#include "osy-test-pg.h"

#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

static gboolean
skip_unless_root (void)
{
  if (geteuid () == 0)
    return FALSE;
  g_test_skip ("needs root");
  return TRUE;
}

static void
test_owner (void)
{
  if (skip_unless_root ())
    return;
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  g_autofree char *path = osy_test_temp_dir ();
  g_autofree char *file = g_build_filename (path, "made-by-root", NULL);
  g_autoptr (GError) error = NULL;
  uid_t nobody = getpwnam ("nobody")->pw_uid;
  struct stat st;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  gboolean ok = osy_drop_root (path, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpuint (geteuid (), ==, nobody);
  g_assert_cmpuint (getuid (), ==, nobody);
  g_assert_cmpint (setuid (0), ==, -1);
  g_assert_cmpint (getgroups (0, NULL), <=, 2);
  g_assert_cmpint (stat (file, &st), ==, 0);
  g_assert_cmpuint (st.st_uid, ==, nobody);
  /* A second time there is nothing to do. */
  g_assert_true (osy_drop_root (path, &error));
}

static void
test_closed_parent (void)
{
  if (skip_unless_root ())
    return;
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  g_autofree char *parent = osy_test_temp_dir ();
  g_autofree char *path = g_build_filename (parent, "data", NULL);
  g_autoptr (GError) error = NULL;
  const struct passwd *nobody = getpwnam ("nobody");

  g_assert_cmpint (chown (parent, 0, 0), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_cmpint (chown (path, nobody->pw_uid, nobody->pw_gid), ==, 0);
  g_assert_false (osy_drop_root (path, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "parent"));
}

static void
test_not_root (void)
{
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0) {
    g_assert_false (osy_drop_root ("/nonexistent", &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE);
    return;
  }
  g_assert_true (osy_drop_root ("/nonexistent", &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/child/drop-root/owner", test_owner);
  g_test_add_func ("/child/drop-root/closed-parent", test_closed_parent);
  g_test_add_func ("/child/drop-root/not-root", test_not_root);
  return g_test_run ();
}
