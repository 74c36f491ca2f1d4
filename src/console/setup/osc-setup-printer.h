/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupPrinter: a slip that can be read, or a shop that works with screens alone. */
#define OSC_TYPE_SETUP_PRINTER (osc_setup_printer_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupPrinter, osc_setup_printer, OSC, SETUP_PRINTER, OscSetupStep)

/** osc_setup_printer_new: the step PRINTER. */
GtkWidget *osc_setup_printer_new (const OscContext *context, OscSetupDraft *draft);

G_END_DECLS
