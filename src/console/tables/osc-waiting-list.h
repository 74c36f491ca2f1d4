/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-table-store.h"

G_BEGIN_DECLS

/** OscWaitingList: who waits for a table, longest first, beside the plan; the list can be paused.
 * Its buttons activate the actions "tables.…" of the view. */
#define OSC_TYPE_WAITING_LIST (osc_waiting_list_get_type ())
G_DECLARE_FINAL_TYPE (OscWaitingList, osc_waiting_list, OSC, WAITING_LIST, GtkWidget)

/** osc_waiting_list_new: follows @store. */
GtkWidget *osc_waiting_list_new (OscTableStore *store);
/** osc_waiting_list_ask: the dialog that adds a party, over the window of @from. */
void osc_waiting_list_ask (GtkWidget *from, OscTableStore *store);

G_END_DECLS
