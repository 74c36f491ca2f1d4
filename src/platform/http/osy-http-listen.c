/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Our own listening socket, TCP or unix, since MHD is given one ready made. */

#include "osy-http-private.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 4096
#define UNIX_PREFIX "unix:"

static int
fail (int fd, const char *listen_on, const char *what, GError **error)
{
  int saved = errno;

  if (fd >= 0)
    close (fd);
  if (saved == EADDRINUSE || saved == EADDRNOTAVAIL || saved == EACCES) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                 "Cannot listen on %s: %s; stop what uses it or choose another address.", listen_on,
                 g_strerror (saved));
    return -1;
  }
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "Cannot listen on %s: %s: %s.", listen_on,
               what, g_strerror (saved));
  return -1;
}

static gboolean
split_host_port (const char *text, char **host, char **port)
{
  const char *colon = strrchr (text, ':');
  gsize len = colon ? (gsize)(colon - text) : 0;

  if (colon == NULL || len == 0 || colon[1] == '\0')
    return FALSE;
  if (text[0] == '[' && text[len - 1] == ']')
    *host = g_strndup (text + 1, len - 2);
  else
    *host = g_strndup (text, len);
  *port = g_strdup (colon + 1);
  return TRUE;
}

static char *
describe (int fd)
{
  struct sockaddr_storage address = {0};
  socklen_t len = sizeof address;
  char host[64];
  char port[8];

  if (getsockname (fd, (struct sockaddr *)&address, &len) != 0 ||
      getnameinfo ((struct sockaddr *)&address, len, host, sizeof host, port, sizeof port,
                   NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return NULL;
  if (address.ss_family == AF_INET6)
    return g_strdup_printf ("http://[%s]:%s", host, port);
  return g_strdup_printf ("http://%s:%s", host, port);
}

static int
listen_tcp (const char *text, char **address, GError **error)
{
  g_autofree char *host = NULL;
  g_autofree char *port = NULL;
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
  struct addrinfo *found = NULL;
  int on = 1;
  int fd;
  int rc;

  if (!split_host_port (text, &host, &port) || getaddrinfo (host, port, &hints, &found) != 0) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "Cannot listen on \"%s\": write HOST:PORT or unix:/path.", text);
    return -1;
  }
  fd = socket (found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (found->ai_family == AF_INET6)
    setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  rc = fd >= 0 ? bind (fd, found->ai_addr, found->ai_addrlen) : -1;
  freeaddrinfo (found);
  if (rc != 0)
    return fail (fd, text, "bind", error);
  if (listen (fd, BACKLOG) != 0)
    return fail (fd, text, "listen", error);
  *address = describe (fd);
  return fd;
}

/* A socket file that nobody answers is left over from a crash. */
static gboolean
remove_stale (const struct sockaddr_un *address)
{
  struct stat info;
  int fd;
  int rc;

  if (lstat (address->sun_path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode)) {
    errno = EEXIST;
    return FALSE;
  }
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  rc = connect (fd, (const struct sockaddr *)address, sizeof *address);
  close (fd);
  if (rc == 0 || errno == EAGAIN) {
    errno = EADDRINUSE;
    return FALSE;
  }
  return unlink (address->sun_path) == 0;
}

static int
listen_unix (const char *text, char **address, GError **error)
{
  const char *path = text + strlen (UNIX_PREFIX);
  struct sockaddr_un sun = {.sun_family = AF_UNIX};
  int fd;

  if (path[0] != '/' || strlen (path) >= sizeof sun.sun_path) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "Cannot listen on \"%s\": the path must be absolute and at most 107 bytes.", text);
    return -1;
  }
  g_strlcpy (sun.sun_path, path, sizeof sun.sun_path);
  if (!remove_stale (&sun))
    return fail (-1, text, "the path is in use", error);
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 || bind (fd, (struct sockaddr *)&sun, sizeof sun) != 0)
    return fail (fd, text, "bind", error);
  /* Nobody can connect before listen(), so the mode is in force from the first connection. */
  if (chmod (path, 0600) != 0 || listen (fd, BACKLOG) != 0)
    return fail (fd, text, "listen", error);
  *address = g_strdup (text);
  return fd;
}

int
osy_http_listen (const char *text, char **address, GError **error)
{
  if (g_str_has_prefix (text, UNIX_PREFIX))
    return listen_unix (text, address, error);
  return listen_tcp (text, address, error);
}

void
osy_http_unlisten (const char *address)
{
  if (address != NULL && g_str_has_prefix (address, UNIX_PREFIX))
    unlink (address + strlen (UNIX_PREFIX));
}
