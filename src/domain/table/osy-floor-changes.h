/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-floor.h"

G_BEGIN_DECLS

/** Most changes of one batch, floors and pieces of a plan. */
#define OSY_FLOOR_MAX_CHANGES 1000
#define OSY_FLOOR_MAX_FLOORS 20
#define OSY_FLOOR_MAX_PIECES 500

/**
 * osy_floor_changes_apply:
 * @reader: of {"changes": […]}, as openapi.yaml's FloorChanges says
 * @plan: takes the changes, all of them or, on error, an unknown part; its version goes up by one
 *
 * Returns: FALSE with INVALID_REQUEST (pointers into /changes/…), or with VERSION_CONFLICT when a
 * floor or piece is not what the client saw ("expect") or is gone: member `entries` names them.
 */
gboolean osy_floor_changes_apply (OsyJsonReader *reader,
                                  OsyFloorPlan *plan,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_floor_changes_between: Returns: (transfer full): {"changes": […]}: the batch that makes @to
 *  of @from, but for pictures and the version. What it changes it expects to be as in @from. */
JsonNode *osy_floor_changes_between (const OsyFloorPlan *from, const OsyFloorPlan *to);

G_END_DECLS
