/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one source of wall-clock time, so that tests may hold it. */

#include "osy-clock.h"

#include <string.h>

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z, the ends of GDateTime. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

#define DAY (24 * 3600)

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
  g_autofree char *whole = g_date_time_format (time, "%m-%dT%H:%M:%S");
  return g_strdup_printf ("%04d-%s.%06" G_GINT64_FORMAT "Z", g_date_time_get_year (time), whole,
                          rest);
}

/* Reads @n digits as a number within @min..@max. */
static gboolean
read_number (const char **p, int n, int min, int max, int *ret)
{
  *ret = 0;
  for (int i = 0; i < n; i++, (*p)++) {
    if (!g_ascii_isdigit (**p))
      return FALSE;
    *ret = *ret * 10 + (**p - '0');
  }
  return *ret >= min && *ret <= max;
}

static gboolean
read_char (const char **p, const char *any_of)
{
  if (**p == '\0' || strchr (any_of, **p) == NULL)
    return FALSE;
  (*p)++;
  return TRUE;
}

/* ".123456789" in microseconds; more digits than we keep are cut, as PostgreSQL never writes them.
 */
static gboolean
read_fraction (const char **p, gint64 *us)
{
  int digits = 0;

  *us = 0;
  if (**p != '.')
    return TRUE;
  for ((*p)++; g_ascii_isdigit (**p) && digits < 9; (*p)++, digits++)
    if (digits < 6)
      *us = *us * 10 + (**p - '0');
  for (int i = digits; i < 6; i++)
    *us *= 10;
  return digits > 0;
}

/* "Z", "+09:00" or PostgreSQL's "+09", in seconds east. */
static gboolean
read_zone (const char **p, int *east)
{
  int hours, minutes = 0;

  *east = 0;
  if (read_char (p, "Zz"))
    return TRUE;
  int sign = **p == '-' ? -1 : 1;
  if (!read_char (p, "+-") || !read_number (p, 2, 0, 23, &hours))
    return FALSE;
  if (**p == ':' && (!read_char (p, ":") || !read_number (p, 2, 0, 59, &minutes)))
    return FALSE;
  *east = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

typedef struct {
  int year, month, day, hour, minute, second;
} Fields;

static gboolean
read_date (const char **p, Fields *f)
{
  return read_number (p, 4, 1, 9999, &f->year) && read_char (p, "-") &&
         read_number (p, 2, 1, 12, &f->month) && read_char (p, "-") &&
         read_number (p, 2, 1, 31, &f->day);
}

static gboolean
read_time (const char **p, Fields *f)
{
  return read_number (p, 2, 0, 23, &f->hour) && read_char (p, ":") &&
         read_number (p, 2, 0, 59, &f->minute) && read_char (p, ":") &&
         read_number (p, 2, 0, 59, &f->second);
}

/* Not g_date_time_new_from_iso8601(): it takes week dates and the like for times, and its seconds
 * are floating point, which loses microseconds. */
gboolean
osy_clock_parse (const char *text, gint64 *ret)
{
  Fields f = {0};
  gint64 us = 0;
  int east = 0;

  if (text == NULL || !read_date (&text, &f) || !read_char (&text, "Tt ") ||
      !read_time (&text, &f) || !read_fraction (&text, &us) || !read_zone (&text, &east) ||
      *text != '\0')
    return FALSE;
  g_autoptr (GDateTime) time =
      g_date_time_new_utc (f.year, f.month, f.day, f.hour, f.minute, f.second);
  if (time == NULL)
    return FALSE;
  gint64 seconds = g_date_time_to_unix (time) - east;
  /* A zone can carry the first and the last day of the calendar over its edge. */
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;
  *ret = seconds * G_USEC_PER_SEC + us;
  return TRUE;
}

/* GLib opens whatever file the name leads to and complains when it holds no zone (2.74). */
GTimeZone *
osy_clock_zone (const char *name)
{
  static const char magic[] = "TZif"; /* RFC 8536 §3.1 */
  const char *folder = g_getenv ("TZDIR");
  g_autofree char *data = NULL;
  gsize len = 0;

  if (name == NULL || !g_ascii_isalpha (name[0]) || strlen (name) > 64 ||
      strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_+-/") != strlen (name))
    return NULL;
  g_autofree char *path =
      g_build_filename (folder != NULL ? folder : "/usr/share/zoneinfo", name, NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR) ||
      !g_file_get_contents (path, &data, &len, NULL) || len < 44 ||
      memcmp (data, magic, strlen (magic)) != 0)
    return NULL;
  return g_time_zone_new_identifier (name);
}

/* Reading a zone's file for every order would cost more than the order's number; a shop's zone
 * never changes while it is open. Zones are kept for good. */
GTimeZone *
osy_clock_zone_or_utc (const char *name)
{
  static GMutex lock;
  static GHashTable *zones;

  if (name == NULL)
    return g_time_zone_new_utc ();
  g_mutex_lock (&lock);
  if (zones == NULL)
    zones = g_hash_table_new (g_str_hash, g_str_equal);
  GTimeZone *zone = g_hash_table_lookup (zones, name);
  if (zone == NULL) {
    zone = osy_clock_zone (name);
    if (zone != NULL)
      g_hash_table_insert (zones, g_strdup (name), zone);
  }
  g_mutex_unlock (&lock);
  return zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
}

void
osy_clock_shop_day (gint64 us, const char *zone, int cutoff_minutes, OsyClockShopDay *ret)
{
  g_autoptr (GTimeZone) tz = osy_clock_zone_or_utc (zone);
  /* The last days of the calendar have no tomorrow in the east. */
  gint64 seconds = CLAMP (us / G_USEC_PER_SEC, FIRST_SECOND + 2 * DAY, LAST_SECOND - 2 * DAY);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, tz);
  int year, month, day;

  g_date_time_get_ymd (local, &year, &month, &day);
  /* Compared as instants: by the clock on the wall, the hour that summer time repeats would take
   * the shop back to the day before. */
  g_autoptr (GDateTime) begin =
      g_date_time_new (tz, year, month, day, cutoff_minutes / 60, cutoff_minutes % 60, 0);
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  ret->minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  if (begin != NULL && g_date_time_compare (local, begin) < 0) {
    GDateTime *before = g_date_time_add_days (date, -1);
    g_date_time_unref (date);
    date = before;
    ret->minute += DAY / 60;
  }
  g_date_time_get_ymd (date, &ret->year, &ret->month, &ret->day);
  ret->weekday = g_date_time_get_day_of_week (date);
}

char *
osy_clock_business_day (gint64 us, const char *zone, int cutoff_minutes)
{
  OsyClockShopDay day;

  osy_clock_shop_day (us, zone, cutoff_minutes, &day);
  return g_strdup_printf ("%04d-%02d-%02d", day.year, day.month, day.day);
}
