/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-http.h"

G_BEGIN_DECLS

/** osy_route_list_add: appends each row of @routes to @list: method, path, operation_id, permission
 * (a wire name, "public", "signed-in" or null), websocket, loopback, idempotent. */
void osy_route_list_add (JsonArray *list, const OsyRoute *routes);

G_END_DECLS
