/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscBanner: one sentence under the strip about what does not work, and one button; pushes the
 * content down. Signal "pressed". (AdwBanner came after libadwaita 1.2.) */
#define OSC_TYPE_BANNER (osc_banner_get_type ())
G_DECLARE_FINAL_TYPE (OscBanner, osc_banner, OSC, BANNER, GtkWidget)

/** osc_banner_show: @button: nullable. */
void osc_banner_show (OscBanner *self, const char *text, const char *button);
/** osc_banner_set_icon: in place of the broken chain. */
void osc_banner_set_icon (OscBanner *self, const char *icon);
void osc_banner_hide (OscBanner *self);
gboolean osc_banner_is_shown (OscBanner *self);

G_END_DECLS
