/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Files that only their owner may read, and that are there whole or not at all. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-codec.h"
#include "osy-id.h"
#include "osy-key-provider-private.h"

static gboolean
fail (const char *path, int number, GError **error)
{
  if (number == EEXIST)
    g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT, "The file %s is there already.", path);
  else if (number == ENOSPC || number == EDQUOT)
    g_set_error (error, OSY_ERROR, OSY_ERROR_STORAGE_FULL, "The disk is full: %s not written.",
                 path);
  else
    g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE, "The file %s cannot be written: %s.",
                 path, g_strerror (number));
  return FALSE;
}

/* The daemon started as root goes on as the owner of the data directory, who must be able to read
 * what root made. */
static gboolean
give_to_owner_of (const char *folder, int fd)
{
  struct stat info;

  if (geteuid () != 0)
    return TRUE;
  return stat (folder, &info) == 0 && fchown (fd, info.st_uid, info.st_gid) == 0;
}

static gboolean
make_folder (const char *folder)
{
  if (g_mkdir (folder, 0700) != 0)
    return errno == EEXIST;
  g_autofree char *parent = g_path_get_dirname (folder);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  gboolean given = give_to_owner_of (parent, fd) && fsync (fd) == 0;
  int number = errno;
  close (fd);
  errno = number;
  return given;
}

static gboolean
write_all (int fd, const char *text)
{
  for (gsize left = strlen (text); left > 0;) {
    gssize put = write (fd, text, left);
    if (put < 0 && errno != EINTR)
      return FALSE;
    if (put > 0) {
      text += put;
      left -= (gsize)put;
    }
  }
  return TRUE;
}

static gboolean
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
write_file (const char *path, const char *folder, const char *text)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

  if (fd < 0)
    return FALSE;
  gboolean written = give_to_owner_of (folder, fd) && write_all (fd, text) && fsync (fd) == 0;
  int number = errno;
  close (fd);
  errno = number;
  return written;
}

gboolean
osy_private_file_create (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *token = osy_random_token (9);
  g_autofree char *temporary = g_strdup_printf ("%s.%s.new", path, token);

  if (!make_folder (folder))
    return fail (path, errno, error);
  /* link() refuses what is there, where rename() would replace it. */
  gboolean made = write_file (temporary, folder, text) && link (temporary, path) == 0;
  int number = errno;
  unlink (temporary);
  if (made && !sync_folder (folder)) {
    number = errno;
    made = FALSE;
  }
  return made ? TRUE : fail (path, number, error);
}

gboolean
osy_private_file_rename (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);

  return (g_rename (from, to) == 0 && sync_folder (folder)) ? TRUE : fail (to, errno, error);
}

gboolean
osy_private_file_remove (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_unlink (path) != 0)
    return errno == ENOENT ? TRUE : fail (path, errno, error);
  return sync_folder (folder) ? TRUE : fail (path, errno, error);
}

char *
osy_key_to_text (const guint8 key[OSY_KEY_SIZE])
{
  return osy_hex_encode (key, OSY_KEY_SIZE);
}

GBytes *
osy_key_from_text (const char *text)
{
  g_autoptr (GBytes) bytes = osy_hex_decode (text);

  if (bytes == NULL || g_bytes_get_size (bytes) != OSY_KEY_SIZE)
    return NULL;
  GBytes *key = osy_secret_bytes_new (g_bytes_get_data (bytes, NULL), OSY_KEY_SIZE);
  /* The decoder's own copy. */
  gsize len;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&bytes), &len);
  osy_wipe (data, len);
  g_free (data);
  return key;
}
