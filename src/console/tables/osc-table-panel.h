/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-table-store.h"

G_BEGIN_DECLS

/** OscTablePanel: beside the plan: the chosen table with its check and what can be done, or what
 * wants a look. Its buttons activate the actions "tables.…" of the view. */
#define OSC_TYPE_TABLE_PANEL (osc_table_panel_get_type ())
G_DECLARE_FINAL_TYPE (OscTablePanel, osc_table_panel, OSC, TABLE_PANEL, GtkWidget)

/** osc_table_panel_new: follows @store. */
GtkWidget *osc_table_panel_new (OscTableStore *store);
/** osc_table_panel_show: @table_id: (nullable): NULL: what wants a look. */
void osc_table_panel_show (OscTablePanel *self, const char *table_id);
/** osc_table_panel_want_target: @sentence: (nullable): what the next tap on the plan is for; NULL
 * ends it. */
void osc_table_panel_want_target (OscTablePanel *self, const char *sentence);
/** osc_table_panel_guests: how many are to be seated at the free table shown. */
int osc_table_panel_guests (OscTablePanel *self);
void osc_table_panel_set_guests (OscTablePanel *self, int guests);
/** osc_table_panel_owes_nothing: whether guests have ordered there what costs nothing (a free
 * coffee, all of it on the house): nobody pays, so it is the guests' leaving that ends it. */
gboolean osc_table_panel_owes_nothing (const OsyTable *table);

G_END_DECLS
