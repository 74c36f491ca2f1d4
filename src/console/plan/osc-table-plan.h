/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-table-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OscTablePlan: one floor with its tables, scaled to fit, at work (not for drawing it). Follows its
 * store by itself; minutes run on. Signals: "picked" (const char *table_id): tapped, or stepped to;
 * "dropped" (const char *from, const char *on): one table was dragged onto another.
 */
#define OSC_TYPE_TABLE_PLAN (osc_table_plan_get_type ())
G_DECLARE_FINAL_TYPE (OscTablePlan, osc_table_plan, OSC, TABLE_PLAN, GtkWidget)

/** osc_table_plan_new: over the floors and tables of @store. */
GtkWidget *osc_table_plan_new (OscTableStore *store);
/** osc_table_plan_set_floor: @id: (nullable): NULL or unknown: the first. */
void osc_table_plan_set_floor (OscTablePlan *self, const char *id);
/** osc_table_plan_floor: (transfer none) (nullable): the id of the floor shown. */
const char *osc_table_plan_floor (OscTablePlan *self);
/** osc_table_plan_pick: @id: (nullable): puts the ring there; does not tell. */
void osc_table_plan_pick (OscTablePlan *self, const char *id);
/** osc_table_plan_picked: (transfer none) (nullable): where the ring is. */
const char *osc_table_plan_picked (OscTablePlan *self);
/** osc_table_plan_step: the ring goes to the next table in that direction, and tells. Returns:
 * whether there is one. */
gboolean osc_table_plan_step (OscTablePlan *self, int dx, int dy);
/** osc_table_plan_want_target: marks every table but @from as one that can be chosen; NULL ends
 * it. */
void osc_table_plan_want_target (OscTablePlan *self, const char *from);
/** osc_table_plan_tile: (transfer none) (nullable): the widget of a table. */
GtkWidget *osc_table_plan_tile (OscTablePlan *self, const char *id);

G_END_DECLS
