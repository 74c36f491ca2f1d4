/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** Pages for browsers of the shop, and at which address they open; room: an OsyDaemonRoom. */
extern const OsyRoute osy_web_routes[];

G_END_DECLS
