/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** OscSetupTable: a menu typed by hand: one row for a dish with its name, price and category. There
 * is always an empty row at the end; an empty category means the one above. Signals: "changed";
 * "submitted": Enter in the empty row. */
#define OSC_TYPE_SETUP_TABLE (osc_setup_table_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupTable, osc_setup_table, OSC, SETUP_TABLE, GtkWidget)

/** osc_setup_table_new: one empty row. */
GtkWidget *osc_setup_table_new (void);
/** osc_setup_table_count: rows in which something is typed. */
guint osc_setup_table_count (OscSetupTable *self);
/** osc_setup_table_focus: puts the cursor into the first empty row. */
void osc_setup_table_focus (OscSetupTable *self);
/** osc_setup_table_changes: Returns: (transfer full) (nullable): the batch that adds the rows to
 * @menu, for osc_menu_store_apply_async(); NULL when a cell is wrong, which is then marked. */
JsonNode *osc_setup_table_changes (OscSetupTable *self, OsyMenu *menu);
/** osc_setup_table_problem: (nullable): static: what is wrong with the marked cells. */
const char *osc_setup_table_problem (OscSetupTable *self);
/** osc_setup_table_text: (transfer full): as typed, for a draft: a line a row, tabs between. */
char *osc_setup_table_text (OscSetupTable *self);
void osc_setup_table_set_text (OscSetupTable *self, const char *text);

G_END_DECLS
