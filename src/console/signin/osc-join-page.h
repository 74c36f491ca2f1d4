/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** OscJoinPage: Coming in by an invitation. Signals: "signed-in", "back". */
#define OSC_TYPE_JOIN_PAGE (osc_join_page_get_type ())
G_DECLARE_FINAL_TYPE (OscJoinPage, osc_join_page, OSC, JOIN_PAGE, GtkWidget)

/** osc_join_page_new: signs in through @client. */
GtkWidget *osc_join_page_new (OsyClient *client);

G_END_DECLS
