/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-channel.h"
#include "osy-menu.h"
#include "osy-order.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** The menu_item_id and option_id of what is not on our menu. */
#define OSY_CHANNEL_NOWHERE "00000000-0000-0000-0000-000000000000"

/** What a platform's order is made into one of ours with. */
typedef struct {
  OsyShop *shop;
  OsyMenu *menu;
  GHashTable *map; /* osy_channel_store_map() */
  gint64 now;      /* UTC µs */
} OsyChannelKitchen;

/**
 * osy_channel_order_make:
 *
 * The guest has paid what the platform says, so its prices are taken as they are, and a paid order
 * is never refused: what is not on our menu keeps the platform's name, and flags say what does not
 * fit. Items are found by the shop's own table, then by the menu's code; options by the table, then
 * by name. Returns: (transfer full): PENDING, without a number.
 */
OsyOrderData *
osy_channel_order_make (const OsyChannelMessage *message, const OsyChannelKitchen *kitchen);

G_END_DECLS
