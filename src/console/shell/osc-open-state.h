/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-load-store.h"
#include "osc-shop-store.h"

G_BEGIN_DECLS

/** OscOpenState: whether the shop takes orders of guests and how long one takes now, as a button;
 * it opens to show what each station has to do, to pause QR and web or promise more for some
 * minutes, to go on, to close and to open. */
#define OSC_TYPE_OPEN_STATE (osc_open_state_get_type ())
G_DECLARE_FINAL_TYPE (OscOpenState, osc_open_state, OSC, OPEN_STATE, GtkWidget)

/** osc_open_state_follow: @store: (nullable): NULL hides it; @load: (nullable). */
void osc_open_state_follow (OscOpenState *self, OscShopStore *store, OscLoadStore *load);

G_END_DECLS
