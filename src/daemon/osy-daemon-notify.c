/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The protocol of sd_notify(3): one datagram to a socket that the environment names. */

#include "osy-daemon-notify.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
osy_daemon_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un sun = {.sun_family = AF_UNIX};
  gsize len = path != NULL ? strlen (path) : 0;
  int fd;

  if (len == 0 || len >= sizeof sun.sun_path)
    return;
  memcpy (sun.sun_path, path, len);
  /* "@name" lies in the abstract namespace. */
  if (path[0] == '@')
    sun.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || sendto (fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *)&sun,
                        (socklen_t)(offsetof (struct sockaddr_un, sun_path) + len)) < 0)
    g_warning ("the service manager was not told %s: %s", state, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}
