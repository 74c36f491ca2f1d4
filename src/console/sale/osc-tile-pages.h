/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart.h"
#include "osc-keys.h"

G_BEGIN_DECLS

/** OscTilePages: a list of items page by page, never scrolling: 4 × 5 tiles, 6 × 5 where there is
 * room; only these widgets exist, however long the list. Signals: "chosen" (const char *item_id);
 * "ended" (int): the keys went past the last page (1) or before the first (−1). */
#define OSC_TYPE_TILE_PAGES (osc_tile_pages_get_type ())
G_DECLARE_FINAL_TYPE (OscTilePages, osc_tile_pages, OSC, TILE_PAGES, GtkWidget)

/** osc_tile_pages_set_items: @ids: of const char*: item ids, looked up in @menu whenever they are
 * shown; unknown ones are left out. @again: the same list, newer: the page stays. */
void osc_tile_pages_set_items (OscTilePages *self, OsyMenu *menu, GPtrArray *ids, gboolean again);
/** osc_tile_pages_set_cart: whose counts and channel the tiles show. */
void osc_tile_pages_set_cart (OscTilePages *self, OscCart *cart);
/** osc_tile_pages_refresh: takes up what the clock did to prices and sold-out marks. */
void osc_tile_pages_refresh (OscTilePages *self);
/** osc_tile_pages_key: arrows move the cursor, page keys turn. Returns: whether it did anything. */
gboolean osc_tile_pages_key (OscTilePages *self, OscKey key);
/** osc_tile_pages_cursor: (transfer none) (nullable): the item the keys act on. */
const char *osc_tile_pages_cursor (OscTilePages *self);
void osc_tile_pages_clear_cursor (OscTilePages *self);
/** osc_tile_pages_first: (transfer none) (nullable): the first item of the list. */
const char *osc_tile_pages_first (OscTilePages *self);
/** osc_tile_pages_last_page: shows the last page of the list. */
void osc_tile_pages_last_page (OscTilePages *self);

G_END_DECLS
