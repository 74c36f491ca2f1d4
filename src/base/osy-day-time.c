/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Times of day as people type and read them. */

#include "osy-day-time.h"

#define DAY_MINUTES 1440

gboolean
osy_day_time_parse (const char *text, int *minutes)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  gint64 hours;
  gint64 rest = 0;

  if (parts[0] == NULL || !g_ascii_string_to_signed (parts[0], 10, 0, 2400, &hours, NULL))
    return FALSE;
  if (parts[1] != NULL) {
    if (!g_ascii_string_to_signed (parts[1], 10, 0, 59, &rest, NULL) || hours > 24)
      return FALSE;
  } else if (hours > 24) {
    rest = hours % 100;
    hours /= 100;
  }
  *minutes = (int)(hours * 60 + rest);
  return rest < 60 && *minutes <= DAY_MINUTES;
}

char *
osy_day_time_format (int minutes)
{
  int shown = minutes == DAY_MINUTES ? minutes : minutes % DAY_MINUTES;

  return g_strdup_printf ("%02d:%02d", shown / 60, shown % 60);
}
