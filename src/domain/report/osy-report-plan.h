/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-report.h"

G_BEGIN_DECLS

/** When reports of a kind are made. */
typedef struct {
  gboolean on;
  int at;         /* minutes after local midnight; never before the business day has ended */
  int weekday;    /* of a week's: 1 Monday … 7 */
  char since[11]; /* the first day that one is made of; "" while it is off */
} OsyReportPlan;

/** Where a shop's days begin and end. */
typedef struct {
  const char *zone;
  int cutoff; /* minutes after local midnight */
} OsyReportClock;

/** osy_report_plan_newest: the newest day (of a week its Monday) whose report is due by @now (UTC
 * µs), also when nobody wants it. *@due_at: since when. Returns: (transfer full) */
char *osy_report_plan_newest (OsyReportKind kind,
                              const OsyReportPlan *plan,
                              const OsyReportClock *clock,
                              gint64 now,
                              gint64 *due_at);

/** osy_report_plan_step: Returns: days from one report to the next. */
int osy_report_plan_step (OsyReportKind kind);

G_END_DECLS
