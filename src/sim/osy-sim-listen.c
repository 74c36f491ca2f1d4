/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Where a simulated service listens. */

#include "osy-sim-listen.h"

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
  return soup_server_listen (server, socket, 0, error);
}
