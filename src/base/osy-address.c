/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Addresses of clients, and how much of them is kept. */

#include "osy-address.h"

#include <string.h>

#include <gio/gio.h>

gboolean
osy_address_is_local (const char *address)
{
  return g_strcmp0 (address, "unix") == 0 || g_str_has_prefix (address, "127.") ||
         g_strcmp0 (address, "::1") == 0;
}

char *
osy_address_coarse (const char *address)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);
  guint8 bytes[16] = {0};

  if (inet == NULL || osy_address_is_local (address))
    return g_strdup ("local");
  gboolean v4 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4;
  memcpy (bytes, g_inet_address_to_bytes (inet), v4 ? 3 : 6);
  g_autoptr (GInetAddress) net =
      g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (inet));
  g_autofree char *text = g_inet_address_to_string (net);
  return g_strconcat (text, v4 ? "/24" : "/48", NULL);
}
