/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** What a tile shows of its item at this moment. */
typedef struct {
  OsyMenu *menu;
  const OsyMenuItem *item;
  const char *channel;
  gint64 now; /* UTC µs */
  int count;  /* in the cart */
} OscSaleTileLook;

/** OscSaleTile: one dish to tap (console-ux 7.6): name, price, how many are in the cart, sold out.
 * Recycled: the same tiles show every page. */
#define OSC_TYPE_SALE_TILE (osc_sale_tile_get_type ())
G_DECLARE_FINAL_TYPE (OscSaleTile, osc_sale_tile, OSC, SALE_TILE, GtkButton)

/** osc_sale_tile_new: without an item, invisible. */
GtkWidget *osc_sale_tile_new (void);
/** osc_sale_tile_show: @look: read once. */
void osc_sale_tile_show (OscSaleTile *self, const OscSaleTileLook *look);
/** osc_sale_tile_set_count: how many are in the cart. */
void osc_sale_tile_set_count (OscSaleTile *self, int count);
/** osc_sale_tile_item_id: (transfer none) (nullable). */
const char *osc_sale_tile_item_id (OscSaleTile *self);

G_END_DECLS
