/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscScale: the one size setting of the console (console-ux §2). Every length in the style sheets
 * is in pt and so follows it; what C lays out itself asks osc_scale_px(). From 150 % on letters
 * alone grow, those that are large already less than the others, and the space around them does
 * not: so twice the letters fit on the same screen. */

/** osc_scale_set: @percent: 100, 110, 125, 150 or 200; sets gtk-xft-dpi of @display's settings. */
void osc_scale_set (int percent);
/** osc_scale_get: Returns: the scale in percent. */
int osc_scale_get (void);
/** osc_scale_is_large: Returns: whether letters alone grow. */
gboolean osc_scale_is_large (void);
/** osc_scale_px: Returns: @px of a 100 % design in pixels at the present scale; from 150 % on as
 * much as the letters need. */
int osc_scale_px (int px);
/** osc_scale_letters: Returns: @px of a 100 % design as they grow with the letters: from how wide
 * a window on there is place for more. */
int osc_scale_letters (int px);
/** osc_scale_large_sheet: (transfer full): the style that the large letters of @percent need, made
 * of the console's own sheets. */
char *osc_scale_large_sheet (int percent);
/** osc_scale_let_wrap: @label, that ends with dots where it does not fit, goes on in two more lines
 * where letters are large. */
void osc_scale_let_wrap (GtkLabel *label);
/** osc_scale_choose: Returns: @setting, or for 0 (automatic) what suits @width pixels. */
int osc_scale_choose (int setting, int width);

G_END_DECLS
