/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-routes.h"

G_BEGIN_DECLS

/** Rows of this room; the room given to the server is an OsyAuthRoom. */
extern const OsyRoute osy_account_routes[];

/* Handlers that have a file of their own. */
/** osy_account_handle_people: GET /auth/act/people. */
void osy_account_handle_people (OsyHttpRequest *request, gpointer room);
/** osy_account_handle_act: POST /auth/act. */
void osy_account_handle_act (OsyHttpRequest *request, gpointer room);

G_END_DECLS
