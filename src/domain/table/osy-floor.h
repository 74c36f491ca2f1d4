/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

/** Kinds of pieces; TABLE alone can be sat at, and has a number. */
#define OSY_PIECE_TABLE "TABLE"
#define OSY_PIECE_BAR "BAR"
#define OSY_PIECE_WALL "WALL"
#define OSY_PIECE_DOOR "DOOR"
#define OSY_PIECE_TEXT "TEXT"
/** Shapes. */
#define OSY_PIECE_SQUARE "SQUARE"
#define OSY_PIECE_ROUND "ROUND"

/** Bounds, in pixels of the plan (grid 8); texts in characters. */
#define OSY_FLOOR_MAX_SIZE 8192
#define OSY_FLOOR_MIN_SIZE 320
#define OSY_PIECE_MIN_SIZE 8
#define OSY_FLOOR_MAX_NAME 30
#define OSY_PIECE_MAX_NUMBER 8
#define OSY_PIECE_MAX_LABEL 60
#define OSY_PIECE_MAX_SEATS 99

/** What stands on a floor. Places and sizes in pixels of the plan, of the unturned box. */
typedef struct {
  char *id;
  char *floor_id;
  const char *kind;  /* interned: OSY_PIECE_TABLE, … */
  const char *shape; /* interned: OSY_PIECE_SQUARE, _ROUND */
  char *number;      /* (nullable): of tables alone; one of a kind in the shop */
  char *label;       /* (nullable): words of a text, a door, … */
  int seats;         /* 0: not said */
  int x, y, width, height;
  int rotation; /* degrees, 0…359 */
} OsyPiece;

/** One floor or room of the shop. */
typedef struct {
  char *id;
  char *name;
  int position; /* order of the floors, from 0 */
  int width, height;
  gboolean photo;    /* a picture of the room lies behind */
  GPtrArray *pieces; /* of OsyPiece, never NULL; later ones lie above */
} OsyFloor;

/** The whole plan of a shop. Plain data: whoever has it may change his own. */
typedef struct {
  gint64 version;    /* 0: nothing was ever drawn */
  GPtrArray *floors; /* of OsyFloor by position, never NULL */
} OsyFloorPlan;

/** osy_piece_new, osy_floor_new, osy_floor_plan_new: Returns: (transfer full): an empty one; _copy
 * a deep copy. */
OsyPiece *osy_piece_new (void);
OsyPiece *osy_piece_copy (const OsyPiece *self);
void osy_piece_free (OsyPiece *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPiece, osy_piece_free)
OsyFloor *osy_floor_new (void);
/** osy_floor_copy: with its pieces. */
OsyFloor *osy_floor_copy (const OsyFloor *self);
void osy_floor_free (OsyFloor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyFloor, osy_floor_free)
OsyFloorPlan *osy_floor_plan_new (void);
OsyFloorPlan *osy_floor_plan_copy (const OsyFloorPlan *self);
void osy_floor_plan_free (OsyFloorPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyFloorPlan, osy_floor_plan_free)

/** osy_floor_plan_floor, _piece, _table: Returns: (transfer none) (nullable): by id; a table by
 *  number. */
OsyFloor *osy_floor_plan_floor (const OsyFloorPlan *self, const char *id);
OsyPiece *osy_floor_plan_piece (const OsyFloorPlan *self, const char *id);
OsyPiece *osy_floor_plan_table (const OsyFloorPlan *self, const char *number);
/** osy_floor_plan_next_number: Returns: (transfer full): the least number from 1 on that is free.
 */
char *osy_floor_plan_next_number (const OsyFloorPlan *self);

/** osy_piece_digest, osy_floor_digest: Returns: (transfer full): what "expect" of a change says of
 *  it: the same for the same content (of a floor without its pieces), whatever led to it. */
char *osy_piece_digest (const OsyPiece *self);
char *osy_floor_digest (const OsyFloor *self);

/** osy_piece_to_json, osy_floor_to_json, osy_floor_plan_to_json: Returns: (transfer full): as in
 *  openapi.yaml; each with its "digest". A piece is written without its floor. */
JsonObject *osy_piece_to_json (const OsyPiece *self);
JsonObject *osy_floor_to_json (const OsyFloor *self);
JsonNode *osy_floor_plan_to_json (const OsyFloorPlan *self);
/** osy_floor_plan_from_json: reads what _to_json() wrote; unknown members are passed over. */
OsyFloorPlan *osy_floor_plan_from_json (JsonNode *node, GError **error);

/** osy_piece_read, osy_floor_read: fill in from a reader's members with all their bounds; faults
 *  stay in the reader. Also for strict reading of changes. Ids are read; a floor's pieces are not.
 */
void osy_piece_read (OsyPiece *self, OsyJsonReader *reader);
void osy_floor_read (OsyFloor *self, OsyJsonReader *reader);

G_END_DECLS
