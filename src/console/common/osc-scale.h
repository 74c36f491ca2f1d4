/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscScale: the one size setting of the console (console-ux §2). Every length in the style sheets
 * is in pt and so follows it; what C lays out itself asks osc_scale_px(). */

/** osc_scale_set: @percent: 100, 110, 125, 150 or 200; sets gtk-xft-dpi of @display's settings. */
void osc_scale_set (int percent);
/** osc_scale_get: Returns: the scale in percent. */
int osc_scale_get (void);
/** osc_scale_px: Returns: @px of a 100 % design in pixels at the present scale. */
int osc_scale_px (int px);
/** osc_scale_choose: Returns: @setting, or for 0 (automatic) what suits @width pixels. */
int osc_scale_choose (int setting, int width);

G_END_DECLS
