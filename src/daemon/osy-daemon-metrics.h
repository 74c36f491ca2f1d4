/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bus.h"
#include "osy-http.h"
#include "osy-notification-hub.h"
#include "osy-order-writer.h"

G_BEGIN_DECLS

/** Who is asked when the figures are printed, none of them owned. Main thread. */
typedef struct {
  OsyHttpServer *server;
  OsyOrderWriter *writer;
  OsyNotificationHub *hub;
} OsyDaemonMetrics;

/** osy_daemon_metrics_declare: shows every metric of every room from now on. */
void osy_daemon_metrics_declare (void);

/** osy_daemon_metrics_answered: counts an answer; @duration_us: since the request began. */
void osy_daemon_metrics_answered (OsyHttpRequest *request, guint status, gint64 duration_us);

/** osy_daemon_metrics_event: an OsyBusFunc for all topics: counts what was published. */
void osy_daemon_metrics_event (const char *topic, gpointer message, gpointer user_data);

/** osy_daemon_metrics_look: a job in no restaurant's scope: how much is open in the database. */
gboolean osy_daemon_metrics_look (OsyDbTx *tx, gpointer data, GError **error);

/** osy_daemon_metrics_print: Returns: (transfer full): the text of /metrics. */
GBytes *osy_daemon_metrics_print (const OsyDaemonMetrics *self);

G_END_DECLS
