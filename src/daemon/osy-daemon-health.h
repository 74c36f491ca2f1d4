/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-daemon-routes.h"

G_BEGIN_DECLS

/** getHealthReport: what whoever is called for help asks first; room: an OsyDaemonRoom. */
extern const OsyRoute osy_daemon_health_routes[];

G_END_DECLS
