/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one source of wall-clock time, so that tests may hold it. */

#include "osy-clock.h"

#include <string.h>

static gint64 fake_now;

gint64
osy_clock_now (void)
{
  gint64 fake = __atomic_load_n (&fake_now, __ATOMIC_RELAXED);
  return fake != 0 ? fake : g_get_real_time ();
}

void
osy_clock_set_fake (gint64 now)
{
  __atomic_store_n (&fake_now, now, __ATOMIC_RELAXED);
}

void
osy_clock_advance_fake (gint64 us)
{
  __atomic_add_fetch (&fake_now, us, __ATOMIC_RELAXED);
}

char *
osy_clock_format (gint64 us)
{
  gint64 seconds = us / G_USEC_PER_SEC;
  gint64 rest = us % G_USEC_PER_SEC;

  if (rest < 0) {
    rest += G_USEC_PER_SEC;
    seconds--;
  }
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return g_strdup ("1970-01-01T00:00:00.000000Z");
  g_autofree char *whole = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%06" G_GINT64_FORMAT "Z", whole, rest);
}

gboolean
osy_clock_parse (const char *text, gint64 *ret)
{
  if (text == NULL || strlen (text) > 40)
    return FALSE;
  g_autofree char *copy = g_strdup (text);
  /* PostgreSQL writes a blank for the T. */
  if (strlen (copy) > 10 && copy[10] == ' ')
    copy[10] = 'T';
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (copy, NULL);
  if (time == NULL)
    return FALSE;
  *ret = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}

char *
osy_clock_business_day (gint64 us, const char *zone, int cutoff_minutes)
{
  g_autoptr (GTimeZone) tz = g_time_zone_new_identifier (zone);
  if (tz == NULL)
    tz = g_time_zone_new_utc ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, tz);
  int minutes = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  g_autoptr (GDateTime) day =
      minutes < cutoff_minutes ? g_date_time_add_days (local, -1) : g_date_time_ref (local);
  return g_date_time_format (day, "%Y-%m-%d");
}
