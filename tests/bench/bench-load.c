/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One request, read from standard input, sent again and again at a fixed rate, whether or not the
 * answers come in time, so that a stall is counted for every request that had to wait.
 * usage: bench-load PORT RATE SECONDS CONNECTIONS. Prints: P50 ms, P99 ms, worst ms, answers,
 * answers of 2xx. */

#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_CONNECTIONS 64

typedef struct {
  int fd;
  GQueue due; /* of gint64 *: when each request without an answer should have gone out */
  GString *in;
} Connection;

typedef struct {
  GString *request;
  Connection connections[MAX_CONNECTIONS];
  guint n_connections;
  guint16 port;
  GArray *took; /* of double, ms */
  guint good;
} Load;

static void
dial (Load *load, Connection *connection)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons (load->port)};
  int on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  connection->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (connection->fd, (struct sockaddr *)&address, sizeof address) != 0)
    g_error ("port %u: %s", load->port, g_strerror (errno));
  setsockopt (connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  g_queue_init (&connection->due);
  connection->in = g_string_new (NULL);
}

/* The length of the first whole answer, or 0. */
static gsize
answer_length (const GString *in)
{
  const char *end = strstr (in->str, "\r\n\r\n");
  const char *length = end != NULL ? strcasestr (in->str, "\r\nContent-Length:") : NULL;
  gsize head = end != NULL ? (gsize)(end - in->str) + 4 : 0;

  if (end == NULL)
    return 0;
  gsize all = head + (length != NULL && length < end ? strtoul (length + 17, NULL, 10) : 0);
  return all <= in->len ? all : 0;
}

static void
take_answers (Load *load, Connection *connection)
{
  gsize length;

  while ((length = answer_length (connection->in)) > 0) {
    g_autofree gint64 *due = g_queue_pop_head (&connection->due);
    double ms = (double)(g_get_monotonic_time () - *due) / 1000;

    load->good += connection->in->str[9] == '2';
    g_array_append_val (load->took, ms);
    g_string_erase (connection->in, 0, (gssize)length);
  }
}

static void
redial (Load *load, Connection *connection)
{
  close (connection->fd);
  g_queue_clear_full (&connection->due, g_free);
  g_string_free (connection->in, TRUE);
  dial (load, connection);
}

static void
read_some (Load *load, Connection *connection)
{
  char buffer[65536];
  ssize_t n = recv (connection->fd, buffer, sizeof buffer, MSG_DONTWAIT);

  if (n > 0) {
    g_string_append_len (connection->in, buffer, n);
    take_answers (load, connection);
  } else if (n == 0 || errno != EAGAIN) {
    redial (load, connection);
  }
}

static void
send_one (Load *load, Connection *connection, gint64 due)
{
  if (send (connection->fd, load->request->str, load->request->len, MSG_NOSIGNAL) !=
      (ssize_t)load->request->len) {
    redial (load, connection);
    return;
  }
  g_queue_push_tail (&connection->due, g_memdup2 (&due, sizeof due));
}

static void
wait_until (Load *load, gint64 when)
{
  struct pollfd polls[MAX_CONNECTIONS];
  gint64 left;

  do {
    left = MAX (0, when - g_get_monotonic_time ());
    for (guint i = 0; i < load->n_connections; i++)
      polls[i] = (struct pollfd){.fd = load->connections[i].fd, .events = POLLIN};
    if (poll (polls, load->n_connections, (int)(left / 1000)) > 0)
      for (guint i = 0; i < load->n_connections; i++)
        if (polls[i].revents != 0)
          read_some (load, &load->connections[i]);
  } while (left >= 1000);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
report (const Load *load)
{
  guint n = load->took->len;

  g_array_sort (load->took, compare);
  if (n > 0)
    g_print ("%.2f %.2f %.2f %u %u\n", g_array_index (load->took, double, n / 2),
             g_array_index (load->took, double, n * 99 / 100),
             g_array_index (load->took, double, n - 1), n, load->good);
}

int
main (int argc, char **argv)
{
  Load load = {.request = g_string_new (NULL), .took = g_array_new (FALSE, FALSE, sizeof (double))};
  char buffer[4096];
  ssize_t got;

  if (argc != 5)
    return 2;
  while ((got = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    g_string_append_len (load.request, buffer, got);
  load.port = (guint16)strtoul (argv[1], NULL, 10);
  gint64 step = G_USEC_PER_SEC / MAX (1, strtol (argv[2], NULL, 10));
  gint64 total = strtol (argv[3], NULL, 10) * G_USEC_PER_SEC / step;
  load.n_connections = (guint)CLAMP (strtol (argv[4], NULL, 10), 1, MAX_CONNECTIONS);
  for (guint i = 0; i < load.n_connections; i++)
    dial (&load, &load.connections[i]);
  gint64 begun = g_get_monotonic_time ();
  for (gint64 i = 0; i < total; i++) {
    wait_until (&load, begun + i * step);
    send_one (&load, &load.connections[(guint64)i % load.n_connections], begun + i * step);
  }
  wait_until (&load, g_get_monotonic_time () + 2 * G_USEC_PER_SEC);
  report (&load);
  return 0;
}
