/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-caller.h"
#include "osc-carts.h"
#include "osc-context.h"
#include "osc-sold-counts.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscSale: selling at the counter and on the phone (console-ux 7.6), an OscView. To open it with
 * an order's id copies that order into a new cart, with "table:<id>:<guests>" sells at that table,
 * with "item:<id>" puts that dish into the cart, with "phone" begins an order by phone. */
#define OSC_TYPE_SALE (osc_sale_get_type ())
G_DECLARE_FINAL_TYPE (OscSale, osc_sale, OSC, SALE, GtkWidget)

/** osc_sale_new: over the menu of @context; the carts are its own. */
GtkWidget *osc_sale_new (const OscContext *context);
/** osc_sale_carts: (transfer none): for tests and pictures. */
OscCarts *osc_sale_carts (OscSale *self);
/** osc_sale_caller: (transfer none): for tests and pictures. */
OscCaller *osc_sale_caller (OscSale *self);
/** osc_sale_counts: (transfer none): for tests and pictures; looked at when the view is entered. */
OscSoldCounts *osc_sale_counts (OscSale *self);

G_END_DECLS
