/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An outage has one beginning and one end. */

#include "osy-alert-pulse.h"

static gboolean
is_silent (const OsyAlertPulse *self, gint64 now)
{
  return now - self->seen_at >= self->patience;
}

void
osy_alert_pulse_answer (OsyAlertPulse *self, gint64 now)
{
  if (self->away_since != 0 && (self->back_at == 0 || is_silent (self, now)))
    self->back_at = now;
  self->seen_at = now;
}

OsyAlertPulseNews
osy_alert_pulse_look (OsyAlertPulse *self, gint64 now, gint64 *away_us)
{
  gint64 asleep = now - self->felt_at - self->every;

  /* Who was stopped himself was not left without an answer. */
  if (asleep > self->every)
    self->seen_at = MIN (now, self->seen_at + asleep);
  self->felt_at = now;
  if (is_silent (self, now)) {
    self->back_at = 0;
    if (self->away_since != 0)
      return OSY_ALERT_PULSE_SAME;
    self->away_since = self->seen_at;
    return OSY_ALERT_PULSE_AWAY;
  }
  if (self->away_since == 0 || self->back_at == 0 || self->seen_at - self->back_at < self->steady)
    return OSY_ALERT_PULSE_SAME;
  *away_us = self->back_at - self->away_since;
  self->away_since = 0;
  self->back_at = 0;
  return OSY_ALERT_PULSE_BACK;
}
