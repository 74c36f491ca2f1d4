/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-menu-service.h"

G_BEGIN_DECLS

/** Rows of this room; the room given to the server is an OsyMenuRoom. */
extern const OsyRoute osy_menu_routes[];
/** osy_menu_photo_routes: the pictures of dishes; likewise. */
extern const OsyRoute osy_menu_photo_routes[];

G_END_DECLS
