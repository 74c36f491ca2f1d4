/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-scan-watch.h"

G_BEGIN_DECLS

/** OscDialogScanned: @code was scanned while @dialog had the keys. */
typedef void (*OscDialogScanned) (gpointer data, GtkWindow *dialog, const char *code);

/** osc_scan_dialogs_watch: from now on keeps scans from every dialog that opens over @window, also
 * over another dialog, and from its default button. @window: borrowed, and given as data. */
void osc_scan_dialogs_watch (GtkWindow *window, OscDialogScanned scanned);

G_END_DECLS
