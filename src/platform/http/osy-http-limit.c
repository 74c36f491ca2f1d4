/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How fast each class of requests may come. Of every key one time stamp is kept: when all that it
 * was given will have been worked off (GCRA). Two generations of keys bound the memory: when the
 * young one is full it becomes the old one, and what was old is forgotten. */

#include "osy-http-limit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "osy-clock.h"

/* Of each generation and class; some 150 bytes each. */
#define MAX_KEYS 10000
#define NETWORK_BYTES 8

const OsyLimitRow osy_http_limit_rows[OSY_N_LIMITS] = {
    [OSY_LIMIT_SIGN_IN] = {"sign-in", 20, 900, 20}, /* design.md §7 */
    [OSY_LIMIT_RENEW] = {"renew", 120, 60, 0},      [OSY_LIMIT_ORDER] = {"order", 60, 60, 0},
    [OSY_LIMIT_READ] = {"read", 600, 60, 0},        [OSY_LIMIT_SOCKET] = {"socket", 120, 60, 0},
    [OSY_LIMIT_STAFF] = {"staff", 6000, 60, 0},     [OSY_LIMIT_HEAVY] = {"heavy", 30, 60, 0},
};

typedef struct {
  guint count;
  guint64 refused;
  GHashTable *young; /* key → gint64 *: UTC µs at which it owes nothing */
  GHashTable *old;
} Class;

struct _OsyHttpLimit {
  Class classes[OSY_N_LIMITS];
};

static GHashTable *
new_generation (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

OsyHttpLimit *
osy_http_limit_new (const guint counts[OSY_N_LIMITS])
{
  OsyHttpLimit *self = g_new0 (OsyHttpLimit, 1);

  for (guint i = 0; i < OSY_N_LIMITS; i++) {
    self->classes[i].count = counts[i] > 0 ? counts[i] : osy_http_limit_rows[i].count;
    self->classes[i].young = new_generation ();
    self->classes[i].old = new_generation ();
  }
  return self;
}

void
osy_http_limit_free (OsyHttpLimit *self)
{
  for (guint i = 0; i < OSY_N_LIMITS; i++) {
    g_hash_table_unref (self->classes[i].young);
    g_hash_table_unref (self->classes[i].old);
  }
  g_free (self);
}

/* The stamp of @key, in the young generation from now on. */
static gint64 *
stamp_of (Class *class, const char *key)
{
  gint64 *stamp = g_hash_table_lookup (class->young, key);
  const gint64 *before;

  if (stamp != NULL)
    return stamp;
  before = g_hash_table_lookup (class->old, key);
  stamp = g_new (gint64, 1);
  *stamp = before ? *before : 0;
  if (g_hash_table_size (class->young) >= MAX_KEYS) {
    g_hash_table_unref (class->old);
    class->old = class->young;
    class->young = new_generation ();
  }
  g_hash_table_insert (class->young, g_strdup (key), stamp);
  return stamp;
}

guint
osy_http_limit_take (OsyHttpLimit *self, OsyLimitClass class, const char *key, gboolean local)
{
  const OsyLimitRow *row;
  Class *own;
  gint64 now = osy_clock_now ();
  gint64 window, interval, *stamp, paid;

  g_return_val_if_fail (class < OSY_N_LIMITS && key != NULL, 0);
  row = &osy_http_limit_rows[class];
  own = &self->classes[class];
  if (local && row->local_factor == 0)
    return 0;
  window = row->window_s * G_USEC_PER_SEC;
  interval = MAX (1, window / own->count / (local ? row->local_factor : 1));
  stamp = stamp_of (own, key);
  /* Nobody ever owes more than a window: a stamp beyond it is of a clock that was put back, for
   * which nobody is to wait. */
  *stamp = *stamp > now + window ? now : MAX (*stamp, now);
  paid = *stamp + interval;
  if (paid <= now + window) {
    *stamp = paid;
    return 0;
  }
  own->refused++;
  return (guint)((paid - now - window + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

guint64
osy_http_limit_refused (OsyHttpLimit *self, OsyLimitClass class)
{
  g_return_val_if_fail (class < OSY_N_LIMITS, 0);
  return self->classes[class].refused;
}

guint
osy_http_limit_keys (OsyHttpLimit *self)
{
  guint n = 0;

  for (guint i = 0; i < OSY_N_LIMITS; i++)
    n += g_hash_table_size (self->classes[i].young) + g_hash_table_size (self->classes[i].old);
  return n;
}

char *
osy_http_limit_client_key (const char *client)
{
  struct in6_addr address;
  char text[INET6_ADDRSTRLEN];

  if (inet_pton (AF_INET6, client, &address) != 1)
    return g_strdup (client);
  if (IN6_IS_ADDR_V4MAPPED (&address)) {
    inet_ntop (AF_INET, &address.s6_addr[12], text, sizeof text);
    return g_strdup (text);
  }
  memset (&address.s6_addr[NETWORK_BYTES], 0, NETWORK_BYTES);
  inet_ntop (AF_INET6, &address, text, sizeof text);
  return g_strconcat (text, "/64", NULL);
}
