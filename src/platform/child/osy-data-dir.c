/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The data directory: private to one user, used by one program at a time, and marked with the
 * version of its layout. The lock is what makes every later clean-up of stale files safe. */

#include "osy-postgres-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define FORMAT_VERSION 1

void
osy_postgres_set_errno (GError **error, int number, const char *what, const char *path)
{
  gboolean full = number == ENOSPC || number == EDQUOT;

  g_set_error (error, OSY_ERROR, full ? OSY_ERROR_STORAGE_FULL : OSY_ERROR_UNAVAILABLE,
               "Cannot %s %s: %s", what, path, g_strerror (number));
}

static gboolean
make_dir (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  if (errno == ENOTDIR || errno == EEXIST)
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "%s cannot be a data directory, because it or one of its parents is a file", path);
  else
    osy_postgres_set_errno (error, errno, "make the data directory", path);
  return FALSE;
}

static gboolean
dir_is_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  return dir != NULL && g_dir_read_name (dir) == NULL;
}

static gboolean
check_private (const char *path, GError **error)
{
  struct stat st;

  if (stat (path, &st) != 0) {
    osy_postgres_set_errno (error, errno, "look at", path);
    return FALSE;
  }
  if (!S_ISDIR (st.st_mode)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "%s is not a directory; choose another data directory", path);
    return FALSE;
  }
  if ((st.st_mode & 077) == 0)
    return TRUE;
  /* A fresh “mkdir” gives 0755; nothing has leaked from an empty folder. */
  if (dir_is_empty (path) && chmod (path, 0700) == 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "%s may be read by other users; run “chmod 700” on it first", path);
  return FALSE;
}

static int
lock_dir (const char *path, GError **error)
{
  g_autofree char *file = g_build_filename (path, "lock", NULL);
  int fd = open (file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    osy_postgres_set_errno (error, errno, "open", file);
    return -1;
  }
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (errno == EWOULDBLOCK)
    g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                 "Another OrderSync is using %s; stop it first or choose another data directory",
                 path);
  else
    osy_postgres_set_errno (error, errno, "lock", file);
  close (fd);
  return -1;
}

static gboolean
write_format (const char *file, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%d\n", FORMAT_VERSION);
  g_autoptr (GError) local = NULL;
  /* Whole or not at all: half a file would pass for a damaged directory for ever. */
  GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;

  if (g_file_set_contents_full (file, text, -1, flags, 0600, &local))
    return TRUE;
  gboolean full = g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_set_error (error, OSY_ERROR, full ? OSY_ERROR_STORAGE_FULL : OSY_ERROR_UNAVAILABLE,
               "Cannot write into the data directory: %s", local->message);
  return FALSE;
}

static gboolean
check_format (const char *path, GError **error)
{
  g_autofree char *file = g_build_filename (path, "format", NULL);
  g_autofree char *text = NULL;
  guint64 version;

  if (!g_file_get_contents (file, &text, NULL, NULL))
    return write_format (file, error);
  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 1, G_MAXINT, &version, NULL)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                 "%s is damaged; restore it from the backup", file);
    return FALSE;
  }
  if (version <= FORMAT_VERSION)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_NEWER_DATA,
               "%s was written by a newer version of OrderSync; install that version", path);
  return FALSE;
}

gboolean
osy_data_dir_open (const char *path, int *lock_fd, GError **error)
{
  g_return_val_if_fail (path != NULL && lock_fd != NULL, FALSE);

  *lock_fd = -1;
  if (!g_path_is_absolute (path)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "The data directory “%s” is not an absolute path", path);
    return FALSE;
  }
  if (!make_dir (path, error) || !check_private (path, error))
    return FALSE;
  int fd = lock_dir (path, error);
  if (fd < 0)
    return FALSE;
  if (!check_format (path, error)) {
    close (fd);
    return FALSE;
  }
  *lock_fd = fd;
  return TRUE;
}
