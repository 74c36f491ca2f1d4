/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OSC_PIN_LEAST 4
#define OSC_PIN_MOST 6

/** OscPin: a PIN of four to six digits: dots, a number pad, and the keys of the window it is in.
 * What is typed is never shown and is wiped when it is let go. Signal "changed". */
#define OSC_TYPE_PIN (osc_pin_get_type ())
G_DECLARE_FINAL_TYPE (OscPin, osc_pin, OSC, PIN, GtkWidget)

/** osc_pin_new: with nothing typed. */
GtkWidget *osc_pin_new (void);
/** osc_pin_text: (transfer none): the digits typed. */
const char *osc_pin_text (OscPin *self);
/** osc_pin_is_long_enough: whether there are four digits at least. */
gboolean osc_pin_is_long_enough (OscPin *self);
/** osc_pin_clear: wipes the digits. @wrong: with a shake. */
void osc_pin_clear (OscPin *self, gboolean wrong);

G_END_DECLS
