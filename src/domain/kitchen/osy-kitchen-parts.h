/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-setup.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** What of a sold line one station makes. */
typedef struct {
  const OsyKitchenStation *station; /* borrowed from the set-up */
  char *options;   /* nullable: JSON, as in the order; NULL: all that were chosen */
  char *allergens; /* nullable: JSON array of texts */
  gint64 minutes;  /* 0: not said */
} OsyKitchenPart;

/**
 * osy_kitchen_parts:
 * @facts: of the items that @line names (osy_kitchen_parts_items())
 *
 * Parts a line among stations. Dishes that were chosen for a combo go where they go by themselves,
 * if the choice has no route of its own; all else stays with the line, and is repeated to the other
 * stations as `shared`: words that count nothing.
 *
 * Returns: (transfer full): of OsyKitchenPart, no station twice; the first is the line's own.
 */
GPtrArray *
osy_kitchen_parts (const OsyKitchenSetup *setup, GHashTable *facts, const OsyOrderLine *line);

/** osy_kitchen_parts_items: adds the ids of the line's item and of the dishes chosen with it. */
void osy_kitchen_parts_items (const OsyOrderLine *line, GPtrArray *ids);

/** osy_kitchen_parts_own: (transfer full): @options of a part, JSON, as they count: what is shared
 * takes nothing by itself. */
JsonNode *osy_kitchen_parts_own (const char *options);

G_END_DECLS
