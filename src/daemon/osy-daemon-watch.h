/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-threat-service.h"

G_BEGIN_DECLS

/** osy_daemon_watch: looks at an answer for signs of an attack, and counts what was refused. */
void osy_daemon_watch (OsyThreats *threats, OsyHttpRequest *request, guint status);

G_END_DECLS
