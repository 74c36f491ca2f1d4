/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-carts.h"

G_BEGIN_DECLS

/** OscCartPanel: the right side of the sale: held carts, type, table, people and guest, the lines,
 * the total and the button that sends. It activates the actions of OscCartRow and "sale.send",
 * "sale.hold", "sale.undo", "sale.redo", "sale.guest" (i: OscGuestField). */
#define OSC_TYPE_CART_PANEL (osc_cart_panel_get_type ())
G_DECLARE_FINAL_TYPE (OscCartPanel, osc_cart_panel, OSC, CART_PANEL, GtkWidget)

/** osc_cart_panel_setup: once. @menu: which dishes have options. */
void osc_cart_panel_setup (OscCartPanel *self, OscCarts *carts, OscMenuStore *menu);
/** osc_cart_panel_set_live: whether the daemon can be reached. */
void osc_cart_panel_set_live (OscCartPanel *self, gboolean live);
/** osc_cart_panel_set_send_key: @key: (nullable): the key that sends now, as the button shows it;
 * NULL: none, since a sheet has the primary button. */
void osc_cart_panel_set_send_key (OscCartPanel *self, const char *key);
/** osc_cart_panel_line: (transfer none) (nullable): the chosen line: keys act on it. */
OscCartLine *osc_cart_panel_line (OscCartPanel *self);
/** osc_cart_panel_choose: (nullable). */
void osc_cart_panel_choose (OscCartPanel *self, OscCartLine *line);
/** osc_cart_panel_step: chooses the line above (−1) or below (1). */
void osc_cart_panel_step (OscCartPanel *self, int step);
/** osc_cart_panel_find: (transfer none) (nullable): the line of the current cart with @id. */
OscCartLine *osc_cart_panel_find (OscCartPanel *self, int id);

G_END_DECLS
