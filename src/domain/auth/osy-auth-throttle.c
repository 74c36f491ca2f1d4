/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One time stamp per key (GCRA): when its debt of failures will have been worked off. */

#include "osy-auth-throttle.h"

#include "osy-clock.h"

/* Keys that a flood may make us remember; beyond it the paid-off ones go, then the oldest debts. */
#define MAX_KEYS 20000

struct _OsyAuthThrottle {
  guint burst;
  gint64 interval;
  GHashTable *debts; /* key → gint64 *: UTC µs at which it owes nothing */
};

OsyAuthThrottle *
osy_auth_throttle_new (guint burst, gint64 interval)
{
  OsyAuthThrottle *self = g_new0 (OsyAuthThrottle, 1);

  self->burst = burst;
  self->interval = interval;
  self->debts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
osy_auth_throttle_free (OsyAuthThrottle *self)
{
  g_hash_table_unref (self->debts);
  g_free (self);
}

gint64
osy_auth_throttle_wait (OsyAuthThrottle *self, const char *key)
{
  const gint64 *paid_at = g_hash_table_lookup (self->debts, key);

  if (paid_at == NULL)
    return 0;
  gint64 debt = *paid_at - osy_clock_now ();
  return MAX (0, debt - ((gint64)self->burst - 1) * self->interval);
}

static gboolean
is_paid_by (gpointer key, gpointer value, gpointer user_data)
{
  return *(const gint64 *)value <= *(const gint64 *)user_data;
}

static void
make_room (OsyAuthThrottle *self)
{
  gint64 limit = osy_clock_now ();

  /* Each round forgives debts of one more failure, so it ends. */
  while (g_hash_table_size (self->debts) >= MAX_KEYS) {
    g_hash_table_foreach_remove (self->debts, is_paid_by, &limit);
    limit += self->interval;
  }
}

void
osy_auth_throttle_fail (OsyAuthThrottle *self, const char *key)
{
  gint64 now = osy_clock_now ();
  const gint64 *paid_at = g_hash_table_lookup (self->debts, key);
  gint64 next = MAX (now, paid_at ? *paid_at : 0) + self->interval;

  if (paid_at == NULL)
    make_room (self);
  g_hash_table_insert (self->debts, g_strdup (key), g_memdup2 (&next, sizeof next));
}

void
osy_auth_throttle_forget (OsyAuthThrottle *self, const char *key)
{
  g_hash_table_remove (self->debts, key);
}
