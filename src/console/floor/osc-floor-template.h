/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-floor.h"

G_BEGIN_DECLS

/** The grid of the editor, in units of the plan. */
#define OSC_FLOOR_GRID 8
/** A floor as it begins. */
#define OSC_FLOOR_WIDTH 880
#define OSC_FLOOR_HEIGHT 608

/** osc_floor_template_floor: (transfer full): an empty floor behind those of @plan. */
OsyFloor *osc_floor_template_floor (const OsyFloorPlan *plan);
/** osc_floor_template_piece: (transfer full): a new piece of @kind on @floor, in the middle of what
 * is free there; a table with the next number of @plan. @shape: nullable. */
OsyPiece *osc_floor_template_piece (const OsyFloorPlan *plan,
                                    const OsyFloor *floor,
                                    const char *kind,
                                    const char *shape);
/** osc_floor_template_fill: a batch that draws a floor with @tables tables (8, 12, 20), a counter
 * and a door. */
JsonArray *osc_floor_template_fill (const OsyFloorPlan *plan, int tables);

G_END_DECLS
