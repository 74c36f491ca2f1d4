/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-daemon-routes.h"

G_BEGIN_DECLS

/** listDaemonLog: the last lines of this daemon's log, to who reads the record, on this machine
 * alone; the room is not looked at. */
extern const OsyRoute osy_daemon_log_routes[];

G_END_DECLS
