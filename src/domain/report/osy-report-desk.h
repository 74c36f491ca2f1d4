/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-report-room.h"

G_BEGIN_DECLS

/** osy_report_desk_new: makes what is due, shop by shop, and writes files, one at a time. Main
 * thread, like all of it. (transfer full) */
OsyReportDesk *osy_report_desk_new (OsyReportRoom *room);
/** osy_report_desk_start: looks every few seconds, first when what waited for the daemon is in the
 * sums. */
void osy_report_desk_start (OsyReportDesk *self);
/** osy_report_desk_wake: something is to be made or written. */
void osy_report_desk_wake (OsyReportDesk *self);
/** osy_report_desk_stop: begins nothing more; what is being written is written again next time. */
void osy_report_desk_stop (OsyReportDesk *self);
/** osy_report_desk_free: drops the composer's reference. */
void osy_report_desk_free (OsyReportDesk *self);

/** osy_report_desk_wake_after: once @tx has committed. Worker. */
void osy_report_desk_wake_after (OsyDbTx *tx, OsyReportRoom *room);

G_END_DECLS
