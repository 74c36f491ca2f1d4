/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-sent.h"
#include "osy-db.h"
#include "osy-fetch-queue.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-metrics.h"

G_BEGIN_DECLS

/** ordersync_reports_total; label: MADE (by themselves or asked for), SENT (to one of the places
 * that they go to), FAILED (given up there). */
extern OsyMetric osy_reports;

typedef struct _OsyReportDesk OsyReportDesk;

/** What the report room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyReportDesk *desk;
  OsyFetchQueue *mails;
  OsyAlertSent *sent;       /* mails that were taken over there */
  const char *sendgrid_url; /* of the composer */
} OsyReportRoom;

/** Every route of the room; room: an OsyReportRoom. */
extern const OsyRoute osy_report_routes[];
extern const OsyRoute osy_report_setup_routes[];

/** osy_report_sweep_old: forgets, in the transaction's shop, what was due before @before (UTC µs).
 */
gboolean osy_report_sweep_old (OsyDbTx *tx, gint64 before, GError **error);

G_END_DECLS
