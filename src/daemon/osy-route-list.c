/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Route tables as JSON (ordersyncd --print-routes): who may call what, as the program itself has
 * it.
 */

#include "osy-route-list.h"

static const char *
right_of (const OsyRoute *route)
{
  if (route->flags & OSY_ROUTE_PUBLIC)
    return "public";
  if (route->permission != OSY_PERM_NONE)
    return osy_permission_name (route->permission);
  return (route->flags & OSY_ROUTE_SIGNED_IN) ? "signed-in" : NULL;
}

void
osy_route_list_add (JsonArray *list, const OsyRoute *routes)
{
  for (; routes->method != NULL; routes++) {
    JsonObject *row = json_object_new ();
    const char *right = right_of (routes);
    json_object_set_string_member (row, "method", routes->method);
    json_object_set_string_member (row, "path", routes->path);
    json_object_set_string_member (row, "operation_id", routes->operation_id);
    if (right != NULL)
      json_object_set_string_member (row, "permission", right);
    else
      json_object_set_null_member (row, "permission");
    json_object_set_boolean_member (row, "websocket", (routes->flags & OSY_ROUTE_WEBSOCKET) != 0);
    json_object_set_boolean_member (row, "loopback", (routes->flags & OSY_ROUTE_LOOPBACK) != 0);
    json_object_set_boolean_member (row, "idempotent", (routes->flags & OSY_ROUTE_IDEMPOTENT) != 0);
    json_array_add_object_element (list, row);
  }
}
