/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscNumpad: digits to touch, 7-8-9 on top, last row 0, 00 and backspace (console-ux §6). Signals:
 * "typed" (const char *digits); "erased"; "next": of osc_numpad_set_counts(). */
#define OSC_TYPE_NUMPAD (osc_numpad_get_type ())
G_DECLARE_FINAL_TYPE (OscNumpad, osc_numpad, OSC, NUMPAD, GtkWidget)

/** osc_numpad_set_counts: many fields are filled one after the other: in place of 00 there is a key
 * that goes on to the next. */
void osc_numpad_set_counts (OscNumpad *self);
/** osc_numpad_write: what "typed" (@digits) or "erased" (NULL) does to @text: at its cursor. */
void osc_numpad_write (GtkEditable *text, const char *digits);

G_END_DECLS
