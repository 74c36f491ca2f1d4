/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The real ordersyncctl: shops on an empty directory and beside a running server, its exit codes,
 * and one clear line for everything that goes wrong. */

#include "config.h"

#include <ftw.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <json-glib/json-glib.h>

#include "osy-test-pg.h"

#define CTL OSY_BUILD_DIR "/src/ctl/ordersyncctl"
#define PASSWORD "correct horse battery"

/** How one run ended. */
typedef struct {
  int code;
  char *out;
  char *err;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->out, g_free);
  g_clear_pointer (&run->err, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static Run
ctl (const char *input, const char *dir, const char *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strdup_printf (CTL " --data-dir '%s' %s", dir, arguments);
  g_auto (GStrv) argv = NULL;
  Run run = {0};

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                 G_SUBPROCESS_FLAGS_STDERR_PIPE);
  /* What a service or a bare container gives; Korean must get through all the same. */
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_autoptr (GSubprocess) process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, input, NULL, &run.out, &run.err, &error));
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  run.code = g_subprocess_get_exit_status (process);
  g_test_message ("%s → %d %s", arguments, run.code, run.err);
  return run;
}

/* Refused with @code and exactly one line that says why. */
static void
assert_refused (const Run *run, int code)
{
  const char *end = strchr (run->err, '\n');

  g_assert_cmpint (run->code, ==, code);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_str_has_prefix (run->err, "ordersyncctl: "));
  g_assert_true (end != NULL && end[1] == '\0');
}

static char *
id_of (const Run *run, const char *name)
{
  g_autoptr (JsonNode) node = json_from_string (run->out, NULL);

  g_assert_nonnull (node);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), name));
}

#define SHOP "--shop-name '달빛 분식' --owner-email Owner@Shop.Example --owner-password-stdin "

static void
test_usage (void)
{
  static const struct {
    const char *input;
    const char *arguments;
  } rows[] = {
      {"", ""},
      {"", "fly"},
      {"", "shop"},
      {"", "--data-dir"},
      {PASSWORD, "setup"},
      {PASSWORD, "setup --shop-name x"},
      {PASSWORD, "setup --shop-name x --owner-email a@b.c"},
      {PASSWORD, "setup " SHOP "--colour red"},
      {PASSWORD, "setup " SHOP "twice"},
      {"", "setup " SHOP},
      {"\n", "setup " SHOP},
      {"short", "setup " SHOP},
      {"password1", "setup " SHOP},
      {"OWNER@shop.example", "setup " SHOP},
      {PASSWORD, "setup --shop-name \xff --owner-email a@b.c --owner-password-stdin"},
      {PASSWORD, "setup --shop-name x --owner-email nobody --owner-password-stdin"},
      {PASSWORD, "setup " SHOP "--business-number 1234567890"},
  };
  g_autofree char *parent = osy_test_temp_dir ();
  g_autofree char *dir = g_build_filename (parent, "data", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (Run) run = ctl (rows[i].input, dir, rows[i].arguments);
    assert_refused (&run, 2);
  }
  /* Nothing was touched for any of it. */
  g_assert_false (g_file_test (dir, G_FILE_TEST_EXISTS));
}

static void
test_help (void)
{
  g_auto (Run) help = ctl (NULL, "/nowhere", "--help");
  g_auto (Run) version = ctl (NULL, "/nowhere", "--version");

  g_assert_cmpint (help.code, ==, 0);
  g_assert_nonnull (strstr (help.out, "setup"));
  g_assert_nonnull (strstr (help.out, "shop add"));
  g_assert_cmpint (version.code, ==, 0);
  g_assert_nonnull (strstr (version.out, OSY_VERSION));
}

static void
test_no_shop_there (void)
{
  g_autofree char *dir = osy_test_temp_dir ();
  g_autofree char *file = g_build_filename (dir, "file", NULL);
  g_autofree char *below = g_build_filename (file, "data", NULL);

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_auto (Run) empty = ctl (PASSWORD, dir, "shop add " SHOP);
  g_auto (Run) under_file = ctl (PASSWORD, below, "setup " SHOP);
  assert_refused (&empty, 3);
  assert_refused (&under_file, 2);
}

static uid_t owner_of_dir;

static int
check_private (const char *path, const struct stat *info, int type, struct FTW *walk)
{
  g_assert_cmpuint (info->st_uid, ==, owner_of_dir);
  /* Sockets answer to who may enter the directory. */
  if (S_ISREG (info->st_mode) || S_ISDIR (info->st_mode))
    g_assert_cmpuint (info->st_mode & 077, ==, 0);
  return 0;
}

static void
test_setup (void)
{
  g_autofree char *dir = osy_test_temp_dir ();
  struct stat info;
  g_auto (Run) made =
      ctl (PASSWORD "\n", dir, "setup " SHOP "--business-number 124-81-00998 --json");

  g_assert_cmpint (made.code, ==, 0);
  g_assert_cmpstr (made.err, ==, "");
  g_autofree char *restaurant = id_of (&made, "restaurant_id");
  g_autofree char *owner = id_of (&made, "owner_id");
  g_assert_cmpuint (strlen (restaurant), ==, 36);
  g_assert_cmpint (stat (dir, &info), ==, 0);
  owner_of_dir = info.st_uid;
  g_assert_cmpint (nftw (dir, check_private, 16, FTW_PHYS), ==, 0);

  g_auto (Run) twice = ctl (PASSWORD, dir, "setup " SHOP);
  assert_refused (&twice, 4);
  g_auto (Run) added = ctl (PASSWORD, dir, "shop add " SHOP "--json");
  g_assert_cmpint (added.code, ==, 0);
  g_autofree char *second = id_of (&added, "restaurant_id");
  g_autofree char *same_owner = id_of (&added, "owner_id");
  g_assert_cmpstr (second, !=, restaurant);
  g_assert_cmpstr (same_owner, ==, owner);
  g_auto (Run) thief = ctl ("another password", dir, "shop add " SHOP);
  assert_refused (&thief, 1);
}

/* Beside a server that holds the directory, as the daemon does. */
static void
test_beside_a_daemon (void)
{
  g_autoptr (GError) error = NULL;
  OsyDbPool *pool = osy_test_pg_pool ();
  const char *dir = osy_test_pg_data_dir ();
  int lock_fd = -1;

  g_assert_nonnull (pool);
  g_assert_true (osy_data_dir_open (dir, &lock_fd, &error));
  g_auto (Run) made = ctl (PASSWORD, dir, "setup " SHOP "--key-provider file --json");
  g_assert_cmpint (made.code, ==, 0);
  g_autofree char *owner = id_of (&made, "owner_id");
  g_auto (Run) added = ctl (PASSWORD, dir, "shop add " SHOP "--json");
  g_assert_cmpint (added.code, ==, 0);
  g_auto (Run) stranger =
      ctl (PASSWORD, dir, "shop add --shop-name x --owner-email x@y.z --owner-password-stdin");
  g_assert_cmpint (stranger.code, ==, 0);
  g_assert_nonnull (strstr (stranger.out, "restaurant"));

  g_autofree char *name = osy_test_pg_value ("SELECT min (name) FROM restaurant WHERE name <> 'x'");
  g_assert_cmpstr (name, ==, "달빛 분식");
  /* Shops of one owner share an organisation; a stranger's does not. */
  g_autofree char *organisations = osy_test_pg_value (
      "SELECT count(*) || ' ' || count(DISTINCT organisation_id) FROM restaurant");
  g_assert_cmpstr (organisations, ==, "3 2");
  g_autofree char *memberships = g_strdup_printf (
      "SELECT count(*) FROM membership WHERE user_id = '%s' AND role = 'OWNER'", owner);
  g_autofree char *n_owned = osy_test_pg_value (memberships);
  g_assert_cmpstr (n_owned, ==, "2");
  /* The server was left running. */
  g_assert_true (osy_postgres_is_running (osy_test_pg_server ()));
  close (lock_fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/usage", test_usage);
  g_test_add_func ("/ctl/help", test_help);
  g_test_add_func ("/ctl/no-shop-there", test_no_shop_there);
  g_test_add_func ("/ctl/setup", test_setup);
  g_test_add_func ("/ctl/beside-a-daemon", test_beside_a_daemon);
  return g_test_run ();
}
