/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-till-store.h"

G_BEGIN_DECLS

/** osc_till_move_ask: asks how much is put into the drawer (@in), or taken out, and why; then
 * @store does it. @from: a widget of the window. */
void osc_till_move_ask (GtkWidget *from, OscTillStore *store, gboolean in);

G_END_DECLS
