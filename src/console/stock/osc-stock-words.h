/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-ingredient.h"
#include "osy-stock-movement.h"

G_BEGIN_DECLS

/** osc_stock_words_amount: (transfer full): "12.5 kg", "3개": @quantity in thousandths of the base
 * unit, as people would say it. */
char *osc_stock_words_amount (const OsyIngredient *ingredient, gint64 quantity);
/** osc_stock_words_days: (transfer full): for how long it lasts. */
char *osc_stock_words_days (const OsyIngredient *ingredient);
/** osc_stock_words_counted: (transfer full): when it was last counted, seen from @now. */
char *osc_stock_words_counted (const OsyIngredient *ingredient, gint64 now);
/** osc_stock_words_kind: (transfer none): "Received", … */
const char *osc_stock_words_kind (const OsyStockMovement *movement);

/** osc_stock_words_cost: (transfer full): "52,000원 / 포대"; "–" where it is not known. */
char *osc_stock_words_cost (const OsyIngredient *ingredient);
/** osc_stock_words_order: (transfer full): what of @list (of OsyIngredient) is short and by how
 * much, a line each under its supplier: to be sent to him. */
char *osc_stock_words_order (GPtrArray *list);

/** A unit to type in. */
typedef struct {
  char *label;
  const char *unit; /* (nullable): as the daemon names it */
  gint64 times;     /* of that unit: 1,000 for a kg of g */
} OscStockUnit;

/** osc_stock_words_units: (transfer full): of OscStockUnit: base, thousand of it, named ones. */
GPtrArray *osc_stock_words_units (const OsyIngredient *ingredient);

G_END_DECLS
