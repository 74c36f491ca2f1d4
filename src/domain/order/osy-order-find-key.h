/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"
#include "osy-order.h"

G_BEGIN_DECLS

/**
 * osy_order_find_keys:
 *
 * Everything @order is found by, but its number, which the database gives it. What is personal
 * becomes a keyed hash of eight bytes, of which seven are kept. Returns: (transfer full): of
 * gint64, none twice.
 */
GArray *osy_order_find_keys (OsyKeyring *ring, const OsyOrderData *order);

/** osy_order_find_person_keys: those of a guest's @name and @phone alone, either of which may be
 * NULL. */
GArray *osy_order_find_person_keys (OsyKeyring *ring,
                                    const char *shop_id,
                                    const char *name,
                                    const char *phone);
/** Whether a key, in SQL, is one of those. */
#define OSY_ORDER_FIND_IS_PERSONAL(key) "(" key " >> 56) BETWEEN 3 AND 5"

/** osy_order_find_print: @keys as an array of PostgreSQL. (transfer full) */
char *osy_order_find_print (GArray *keys);

/** osy_order_find_item_key: of a menu item's id. */
gint64 osy_order_find_item_key (const char *menu_item_id);
/** osy_order_find_number_key: the same that the database makes when it gives the number. */
gint64 osy_order_find_number_key (gint64 number);
/** osy_order_find_amount_key: of a total in won. */
gint64 osy_order_find_amount_key (gint64 amount);

/** osy_order_find_read_won: "12000", "12,000", "12,000원". Returns: FALSE when it is no amount. */
gboolean osy_order_find_read_won (const char *text, gint64 *ret);
/** osy_order_find_is_words: Returns: whether @text is more than figures, so that it may be the name
 * of an item. */
gboolean osy_order_find_is_words (const char *text);

/** osy_order_find_add_phone: to @keys of gint64: of four digits the key of a phone's end, of a
 * whole number its own; nothing for what is neither. */
void
osy_order_find_add_phone (GArray *keys, OsyKeyring *ring, const char *shop_id, const char *phone);
/** osy_order_find_add_typed: everything @text may mean but an item's name. */
void
osy_order_find_add_typed (GArray *keys, OsyKeyring *ring, const char *shop_id, const char *text);

G_END_DECLS
