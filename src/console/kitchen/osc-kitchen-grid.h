/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-kitchen-card.h"

G_BEGIN_DECLS

/** OscKitchenGrid: tickets in two rows of cells of one size, page by page. Nothing moves for 400 ms
 * after osc_kitchen_grid_hold(). Signals: those of OscKitchenCard, and "turned": page, number of
 * pages or the selection is another one; "shown" (OscKitchenItem*): a ticket stands on screen. */
#define OSC_TYPE_KITCHEN_GRID (osc_kitchen_grid_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenGrid, osc_kitchen_grid, OSC, KITCHEN_GRID, GtkWidget)

/** osc_kitchen_grid_new: empty until osc_kitchen_grid_follow(). */
GtkWidget *osc_kitchen_grid_new (void);
/** osc_kitchen_grid_follow: @tickets: of OscKitchenItem, in their order. */
void osc_kitchen_grid_follow (OscKitchenGrid *self, GListModel *tickets);
void osc_kitchen_grid_set_columns (OscKitchenGrid *self, int columns);
/** osc_kitchen_grid_hold: somebody has just tapped. */
void osc_kitchen_grid_hold (OscKitchenGrid *self);
/** osc_kitchen_grid_show_ages: a second has passed; @frozen_at: as of the store. */
void osc_kitchen_grid_show_ages (OscKitchenGrid *self, gint64 frozen_at);

/** osc_kitchen_grid_turn: to @page, from 0; beyond the ends: to them. */
void osc_kitchen_grid_turn (OscKitchenGrid *self, int page);
int osc_kitchen_grid_page (OscKitchenGrid *self);
int osc_kitchen_grid_pages (OscKitchenGrid *self);
/** osc_kitchen_grid_late_elsewhere: Returns: late tickets of the first other page that has any;
 * @page: (out): which. */
guint osc_kitchen_grid_late_elsewhere (OscKitchenGrid *self, gint64 now, int *page);

/** osc_kitchen_grid_at: (transfer none) (nullable): the ticket that begins in cell @key, 1–10, of
 * the page. */
OscKitchenItem *osc_kitchen_grid_at (OscKitchenGrid *self, int key);
/** osc_kitchen_grid_select: @item: (nullable); turns to its page. */
void osc_kitchen_grid_select (OscKitchenGrid *self, OscKitchenItem *item, const char *line);
/** osc_kitchen_grid_step: selects the ticket @by places on. */
void osc_kitchen_grid_step (OscKitchenGrid *self, int by);
/** osc_kitchen_grid_selected: (transfer none) (nullable). */
OscKitchenItem *osc_kitchen_grid_selected (OscKitchenGrid *self);
/** osc_kitchen_grid_line: (transfer none) (nullable): the selected line's id. */
const char *osc_kitchen_grid_line (OscKitchenGrid *self);
/** osc_kitchen_grid_ring: marks the tickets that have the dish so called; NULL: none. */
void osc_kitchen_grid_ring (OscKitchenGrid *self, const char *name);

G_END_DECLS
