/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** osc_command_sheet_present: the codes of all commands over the window of @from, to be scanned
 * from the screen or printed. */
void osc_command_sheet_present (GtkWidget *from);
/** osc_command_sheet_operation: (transfer full): the sheet as a page for any printer. */
GtkPrintOperation *osc_command_sheet_operation (void);

G_END_DECLS
