/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-order-store.h"

G_BEGIN_DECLS

/** OscLater: how many accepted orders wait for their time and when the next is due; a touch opens
 * their list, where each is looked at ("board.open"), begun ("board.act") or put off
 * ("board.time"). Not visible while there are none. */
#define OSC_TYPE_LATER (osc_later_get_type ())
G_DECLARE_FINAL_TYPE (OscLater, osc_later, OSC, LATER, GtkWidget)

/** osc_later_set_orders: once: whose orders. */
void osc_later_set_orders (OscLater *self, OscOrderStore *orders);
/** osc_later_show: brings it up to date; the board calls it every second. */
void osc_later_show (OscLater *self);
/** osc_later_set_live: whether anything can be done. */
void osc_later_set_live (OscLater *self, gboolean live);

G_END_DECLS
