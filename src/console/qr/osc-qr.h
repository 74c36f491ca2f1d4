/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscQr: a text as a QR code: black on white in any scheme, with its quiet zone, each module a
 * whole number of pixels. */
#define OSC_TYPE_QR (osc_qr_get_type ())
G_DECLARE_FINAL_TYPE (OscQr, osc_qr, OSC, QR, GtkWidget)

/** osc_qr_new: @text: what it holds; @name: what a screen reader says of it. */
GtkWidget *osc_qr_new (const char *text, const char *name);
/** osc_qr_new_sized: at least @size px a side, which is 200 otherwise. */
GtkWidget *osc_qr_new_sized (const char *text, const char *name, int size);
/** osc_qr_draw: the same onto paper, @side units a side with its quiet zone, from the origin of
 * @cr. */
void osc_qr_draw (cairo_t *cr, const char *text, double side);

G_END_DECLS
