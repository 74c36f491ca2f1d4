/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-routes.h"
#include "osy-staff-service.h"

G_BEGIN_DECLS

/** What the routes of this room work with. Main thread. */
typedef struct {
  OsyDbPool *pool;
  OsyAuthRoom *auth;
} OsyStaffRoom;

/** Rows of this room; the room given to the server is an OsyStaffRoom. */
extern const OsyRoute osy_staff_routes[];

/** osy_staff_of: what the rules work with, borrowed from @room. */
OsyStaff osy_staff_of (OsyStaffRoom *room);

/** osy_staff_handle_join: POST /auth/invitation, which has a file of its own. */
void osy_staff_handle_join (OsyHttpRequest *request, gpointer room);

G_END_DECLS
