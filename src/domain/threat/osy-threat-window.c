/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sliding windows: the last times of each subject, as many as its rule counts to. */

#include "osy-threat-window.h"

#include <string.h>

typedef struct {
  gint64 window;
  gint64 raised; /* 0: never */
  guint size;    /* of @times */
  guint next;    /* where the oldest is */
  gint64 times[];
} Series;

struct _OsyThreatWindow {
  GHashTable *series; /* "kind|restaurant|subject" → Series */
};

OsyThreatWindow *
osy_threat_window_new (void)
{
  OsyThreatWindow *self = g_new0 (OsyThreatWindow, 1);

  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
osy_threat_window_free (OsyThreatWindow *self)
{
  g_hash_table_unref (self->series);
  g_free (self);
}

static char *
key_of (OsyThreatKind kind, const char *restaurant_id, const char *subject)
{
  return g_strdup_printf ("%d|%s|%s", kind, restaurant_id ? restaurant_id : "", subject);
}

static guint
times_of (OsyThreatKind kind, const char *subject)
{
  const OsyThreatRule *rule = osy_threat_rule (kind);

  return g_str_has_prefix (subject, "client:") ? rule->client_times : rule->times;
}

static gint64
last_of (const Series *series)
{
  return series->times[(series->next + series->size - 1) % series->size];
}

static gboolean
is_over (gpointer key, gpointer value, gpointer user_data)
{
  const Series *series = value;
  gint64 since = *(const gint64 *)user_data - series->window;

  return last_of (series) <= since && series->raised <= since;
}

static Series *
series_for (OsyThreatWindow *self,
            OsyThreatKind kind,
            const char *restaurant_id,
            const char **subject,
            gint64 now)
{
  g_autofree char *key = key_of (kind, restaurant_id, *subject);
  Series *series = g_hash_table_lookup (self->series, key);

  if (series != NULL)
    return series;
  if (g_hash_table_size (self->series) >= OSY_THREAT_SUBJECTS_MAX)
    g_hash_table_foreach_remove (self->series, is_over, &now);
  if (g_hash_table_size (self->series) >= OSY_THREAT_SUBJECTS_MAX &&
      strcmp (*subject, OSY_THREAT_MANY) != 0) {
    *subject = OSY_THREAT_MANY;
    return series_for (self, kind, restaurant_id, subject, now);
  }
  guint size = times_of (kind, *subject);
  series = g_malloc0 (sizeof *series + size * sizeof series->times[0]);
  series->window = osy_threat_rule (kind)->window;
  series->size = size;
  g_hash_table_insert (self->series, g_steal_pointer (&key), series);
  return series;
}

gboolean
osy_threat_window_note (OsyThreatWindow *self,
                        OsyThreatKind kind,
                        const char *restaurant_id,
                        const char **subject,
                        gint64 now)
{
  Series *series = series_for (self, kind, restaurant_id, subject, now);
  gint64 since = now - series->window;

  series->times[series->next] = now;
  series->next = (series->next + 1) % series->size;
  if (series->times[series->next] <= since || series->raised > since)
    return FALSE;
  series->raised = now;
  return TRUE;
}

void
osy_threat_window_unraise (OsyThreatWindow *self,
                           OsyThreatKind kind,
                           const char *restaurant_id,
                           const char *subject)
{
  g_autofree char *key = key_of (kind, restaurant_id, subject);
  Series *series = g_hash_table_lookup (self->series, key);

  if (series != NULL)
    series->raised = 0;
}

guint
osy_threat_window_size (OsyThreatWindow *self)
{
  return g_hash_table_size (self->series);
}
