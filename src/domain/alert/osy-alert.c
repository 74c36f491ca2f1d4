/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What an alert is: its names, when it may wake somebody, when it is tried again. */

#include "osy-alert.h"

#include "osy-clock.h"

const char *const osy_alert_kinds[] = {"OUTAGE",  "THREAT",     "REFUNDS", "LATE_ORDERS",
                                       "PRINTER", "UNANSWERED", "TEST",    NULL};
const char *const osy_alert_channels[] = {"SCREEN", "SLACK",    "PAGERDUTY", "EMAIL",
                                          "SMS",    "ALIMTALK", NULL};

G_STATIC_ASSERT (G_N_ELEMENTS (osy_alert_kinds) == OSY_N_ALERTS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (osy_alert_channels) == OSY_N_ALERT_CHANNELS + 1);

static guint
index_of (const char *const *names, const char *name)
{
  guint i = 0;

  while (names[i + 1] != NULL && !g_str_equal (names[i], name))
    i++;
  return i;
}

OsyAlertKind
osy_alert_kind_of (const char *name)
{
  return (OsyAlertKind)index_of (osy_alert_kinds, name);
}

OsyAlertChannel
osy_alert_channel_of (const char *name)
{
  return (OsyAlertChannel)index_of (osy_alert_channels, name);
}

void
osy_alert_free (OsyAlert *self)
{
  g_free (self->id);
  g_free (self->subject);
  g_clear_pointer (&self->facts, json_node_unref);
  g_free (self);
}

gboolean
osy_alert_is_over (const OsyAlert *self)
{
  JsonObject *facts = json_node_get_object (self->facts);

  switch (self->kind) {
  case OSY_ALERT_THREAT:
  case OSY_ALERT_LATE_ORDERS:
  case OSY_ALERT_UNANSWERED:
  case OSY_ALERT_PRINTER: return self->ended_at != 0;
  case OSY_ALERT_OUTAGE: /* of the database is told once it is over */
    return self->ended_at != 0 &&
           !g_str_equal (json_object_get_string_member_with_default (facts, "part", ""),
                         "DATABASE");
  default: return FALSE;
  }
}

gboolean
osy_alert_is_urgent (const OsyAlert *self)
{
  return self->kind == OSY_ALERT_OUTAGE || self->kind == OSY_ALERT_THREAT ||
         self->kind == OSY_ALERT_UNANSWERED || self->kind == OSY_ALERT_TEST;
}

/* The minute of @local's day, or of the next one, in its zone. */
static gint64
minute_of (GDateTime *local, gboolean next, int minute)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (local, next ? 1 : 0);
  g_autoptr (GDateTime) at = g_date_time_new (
      g_date_time_get_timezone (local), g_date_time_get_year (day), g_date_time_get_month (day),
      g_date_time_get_day_of_month (day), minute / 60, minute % 60, 0);

  return at != NULL ? g_date_time_to_unix (at) * G_USEC_PER_SEC : 0;
}

gint64
osy_alert_quiet_end (const OsyAlertQuiet *self, gint64 now, const char *zone)
{
  g_autoptr (GTimeZone) named = osy_clock_zone (zone);
  g_autoptr (GTimeZone) tz = named != NULL ? g_steal_pointer (&named) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, tz) : NULL;

  if (self->from < 0 || self->from == self->until || local == NULL)
    return 0;
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  gboolean wraps = self->from > self->until;
  gboolean quiet = wraps ? minute >= self->from || minute < self->until
                         : minute >= self->from && minute < self->until;
  if (!quiet)
    return 0;
  gint64 end = minute_of (local, wraps && minute >= self->from, self->until);
  /* An hour that summer time repeats may put the end behind us. */
  return MAX (end, now + G_TIME_SPAN_MINUTE);
}

gint64
osy_alert_retry_at (gint64 now, gint64 attempts)
{
  static const gint64 rests[] = {10, 30, 60, 120, 300, 900, 1800};

  if (attempts < 1 || attempts > (gint64)G_N_ELEMENTS (rests))
    return 0;
  return now + rests[attempts - 1] * G_USEC_PER_SEC;
}
