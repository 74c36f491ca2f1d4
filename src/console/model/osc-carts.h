/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart.h"

G_BEGIN_DECLS

/**
 * OscCarts: the sales that are under way: one current, others held ("잠시 두기"). GListModel of
 * OscCart: the held ones, oldest first. Kept in a file of this shop after every change, so that
 * they survive a power cut; a file that cannot be read is put aside. Property "current" (OscCart,
 * notify). Signal "changed": any of the carts, or which they are.
 */
#define OSC_TYPE_CARTS (osc_carts_get_type ())
G_DECLARE_FINAL_TYPE (OscCarts, osc_carts, OSC, CARTS, GObject)

/** osc_carts_new: @folder: (nullable): where to keep them; NULL: the user's state folder, or, when
 * there is no @client (tests), nowhere. What was kept is there once @menu says which shop it is. */
OscCarts *osc_carts_new (OsyClient *client, OscMenuStore *menu, const char *folder);
/** osc_carts_current: (transfer none): never NULL. */
OscCart *osc_carts_current (OscCarts *self);
/** osc_carts_hold: puts the current cart by and begins another; not an empty one (FALSE). */
gboolean osc_carts_hold (OscCarts *self);
/** osc_carts_take_up: makes @cart the current one; the other is held unless it is empty. */
void osc_carts_take_up (OscCarts *self, OscCart *cart);
/** osc_carts_drop: throws away @cart, held or current; osc_carts_undo_drop() brings the last one
 * back, held (FALSE: there is none). */
void osc_carts_drop (OscCarts *self, OscCart *cart);
gboolean osc_carts_undo_drop (OscCarts *self);
/** osc_carts_copy_order: begins a cart like @order and makes it current; what was current is held
 * unless it is empty. */
void osc_carts_copy_order (OscCarts *self, OsyOrder *order);
/** osc_carts_held_at: UTC µs when @cart was held. */
gint64 osc_carts_held_at (OscCarts *self, OscCart *cart);

G_END_DECLS
