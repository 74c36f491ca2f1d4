/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscToasts: what was done, with "Undo"; at most two, the newest on top, 10 s each or until they
 * are touched, since something may lie under them.
 * AdwToastOverlay shows only one at a time. Signal "undo". */
#define OSC_TYPE_TOASTS (osc_toasts_get_type ())
G_DECLARE_FINAL_TYPE (OscToasts, osc_toasts, OSC, TOASTS, GtkWidget)

/** osc_toasts_add: @text: past tense. @can_undo: with the button. */
void osc_toasts_add (OscToasts *self, const char *text, gboolean can_undo);
/** osc_toasts_say: a sentence without a button, from anywhere: @from: a widget of the window whose
 * toasts are meant, or of a dialog over it. */
void osc_toasts_say (GtkWidget *from, const char *text);
/** osc_toasts_offer: a sentence with a button of its own: @pressed is called with @owner, unless
 * that is gone by then. The last toast offers only. */
void osc_toasts_offer (GtkWidget *from,
                       const char *text,
                       const char *button,
                       GCallback pressed,
                       GObject *owner);
/** osc_toasts_press: presses that button when a toast still offers it. @button: what it says. */
void osc_toasts_press (GtkWidget *from, const char *button);
/** osc_toasts_clear_undo: the step has been taken back: its button must not be pressed again. */
void osc_toasts_clear_undo (OscToasts *self);

G_END_DECLS
