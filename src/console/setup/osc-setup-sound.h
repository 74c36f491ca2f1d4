/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupSound: whether the alarm can be heard where people work. */
#define OSC_TYPE_SETUP_SOUND (osc_setup_sound_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupSound, osc_setup_sound, OSC, SETUP_SOUND, OscSetupStep)

/** osc_setup_sound_new: the step SOUND. */
GtkWidget *osc_setup_sound_new (const OscContext *context, OscSetupDraft *draft);
/** osc_setup_sound_check: (transfer none): the widget in it. */
GtkWidget *osc_setup_sound_check (OscSetupSound *self);

G_END_DECLS
