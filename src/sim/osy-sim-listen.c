/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Where a simulated service listens. */

#include "osy-sim-listen.h"

/* SoupServer 3.2.3 never frees a socket that it accepted, nor closes it: after as many connections
 * as there are descriptors it would stand still. So each answer is the last of its connection, and
 * its socket is closed here. */
static void
answer_last_cb (SoupServer *server, SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection",
                                "close");
}

static void
shut_cb (SoupServer *server, SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket != NULL)
    g_socket_close (socket, NULL);
}

gboolean
osy_sim_listen (SoupServer *server, const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) connectable = g_network_address_parse (address, 0, error);

  if (connectable == NULL)
    return FALSE;
  GNetworkAddress *place = G_NETWORK_ADDRESS (connectable);
  g_autoptr (GSocketAddress) socket = g_inet_socket_address_new_from_string (
      g_network_address_get_hostname (place), g_network_address_get_port (place));
  if (socket == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no address.", address);
    return FALSE;
  }
  g_signal_connect (server, "request-read", G_CALLBACK (answer_last_cb), NULL);
  g_signal_connect (server, "request-finished", G_CALLBACK (shut_cb), NULL);
  g_signal_connect (server, "request-aborted", G_CALLBACK (shut_cb), NULL);
  return soup_server_listen (server, socket, 0, error);
}
