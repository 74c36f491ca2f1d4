/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bytes of a client on a WebSocket: the first byte says how many of the others came with the
 * handshake, the rest comes through the socket. What arrives as a message is text. */

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "fuzz.h"
#include "osy-ws-private.h"

static const OsyHttpConfig config = {.ws_per_ip = 10,
                                     .ws_max = 10,
                                     .ws_ping_ms = 60000,
                                     .ws_silence_ms = 60000};
static OsyWsLoop *loop;

static void
on_message (OsyWs *ws, const char *text, gpointer user_data)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <=, 16384);
  osy_ws_send_text (ws, text, -1);
}

static void
on_closed (OsyWs *ws, guint code, gpointer user_data)
{
  gboolean *closed = user_data;

  g_assert_false (*closed);
  g_assert_cmpuint (code, >=, 1000);
  g_assert_cmpuint (code, <, 5000);
  *closed = TRUE;
}

static void
turn (int peer)
{
  char scratch[65536];

  while (g_main_context_iteration (NULL, FALSE))
    ;
  while (recv (peer, scratch, sizeof scratch, MSG_DONTWAIT) > 0)
    ;
}

/* In two parts, so that a frame may end anywhere. */
static void
feed (int peer, const uint8_t *data, size_t size)
{
  size_t half = size / 2;

  (void)!send (peer, data, half, MSG_NOSIGNAL | MSG_DONTWAIT);
  turn (peer);
  (void)!send (peer, data + half, size - half, MSG_NOSIGNAL | MSG_DONTWAIT);
  turn (peer);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  size_t early = size > 0 ? MIN (data[0], size - 1) : 0;
  g_autoptr (GBytes) extra = early > 0 ? g_bytes_new (data + 1, early) : NULL;
  gboolean closed = FALSE;
  int fds[2];

  if (loop == NULL)
    loop = osy_ws_loop_new (&config, NULL);
  if (size == 0 || socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds) != 0)
    return 0;
  g_autoptr (OsyWs) ws = osy_ws_new (loop, fds[0], "unix", extra);
  g_signal_connect (ws, "message", G_CALLBACK (on_message), NULL);
  g_signal_connect (ws, "closed", G_CALLBACK (on_closed), &closed);
  if (extra != NULL)
    osy_ws_read_early (ws);
  feed (fds[1], data + 1 + early, size - 1 - early);
  close (fds[1]);
  for (guint i = 0; i < 10 && !closed; i++)
    g_main_context_iteration (NULL, FALSE);
  osy_ws_die (ws, 1006);
  while (!closed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (osy_ws_loop_count (loop), ==, 0);
  return 0;
}
