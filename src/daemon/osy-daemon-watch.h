/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-metrics.h"
#include "osy-threat-service.h"

G_BEGIN_DECLS

/** ordersync_requests_refused_total; label: why. */
extern OsyMetric osy_requests_refused;

/** osy_daemon_watch: looks at an answer for signs of an attack, and counts what was refused. */
void osy_daemon_watch (OsyThreats *threats, OsyHttpRequest *request, guint status);

G_END_DECLS
