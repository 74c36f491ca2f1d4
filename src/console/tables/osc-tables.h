/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-floor-canvas.h"
#include "osc-table-plan.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscTables: the tables of the shop (console-ux 7.5), an OscView: the plan at work, its editor,
 * bookings and the waiting list. To open it with a table's id picks that table. */
#define OSC_TYPE_TABLES (osc_tables_get_type ())
G_DECLARE_FINAL_TYPE (OscTables, osc_tables, OSC, TABLES, GtkWidget)

/** osc_tables_new: over the tables of @context. */
GtkWidget *osc_tables_new (const OscContext *context);
/** osc_tables_plan: (transfer none): for tests and pictures. */
OscTablePlan *osc_tables_plan (OscTables *self);
/** osc_tables_canvas: (transfer none) (nullable): the same while the plan is edited. */
OscFloorCanvas *osc_tables_canvas (OscTables *self);

G_END_DECLS
