/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-floor.h"

G_BEGIN_DECLS

/** OscFloorBatch: changes of a floor plan as POST floor/changes takes them: a JsonArray. */

/** osc_floor_batch_put_piece: adds that @piece is to be as it is here. */
void osc_floor_batch_put_piece (JsonArray *self, const OsyPiece *piece);
/** osc_floor_batch_put_floor: the same of a floor without its pieces. */
void osc_floor_batch_put_floor (JsonArray *self, const OsyFloor *floor);
/** osc_floor_batch_delete_piece, _delete_floor: a floor goes with all that stands on it. */
void osc_floor_batch_delete_piece (JsonArray *self, const char *id);
void osc_floor_batch_delete_floor (JsonArray *self, const OsyFloor *floor);

/** osc_floor_batch_apply: does to @plan what the daemon will do; what cannot be read is passed
 * over. */
void osc_floor_batch_apply (JsonArray *self, OsyFloorPlan *plan);
/** osc_floor_batch_inverse: (transfer full): what takes @self back, done to @plan as it is before
 * it. */
JsonArray *osc_floor_batch_inverse (JsonArray *self, const OsyFloorPlan *plan);

G_END_DECLS
