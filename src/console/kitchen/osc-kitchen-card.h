/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-kitchen-store.h"

G_BEGIN_DECLS

/** What a cell shows of a ticket. */
typedef struct {
  OscKitchenItem *item;
  guint first; /* rows */
  guint count;
  guint part; /* 0: its first cell */
  gboolean goes_on;
  int key; /* 1–10: the key that selects it; 0: none */
} OscKitchenCell;

/** OscKitchenCard: a cell of the grid. Signals, both on release and only when the same ticket was
 * pressed: "bump" (OscKitchenItem*), "tapped" (OscKitchenItem*, const char *line_id (nullable),
 * int course): a row. */
#define OSC_TYPE_KITCHEN_CARD (osc_kitchen_card_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenCard, osc_kitchen_card, OSC, KITCHEN_CARD, GtkWidget)

/** osc_kitchen_card_new: an empty cell. */
GtkWidget *osc_kitchen_card_new (void);
/** osc_kitchen_card_show: @cell: (nullable): NULL: an empty cell. */
void osc_kitchen_card_show (OscKitchenCard *self, const OscKitchenCell *cell);
/** osc_kitchen_card_refresh: its ticket has changed. */
void osc_kitchen_card_refresh (OscKitchenCard *self);
/** osc_kitchen_card_show_age: @frozen_at: UTC µs of the last that was heard; 0: all is well. */
void osc_kitchen_card_show_age (OscKitchenCard *self, gint64 frozen_at);
/** osc_kitchen_card_item: (transfer none) (nullable). */
OscKitchenItem *osc_kitchen_card_item (OscKitchenCard *self);
/** osc_kitchen_card_room: what is left for rows in a cell of @height. */
int osc_kitchen_card_room (OscKitchenCard *self, int height);
/** osc_kitchen_card_mark: @line: (nullable): the line that is selected. @ringed: it has the dish
 * that is looked for. */
void
osc_kitchen_card_mark (OscKitchenCard *self, gboolean selected, const char *line, gboolean ringed);

G_END_DECLS
