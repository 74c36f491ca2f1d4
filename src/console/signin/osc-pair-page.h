/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** OscPairPage: Making this computer a screen of the shop by its code. Signals: "signed-in",
 * "back". */
#define OSC_TYPE_PAIR_PAGE (osc_pair_page_get_type ())
G_DECLARE_FINAL_TYPE (OscPairPage, osc_pair_page, OSC, PAIR_PAGE, GtkWidget)

/** osc_pair_page_new: pairs through @client, which keeps the token. */
GtkWidget *osc_pair_page_new (OsyClient *client);

G_END_DECLS
