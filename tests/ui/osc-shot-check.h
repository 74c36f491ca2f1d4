/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** osc_shot_check: looks for what no picture may show (console-ux §10): text cut or overlapping,
 * targets under 48 px, contrast of text under 4.5. @picture: of the whole @window. Prints each
 * fault with @name. Returns: how many there are. */
guint osc_shot_check (GtkWidget *window, GdkTexture *picture, const char *name);

G_END_DECLS
