/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-routes.h"

G_BEGIN_DECLS

/** Rows of this room; the room given to the server is an OsyAuthRoom. */
extern const OsyRoute osy_device_routes[];

G_END_DECLS
