/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The real ordersyncctl with menu files: a shop made with one, imports that change it, and
 * files that are refused before anything is touched. */

#include "config.h"

#include <string.h>

#include "osy-test-pg.h"

#define CTL OSY_BUILD_DIR "/src/ctl/ordersyncctl"

typedef struct {
  int code;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_free (run->out);
  g_free (run->err);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static Run
ctl (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  Run run = {0};

  g_ptr_array_add (argv, (gpointer)CTL);
  g_ptr_array_add (argv, (gpointer) "--data-dir");
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (gpointer)*words);
  g_ptr_array_add (argv, NULL);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *)argv->pdata,
                         G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                             G_SUBPROCESS_FLAGS_STDERR_PIPE,
                         &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, "correct horse battery\n", NULL, &run.out,
                                                &run.err, &error));
  g_assert_no_error (error);
  run.code = g_subprocess_get_exit_status (process);
  g_test_message ("%d %s%s", run.code, run.out, run.err);
  return run;
}
#define CTL_RUN(...) ctl ((const char *const[]){__VA_ARGS__, NULL})

static char *
write_file (const char *text)
{
  static guint n;
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *name = g_strdup_printf ("menu%u.csv", n++);
  char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
assert_one_line (const Run *run)
{
  const char *end = strchr (run->err, '\n');

  g_assert_true (g_str_has_prefix (run->err, "ordersyncctl: "));
  g_assert_true (end != NULL && end[1] == '\0');
}

#define SETUP(dir, menu)                                                                     \
  CTL_RUN (dir, "setup", "--shop-name", "소담", "--owner-email", "a@b.kr", "--key-provider", \
           "file", "--owner-password-stdin", "--menu", menu)

static void
test_faulty_file_touches_nothing (void)
{
  g_autofree char *parent = osy_test_temp_dir ();
  g_autofree char *dir = g_build_filename (parent, "data", NULL);
  g_autofree char *faulty = write_file ("분류,메뉴명,가격\n면,라면,4000\n면,칼국수,얼마\n");
  g_auto (Run) set_up = SETUP (dir, faulty);
  g_auto (Run) missing = SETUP (dir, "/nowhere/menu.csv");
  g_auto (Run) import = CTL_RUN (dir, "menu", "import", faulty);
  g_auto (Run) none = CTL_RUN (dir, "menu", "import");

  g_assert_cmpint (set_up.code, ==, 2);
  g_assert_nonnull (strstr (set_up.err, "row 3"));
  g_assert_cmpint (missing.code, ==, 2);
  g_assert_cmpint (import.code, ==, 2);
  g_assert_nonnull (strstr (import.out, "row 3"));
  g_assert_cmpint (none.code, ==, 2);
  assert_one_line (&set_up);
  assert_one_line (&missing);
  assert_one_line (&import);
  assert_one_line (&none);
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

static void
test_import (void)
{
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *sample = g_test_build_filename (G_TEST_DIST, "data", "menu-bunsik.csv", NULL);
  g_autofree char *change = write_file ("category,name,price\n면,라면,\"4,200원\"\n");
  g_auto (Run) set_up = SETUP (dir, sample);
  g_auto (Run) same = CTL_RUN (dir, "menu", "import", sample);
  g_auto (Run) dry = CTL_RUN (dir, "menu", "import", "--dry-run", change);
  g_auto (Run) done = CTL_RUN (dir, "menu", "import", change);
  g_auto (Run) again = CTL_RUN (dir, "menu", "import", "--json", change);

  g_assert_cmpint (set_up.code, ==, 0);
  g_assert_nonnull (strstr (same.out, "0 created, 0 changed, 20 unchanged"));
  g_assert_nonnull (strstr (dry.out, "Dry run: 0 created, 1 changed"));
  g_assert_nonnull (strstr (done.out, "row 2: changed: 면 / 라면 (price)"));
  g_assert_nonnull (strstr (again.out, "\"unchanged\":1"));
  g_assert_cmpint (again.code, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/menu/faulty-file-touches-nothing", test_faulty_file_touches_nothing);
  g_test_add_func ("/ctl/menu/import", test_import);
  return g_test_run ();
}
