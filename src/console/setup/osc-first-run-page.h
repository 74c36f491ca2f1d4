/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** OscFirstRunPage: makes the shop and its owner. Signals: "signed-in" when done;
 * "already-set-up": somebody else did it meanwhile, show the sign-in page. */
#define OSC_TYPE_FIRST_RUN_PAGE (osc_first_run_page_get_type ())
G_DECLARE_FINAL_TYPE (OscFirstRunPage, osc_first_run_page, OSC, FIRST_RUN_PAGE, GtkWidget)

/** osc_first_run_page_new: @code: (nullable): the one-time code of the daemon's data directory
 * (osc_daemon_read_setup_code()); when NULL it is asked for. */
GtkWidget *osc_first_run_page_new (OsyClient *client, const char *code);

G_END_DECLS
