/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupFirst: a practice order that really arrives and is taken to its end on a real card. */
#define OSC_TYPE_SETUP_FIRST (osc_setup_first_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupFirst, osc_setup_first, OSC, SETUP_FIRST, OscSetupStep)

/** osc_setup_first_new: the step FIRST_ORDER. */
GtkWidget *osc_setup_first_new (const OscContext *context, OscSetupDraft *draft);

G_END_DECLS
