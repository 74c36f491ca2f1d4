/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-log-store.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscLogs: what the programs on this computer said last, newest on top: by level and by words, to
 * copy and to save for whoever helps. Where the server's lines are not to be had, this screen's are
 * shown all the same. */
#define OSC_TYPE_LOGS (osc_logs_get_type ())
G_DECLARE_FINAL_TYPE (OscLogs, osc_logs, OSC, LOGS, GtkWidget)

/** osc_logs_new: reads and follows while it is on the screen. */
GtkWidget *osc_logs_new (const OscContext *context);
/** osc_logs_store: (transfer none): for tests. */
OscLogStore *osc_logs_store (OscLogs *self);
/** osc_logs_text: (transfer full): the lines shown, oldest first, as they are copied and saved. */
char *osc_logs_text (OscLogs *self);

G_END_DECLS
