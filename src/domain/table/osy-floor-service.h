/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-floor.h"
#include "osy-http.h"
#include "osy-table-service.h"

G_BEGIN_DECLS

/** Largest picture of a room: bytes, and pixels of a side. */
#define OSY_FLOOR_PHOTO_MAX (2 * 1024 * 1024)
#define OSY_FLOOR_PHOTO_SIDE 8192

/** osy_floor_service_read: order:read. Returns: (transfer full): the plan, or NULL. */
OsyFloorPlan *osy_floor_service_read (OsyDbTx *tx, const OsyCall *call, GError **error);

/** osy_floor_service_change: table:manage. @body: {"changes": […]}. Returns: (transfer full):
 *  {version, undo}; NULL with STATE_CONFLICT (member `tables`) when a table would go at which
 *  somebody sits; else see osy_floor_changes_apply(). */
JsonNode *osy_floor_service_change (OsyDbTx *tx,
                                    const OsyCall *call,
                                    OsyTableContext *room,
                                    JsonNode *body,
                                    GError **error);

/** osy_floor_photo_type: Returns: (transfer none) (nullable): "image/jpeg" or "image/png",
 * whichever
 *  @content is a whole picture of, with sides of 1…OSY_FLOOR_PHOTO_SIDE pixels; what it is called
 *  does not count. */
const char *osy_floor_photo_type (GBytes *content);

/** osy_floor_service_put_photo, _delete_photo: table:manage; NOT_FOUND where there is no such floor
 *  or picture. @content: (nullable): NULL deletes. */
gboolean osy_floor_service_put_photo (OsyDbTx *tx,
                                      const OsyCall *call,
                                      OsyTableContext *room,
                                      const char *floor_id,
                                      GBytes *content,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** /restaurants/me/floor…; room: an OsyTableContext. */
extern const OsyRoute osy_floor_routes[];

G_END_DECLS
