/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

#define OSY_MOVEMENT_RECEIVE "RECEIVE"
#define OSY_MOVEMENT_WASTE "WASTE"
#define OSY_MOVEMENT_COUNT "COUNT"
#define OSY_MOVEMENT_ADJUST "ADJUST"
#define OSY_MOVEMENT_USE "USE"       /* an order was made */
#define OSY_MOVEMENT_RETURN "RETURN" /* part of it was taken off its check */
#define OSY_MOVEMENT_UNDO "UNDO"     /* the opposite of another row */

/** One row of an ingredient's history; never changes. Thousandths of the base unit, UTC µs. */
typedef struct {
  char *id;
  char *ingredient_id;
  const char *kind; /* interned */
  gint64 quantity;  /* what it changed, with its sign */
  gint64 on_hand;   /* after it */
  gint64 counted;   /* of COUNT: what was found */
  char *reason;     /* nullable */
  gint64 unit_cost; /* won for one @cost_unit; -1: not said */
  char *cost_unit;  /* nullable: the base unit */
  char *actor;
  char *undoes;       /* (nullable): of UNDO: the row it takes back */
  char *undone_by;    /* (nullable): the row that took this one back */
  char *subject_type; /* (nullable): "order", of what orders move */
  char *subject_id;   /* nullable */
  gint64 at;
} OsyStockMovement;

/** osy_stock_movement_new: Returns: (transfer full): an empty one. */
OsyStockMovement *osy_stock_movement_new (void);
void osy_stock_movement_free (OsyStockMovement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyStockMovement, osy_stock_movement_free)

/** osy_stock_movement_can_undo: Returns: whether a person may take it back: not what an order
 * moved, and nothing twice. */
gboolean osy_stock_movement_can_undo (const OsyStockMovement *self);

/** osy_stock_movement_to_json: Returns: (transfer full): as in openapi.yaml. */
JsonObject *osy_stock_movement_to_json (const OsyStockMovement *self);
/** osy_stock_movement_read: fills in from an answer's reader; faults stay in it. */
void osy_stock_movement_read (OsyStockMovement *self, OsyJsonReader *reader);

G_END_DECLS
