/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Whether something that is asked every few seconds answers. Times are monotonic µs. One outage is
 * one, however often it seems to be over for a moment: it is over once answers came for a while. */
typedef struct {
  gint64 every;      /* from look to look */
  gint64 patience;   /* without an answer for so long it is away */
  gint64 steady;     /* and back after so long of answers */
  gint64 felt_at;    /* when it was last looked at */
  gint64 seen_at;    /* when it last answered */
  gint64 away_since; /* 0: it is not away */
  gint64 back_at;    /* since when it answers again; 0: it does not */
} OsyAlertPulse;

typedef enum { OSY_ALERT_PULSE_SAME, OSY_ALERT_PULSE_AWAY, OSY_ALERT_PULSE_BACK } OsyAlertPulseNews;

/** osy_alert_pulse_answer: it answered at @now. */
void osy_alert_pulse_answer (OsyAlertPulse *self, gint64 now);
/** osy_alert_pulse_look: each few seconds. @away_us: (out): with BACK, for how long it was away.
 * Returns: what is to be told now: AWAY and BACK by turns. */
OsyAlertPulseNews osy_alert_pulse_look (OsyAlertPulse *self, gint64 now, gint64 *away_us);

G_END_DECLS
