/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-setup-draft.h"
#include "osc-view.h"

G_BEGIN_DECLS

/**
 * OscSetup: the assistant of the first day (console-ux 7.16): six steps, each of which can be left
 * for later and is then a task on the board. Before there is a shop it is a page of the window and
 * shows the first step alone; from then on it is the view "setup" of the shell, so that the
 * practice order arrives over it like any other. Signals: "signed-in": the shop is made;
 * "already-set-up": somebody else made it meanwhile.
 */
#define OSC_TYPE_SETUP (osc_setup_get_type ())
G_DECLARE_FINAL_TYPE (OscSetup, osc_setup, OSC, SETUP, GtkWidget)

/** osc_setup_new: the view; osc_view_open() takes the name of a step and comes back to the board
 * after it. */
GtkWidget *osc_setup_new (const OscContext *context);
/** osc_setup_new_page: before there is a shop. @code: (nullable): the one-time code of the daemon's
 * data directory (osc_daemon_read_setup_code()); when NULL it is asked for. @draft: what was typed
 * before. */
GtkWidget *osc_setup_new_page (OsyClient *client, const char *code, OscSetupDraft *draft);
/** osc_setup_is_wanted: Returns: whether the first day of @shop is not over. */
gboolean osc_setup_is_wanted (OsyShop *shop);

G_END_DECLS
