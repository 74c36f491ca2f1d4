/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscStepper: − n + with keys of 48 px. Signal "changed" (int): a key was pressed; the value is
 * the caller's to set. */
#define OSC_TYPE_STEPPER (osc_stepper_get_type ())
G_DECLARE_FINAL_TYPE (OscStepper, osc_stepper, OSC, STEPPER, GtkWidget)

/** osc_stepper_new: @name: what is counted, for screen readers. */
GtkWidget *osc_stepper_new (const char *name);
/** osc_stepper_set_name: what is counted, for screen readers. */
void osc_stepper_set_name (OscStepper *self, const char *name);
/** osc_stepper_set_range: keys that would leave it do nothing. It begins as 0–999. */
void osc_stepper_set_range (OscStepper *self, int min, int max);
/** osc_stepper_set_value: shows @value. */
void osc_stepper_set_value (OscStepper *self, int value);
int osc_stepper_get_value (OscStepper *self);

G_END_DECLS
