/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** OscTransferChosen: @what: (transfer full): order_ids of whole orders, line_ids of the rest, as
 * the daemon takes them. */
typedef void (*OscTransferChosen) (JsonObject *what, gpointer data);

/** osc_transfer_sheet_open: asks which of what is on @check goes to another table, over the window
 * of
 * @from; its newest order comes first and is ticked. Nothing is asked of a check without lines.
 * @check: as the daemon tells it. @data: outlives the dialog. */
void osc_transfer_sheet_open (GtkWidget *from,
                              JsonObject *check,
                              OscTransferChosen chosen,
                              gpointer data);

G_END_DECLS
