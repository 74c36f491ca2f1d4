/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupNumber: the business number, grouped and checked while it is typed. */
#define OSC_TYPE_SETUP_NUMBER (osc_setup_number_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupNumber, osc_setup_number, OSC, SETUP_NUMBER, OscSetupStep)

/** osc_setup_number_new: the step BUSINESS_NUMBER. */
GtkWidget *osc_setup_number_new (const OscContext *context, OscSetupDraft *draft);

G_END_DECLS
