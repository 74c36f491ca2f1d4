/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Looks for printers nearby. The network is asked only when a person says so. */

#include "osy-printing-found.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

#define PORT 9100
#define WAIT_S 1
#define MAX_NETWORKS 2
#define AT_ONCE 64

typedef struct {
  GQueue addresses; /* still to be asked */
  GStrvBuilder *found;
  guint pending;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_queue_clear_full (&search->addresses, g_free);
  g_strv_builder_unref (search->found);
  g_free (search);
}

static void
list_usb (GStrvBuilder *found)
{
  g_autoptr (GDir) folder = g_dir_open ("/dev/usb", 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "lp")) {
      g_autofree char *path = g_build_filename ("/dev/usb", name, NULL);
      g_strv_builder_add (found, path);
    }
}

static void
add_network (Search *search, guint32 own)
{
  for (guint32 host = 1; host < 255; host++) {
    guint32 address = (own & 0xffffff00u) | host;
    if (address != own)
      g_queue_push_tail (&search->addresses,
                         g_strdup_printf ("%u.%u.%u.%u", address >> 24, address >> 16 & 255,
                                          address >> 8 & 255, address & 255));
  }
}

static gboolean
is_private (guint32 address)
{
  return address >> 24 == 10 || address >> 20 == (172 << 4 | 1) ||
         address >> 16 == (192 << 8 | 168);
}

static void
list_networks (Search *search)
{
  struct ifaddrs *all = NULL;
  guint networks = 0;

  if (getifaddrs (&all) != 0)
    return;
  for (struct ifaddrs *one = all; one != NULL && networks < MAX_NETWORKS; one = one->ifa_next) {
    if (one->ifa_addr == NULL || one->ifa_addr->sa_family != AF_INET ||
        one->ifa_flags & IFF_LOOPBACK || !(one->ifa_flags & IFF_UP))
      continue;
    struct sockaddr_in own;
    memcpy (&own, one->ifa_addr, sizeof own);
    guint32 address = ntohl (own.sin_addr.s_addr);
    if (!is_private (address))
      continue;
    add_network (search, address);
    networks++;
  }
  freeifaddrs (all);
}

static void ask_more (GTask *task);

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, NULL);

  if (connection != NULL) {
    g_autofree char *address =
        g_strdup_printf ("%s:%d", (const char *)g_object_get_data (source, "address"), PORT);
    g_strv_builder_add (search->found, address);
  }
  search->pending--;
  ask_more (task);
}

static void
ask (GTask *task, const char *address)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_object_set_data_full (G_OBJECT (client), "address", g_strdup (address), g_free);
  g_socket_client_set_timeout (client, WAIT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, address, PORT, g_task_get_cancellable (task),
                                         asked_cb, g_object_ref (task));
}

static void
ask_more (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  while (search->pending < AT_ONCE && !g_queue_is_empty (&search->addresses)) {
    g_autofree char *address = g_queue_pop_head (&search->addresses);
    search->pending++;
    ask (task, address);
  }
  if (search->pending == 0 && !g_task_get_completed (task))
    g_task_return_pointer (task, g_strv_builder_end (search->found), (GDestroyNotify)g_strfreev);
}

void
osy_printing_found_async (gboolean network,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_queue_init (&search->addresses);
  search->found = g_strv_builder_new ();
  g_task_set_task_data (task, search, search_free);
  list_usb (search->found);
  if (network)
    list_networks (search);
  ask_more (task);
}

char **
osy_printing_found_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
