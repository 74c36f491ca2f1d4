/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Started as root we become the owner of the data directory, since neither PostgreSQL nor we have
 * any use for root's rights. A directory of root's is handed to the system user "ordersync", which
 * is made when it does not exist. */

#include "osy-postgres-private.h"

#include <errno.h>
#include <ftw.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#define USER_NAME "ordersync"

typedef struct {
  uid_t uid;
  gid_t gid;
  char *name; /* NULL: the user has no name */
  char *home;
} Person;

static void
person_clear (Person *person)
{
  g_clear_pointer (&person->name, g_free);
  g_clear_pointer (&person->home, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Person, person_clear)

static void
person_set (Person *person, const struct passwd *entry)
{
  person_clear (person);
  *person =
      (Person){entry->pw_uid, entry->pw_gid, g_strdup (entry->pw_name), g_strdup (entry->pw_dir)};
}

static gboolean
make_user (GError **error)
{
  const char *const argv[] = {"useradd",      "--system",
                              "--user-group", "--no-create-home",
                              "--home-dir",   "/var/lib/ordersync",
                              "--shell",      "/usr/sbin/nologin",
                              USER_NAME,      NULL};
  g_autoptr (GError) local = NULL;
  int status = 0;

  if (g_spawn_sync (NULL, (char **)argv, NULL,
                    G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                    NULL, NULL, NULL, NULL, &status, &local) &&
      g_spawn_check_wait_status (status, &local))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "Started as root, but the user “" USER_NAME "” does not exist and cannot be made "
               "(%s); make it, or start as another user",
               local->message);
  return FALSE;
}

static gboolean
find_person (const struct stat *st, Person *person, GError **error)
{
  const struct passwd *entry;

  if (st->st_uid != 0) {
    entry = getpwuid (st->st_uid);
    if (entry != NULL)
      person_set (person, entry);
    else
      *person = (Person){.uid = st->st_uid, .gid = st->st_gid};
    return TRUE;
  }
  entry = getpwnam (USER_NAME);
  if (entry == NULL) {
    if (!make_user (error))
      return FALSE;
    entry = getpwnam (USER_NAME);
  }
  if (entry == NULL || entry->pw_uid == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "Started as root, but there is no ordinary user “" USER_NAME "”");
    return FALSE;
  }
  person_set (person, entry);
  return TRUE;
}

/* nftw() passes no data; this is read by hand_over_one() alone, on the one thread at the start. */
static Person new_owner;

/* The folder may be another user's, who could try to have us give away a file of root's: so names
 * are looked up in the folder being read (FTW_CHDIR), not along a path whose parts can be swapped
 * for links meanwhile, and what has a second name elsewhere is left alone. */
static int
hand_over_one (const char *path, const struct stat *st, int type, struct FTW *ftw)
{
  if (st->st_uid != 0 || (!S_ISDIR (st->st_mode) && st->st_nlink > 1))
    return 0;
  return lchown (path + ftw->base, new_owner.uid, new_owner.gid) == 0 ? 0 : errno;
}

static gboolean
hand_over (const char *data_dir, const Person *person, GError **error)
{
  new_owner = *person;
  int number = nftw (data_dir, hand_over_one, 16, FTW_PHYS | FTW_MOUNT | FTW_CHDIR);
  if (number == 0)
    return TRUE;
  osy_postgres_set_errno (error, number > 0 ? number : errno, "change the owner of", data_dir);
  return FALSE;
}

static gboolean
become (const Person *person, GError **error)
{
  int failed =
      person->name != NULL ? initgroups (person->name, person->gid) : setgroups (1, &person->gid);

  if (failed != 0 || setresgid (person->gid, person->gid, person->gid) != 0 ||
      setresuid (person->uid, person->uid, person->uid) != 0) {
    osy_postgres_set_errno (error, errno, "become the owner of", "the data directory");
    return FALSE;
  }
  if (person->name != NULL) {
    g_setenv ("USER", person->name, TRUE);
    g_setenv ("LOGNAME", person->name, TRUE);
    g_setenv ("HOME", person->home, TRUE);
  }
  return TRUE;
}

gboolean
osy_drop_root (const char *data_dir, GError **error)
{
  g_auto (Person) person = {0};
  struct stat st;

  g_return_val_if_fail (data_dir != NULL, FALSE);

  if (geteuid () != 0)
    return TRUE;
  if (stat (data_dir, &st) != 0) {
    osy_postgres_set_errno (error, errno, "look at", data_dir);
    return FALSE;
  }
  if (!find_person (&st, &person, error) || !hand_over (data_dir, &person, error) ||
      !become (&person, error))
    return FALSE;
  if (access (data_dir, R_OK | W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "The user “%s” cannot enter %s, because a parent of it is closed to others; choose "
               "another place, such as /var/lib/ordersync",
               person.name ? person.name : "owner of the data directory", data_dir);
  return FALSE;
}
