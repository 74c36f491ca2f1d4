/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Flag before variable before file before default, and clear words when something is wrong. */

#include "osy-config.h"

#include <string.h>

#include <glib/gstdio.h>

static const OsyConfigKey keys[] = {
    {"data-dir", NULL, "where the data lies"},
    {"listen", "127.0.0.1:8080", "address"},
    {"config", NULL, "key file"},
    {"log-level", "info", "how much to say"},
    {NULL},
};

static char *file;

/* @line: words between blanks. */
static OsyConfig *
load (const char *line, char **rest, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  int argc = (int)g_strv_length (words);
  g_autofree char **argv = g_memdup2 (words, sizeof (char *) * ((gsize)argc + 1));
  char **place = argv;
  OsyConfig *config = osy_config_load (keys, &argc, &place, error);

  if (rest != NULL && config != NULL) {
    g_assert_null (argv[argc]);
    *rest = g_strjoinv (" ", argv);
  }
  return config;
}

static void
expect (const char *line, const char *name, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyConfig) config = load (line, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (osy_config_get (config, name), ==, wanted);
}

static void
expect_refused (const char *line, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyConfig) config = load (line, NULL, &error);

  g_assert_null (config);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_assert_nonnull (strstr (error->message, word));
}

static void
write_file (const char *text)
{
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
test_order (void)
{
  g_autofree char *with_file = g_strconcat ("prog --config ", file, NULL);
  g_autofree char *with_flag = g_strconcat (with_file, " --log-level flag", NULL);

  expect ("prog", "log-level", "info");
  expect ("prog", "data-dir", NULL);
  write_file ("[ordersync]\nlog-level=file\ndata-dir=/from file\n");
  expect (with_file, "log-level", "file");
  expect (with_file, "data-dir", "/from file");
  g_setenv ("ORDERSYNC_LOG_LEVEL", "variable", TRUE);
  expect (with_file, "log-level", "variable");
  expect (with_flag, "log-level", "flag");
  /* An empty variable is how a service file takes a setting back. */
  g_setenv ("ORDERSYNC_LOG_LEVEL", "", TRUE);
  expect (with_file, "log-level", "file");
  g_unsetenv ("ORDERSYNC_LOG_LEVEL");
  g_setenv ("ORDERSYNC_CONFIG", file, TRUE);
  expect ("prog", "log-level", "file");
  g_unsetenv ("ORDERSYNC_CONFIG");
}

static void
test_flags (void)
{
  static const struct {
    const char *line;
    const char *data_dir;
    const char *rest;
  } cases[] = {
      {"prog --data-dir /d", "/d", "prog"},
      {"prog --data-dir=/d", "/d", "prog"},
      {"prog --data-dir=", "", "prog"},
      {"prog --data-dir=/a=b", "/a=b", "prog"},
      {"prog setup --data-dir /d --json x", "/d", "prog setup --json x"},
      {"prog --data-dir /a --data-dir /b", "/b", "prog"},
      {"prog --data-dirs /d", NULL, "prog --data-dirs /d"},
      {"prog -data-dir /d", NULL, "prog -data-dir /d"},
      {"prog --data-dir --listen", "--listen", "prog"},
      {"--data-dir /d", NULL, "--data-dir /d"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *rest = NULL;
    g_autoptr (OsyConfig) config = load (cases[i].line, &rest, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (osy_config_get (config, "data-dir"), ==, cases[i].data_dir);
    g_assert_cmpstr (rest, ==, cases[i].rest);
  }
}

static void
test_faults (void)
{
  g_autofree char *with_file = g_strconcat ("prog --config ", file, NULL);

  expect_refused ("prog --data-dir", "--data-dir");
  expect_refused ("prog --config /nonexistent/file", "/nonexistent/file");
  write_file ("[ordersync]\nlog-levle=debug\n");
  expect_refused (with_file, "log-levle");
  write_file ("no key file");
  expect_refused (with_file, file);
}

static void
test_help (void)
{
  g_autofree char *help = osy_config_help (keys);

  for (const OsyConfigKey *key = keys; key->name != NULL; key++) {
    g_assert_nonnull (strstr (help, key->name));
    g_assert_nonnull (strstr (help, key->help));
  }
  g_assert_nonnull (strstr (help, "127.0.0.1:8080"));
}

static void
test_default_data_dir (void)
{
  g_autofree char *dir = osy_config_default_data_dir ();

  g_assert_true (g_path_is_absolute (dir));
  g_assert_true (g_str_has_suffix (dir, "/ordersync"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *dir = g_dir_make_tmp ("osy-config-XXXXXX", NULL);
  file = g_build_filename (dir, "settings.ini", NULL);
  g_test_add_func ("/config/order", test_order);
  g_test_add_func ("/config/flags", test_flags);
  g_test_add_func ("/config/faults", test_faults);
  g_test_add_func ("/config/help", test_help);
  g_test_add_func ("/config/default-data-dir", test_default_data_dir);
  int status = g_test_run ();
  g_unlink (file);
  g_rmdir (dir);
  g_free (file);
  return status;
}
