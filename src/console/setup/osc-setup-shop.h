/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-setup-step.h"

G_BEGIN_DECLS

/** OscSetupShop: what the shop is called, when it opens and who owns it. Without a shop it makes
 * one (POST /setup), signs in and saves the rest; with one it changes it. Signal "already-set-up":
 * somebody else made the shop meanwhile. */
#define OSC_TYPE_SETUP_SHOP (osc_setup_shop_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupShop, osc_setup_shop, OSC, SETUP_SHOP, OscSetupStep)

/** osc_setup_shop_new: the step SHOP of a shop that is there. */
GtkWidget *osc_setup_shop_new (const OscContext *context, OscSetupDraft *draft);
/** osc_setup_shop_new_page: @code: (nullable): asked for when NULL. */
GtkWidget *osc_setup_shop_new_page (OsyClient *client, const char *code, OscSetupDraft *draft);

G_END_DECLS
