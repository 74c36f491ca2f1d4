/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-order.h"

G_BEGIN_DECLS

/** osc_drawer_lines_fill: the lines of @order in @box. Where there is a check and the order is not
 * dropped, a tap on a line offers what can be taken off it; that is done in the bill's view. */
void osc_drawer_lines_fill (GtkBox *box, const OsyOrderData *order);

G_END_DECLS
