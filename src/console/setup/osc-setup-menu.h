/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupMenu: a menu from a file, by hand, or from a sample shop. */
#define OSC_TYPE_SETUP_MENU (osc_setup_menu_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupMenu, osc_setup_menu, OSC, SETUP_MENU, OscSetupStep)

/** osc_setup_menu_new: the step MENU. */
GtkWidget *osc_setup_menu_new (const OscContext *context, OscSetupDraft *draft);
/** osc_setup_menu_load: shows what is in @file before it is imported, as dropping it here does. */
void osc_setup_menu_load (OscSetupMenu *self, GFile *file);

G_END_DECLS
