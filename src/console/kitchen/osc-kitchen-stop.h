/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** osc_kitchen_stop_ask: asks at @button until when the dish of @line is sold out, of a combo which
 * of its dishes first; one that is sold out is for sale again at once. */
void osc_kitchen_stop_ask (GtkWidget *button,
                           const OscContext *context,
                           OscKitchenItem *item,
                           const OsyKitchenLine *line);

G_END_DECLS
