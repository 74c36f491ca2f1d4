/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"
#include "osy-stock.h"

G_BEGIN_DECLS

#define OSY_UNIT_G "G"
#define OSY_UNIT_ML "ML"
#define OSY_UNIT_PIECE "PIECE"
#define OSY_INGREDIENT_MAX_UNITS 8
#define OSY_INGREDIENT_MAX_NAME 100

/** A bigger (or smaller) measure that people count in: kg, box, bottle. */
typedef struct {
  char *name;
  gint64 factor; /* thousandths of the base unit in one */
} OsyIngredientUnit;

/** What dishes are made of. Quantities in thousandths of @unit, times in UTC µs. */
typedef struct {
  char *id;
  char *name;
  const char *unit; /* interned: OSY_UNIT_G, … */
  GPtrArray *units; /* of OsyIngredientUnit, never NULL */
  gint64 on_hand;   /* may be negative: a sale is not stopped by what was written down */
  gint64 reserved;  /* of it, promised to orders */
  gint64 par;       /* below it there is too little; -1: none */
  gboolean track;   /* FALSE: recipes may name it, nothing is deducted */
  gboolean block;   /* TRUE: without it the dish cannot be sold */
  char *supplier;   /* nullable */
  int position;     /* on the shelf: the order of counting */
  gint64 unit_cost; /* won for one @cost_unit, as last received; -1: not known */
  char *cost_unit;  /* nullable: the base unit */
  gint64 last_counted_at;
  gint64 days_left;                /* -1: not known */
  gint64 used[OSY_STOCK_USE_DAYS]; /* a day each, the last is today (UTC days) */
  gint64 version;
} OsyIngredient;

/** osy_ingredient_new: Returns: (transfer full): an empty one, tracked, unit PIECE. */
OsyIngredient *osy_ingredient_new (void);
void osy_ingredient_free (OsyIngredient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyIngredient, osy_ingredient_free)

/** osy_ingredient_available: Returns: on hand and promised to nobody. */
gint64 osy_ingredient_available (const OsyIngredient *self);
/** osy_ingredient_is_low: Returns: whether less is available than @par asks for. */
gboolean osy_ingredient_is_low (const OsyIngredient *self);
/** osy_ingredient_is_short: Returns: whether it is low, or below zero. */
gboolean osy_ingredient_is_short (const OsyIngredient *self);
/** osy_ingredient_reckon: sets days_left by what is available and was used. */
void osy_ingredient_reckon (OsyIngredient *self);
/** osy_ingredient_factor: @unit: (nullable): NULL and the base unit's name mean 1:1. Returns: its
 * factor; 0 when there is no such unit. */
gint64 osy_ingredient_factor (const OsyIngredient *self, const char *unit);

/** osy_ingredient_to_json: Returns: (transfer full): as in openapi.yaml. */
JsonObject *osy_ingredient_to_json (const OsyIngredient *self);
/** osy_ingredient_read: fills in from an answer's reader; faults stay in it. */
void osy_ingredient_read (OsyIngredient *self, OsyJsonReader *reader);
/** osy_ingredient_edit: lays what a request says on @self: name, unit, units, par, track, block,
 * supplier, position; what it does not say stays. @is_new: name and unit are needed. */
void osy_ingredient_edit (OsyIngredient *self, OsyJsonReader *reader, gboolean is_new);

G_END_DECLS
