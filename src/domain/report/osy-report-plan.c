/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which report is due: by the shop's own clock, of days that are over. */

#include "osy-report-plan.h"

#include "osy-clock.h"
#include "osy-report-words.h"

int
osy_report_plan_step (OsyReportKind kind)
{
  return kind == OSY_REPORT_WEEKLY ? 7 : 1;
}

/* The time of @day on the wall; where the clock jumps over it, the time that it jumps to. */
static gint64
time_of (const char *day, int minutes, GTimeZone *zone)
{
  GDate date;

  if (!osy_report_read_day (day, &date))
    return G_MAXINT64;
  g_autoptr (GDateTime) at =
      g_date_time_new (zone, g_date_get_year (&date), (int)g_date_get_month (&date),
                       g_date_get_day (&date), minutes / 60, minutes % 60, 0);
  return at != NULL ? g_date_time_to_unix (at) * G_USEC_PER_SEC : G_MAXINT64;
}

static char *
local_day (gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d");
}

char *
osy_report_plan_newest (OsyReportKind kind,
                        const OsyReportPlan *plan,
                        const OsyReportClock *clock,
                        gint64 now,
                        gint64 *due_at)
{
  g_autoptr (GTimeZone) named = osy_clock_zone (clock->zone);
  g_autoptr (GTimeZone) zone = named != NULL ? g_steal_pointer (&named) : g_time_zone_new_utc ();
  g_autofree char *today = local_day (now, zone);
  const int minutes = MAX (plan->at, clock->cutoff);

  for (int back = 0;; back++) {
    g_autofree char *day = osy_report_day_after (today, -back);
    if (kind == OSY_REPORT_WEEKLY && osy_report_weekday_of (day) != plan->weekday)
      continue;
    *due_at = time_of (day, minutes, zone);
    /* After a fortnight any clock has shown it. */
    if (*due_at > now && back < 14)
      continue;
    g_autofree char *monday = osy_report_monday (day);
    return kind == OSY_REPORT_WEEKLY ? osy_report_day_after (monday, -7)
                                     : osy_report_day_after (day, -1);
  }
}
