/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A file comes under another name and takes its own when it is on disk. */

#include "osy-report-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static const struct {
  const char *problem;
  const char *words;
} problems[] = {
    {"FOLDER_GONE", "There is no such folder on the shop's computer."},
    {"FOLDER_DENIED", "OrderSync may not write into this folder."},
    {"FOLDER_FULL", "There is no room left where this folder is."},
    {"FOLDER_FAULT", "Writing into this folder failed."},
};

const char *
osy_report_folder_words (const char *problem)
{
  for (gsize i = 0; i < G_N_ELEMENTS (problems); i++)
    if (g_str_equal (problems[i].problem, problem))
      return problems[i].words;
  return problem;
}

static const char *
problem_of (int number)
{
  switch (number) {
  case ENOENT:
  case ENOTDIR:
  case ELOOP:
  case ENAMETOOLONG: return "FOLDER_GONE";
  case EACCES:
  case EPERM:
  case EROFS: return "FOLDER_DENIED";
  case ENOSPC:
  case EDQUOT: return "FOLDER_FULL";
  default: return "FOLDER_FAULT";
  }
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  while (size > 0) {
    ssize_t n = write (fd, data, size);
    if (n < 0 && errno != EINTR)
      return FALSE;
    data += MAX (n, 0);
    size -= (gsize)MAX (n, 0);
  }
  return fsync (fd) == 0;
}

/* Whole and on disk under @name. errno tells what went wrong. */
static gboolean
write_file (int folder, const char *name, GBytes *bytes)
{
  unlinkat (folder, name, 0); /* what a power cut left half */
  int fd = openat (folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
  if (fd < 0)
    return FALSE;
  gboolean whole = write_all (fd, bytes);
  int number = errno;
  if (close (fd) != 0 && whole) {
    whole = FALSE;
    number = errno;
  }
  if (!whole)
    unlinkat (folder, name, 0);
  errno = number;
  return whole;
}

static int
open_folder (const char *folder)
{
  return open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

const char *
osy_report_folder_check (const char *folder)
{
  static const char trial[] = ".ordersync-trial";
  g_autoptr (GBytes) bytes = g_bytes_new_static ("OrderSync\n", 10);
  int fd = open_folder (folder);

  if (fd < 0)
    return problem_of (errno);
  const char *problem = write_file (fd, trial, bytes) ? NULL : problem_of (errno);
  unlinkat (fd, trial, 0);
  close (fd);
  return problem;
}

const char *
osy_report_folder_write (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *early = g_strdup_printf (".%s.part", name);
  int fd = open_folder (folder);

  if (fd < 0)
    return problem_of (errno);
  gboolean done = write_file (fd, early, bytes);
  done = done && renameat (fd, early, fd, name) == 0;
  const char *problem = done ? NULL : problem_of (errno);
  /* Some shares cannot: the file is whole all the same. */
  if (done && fsync (fd) != 0)
    g_debug ("a folder of reports cannot be synced: %s", g_strerror (errno));
  close (fd);
  return problem;
}
