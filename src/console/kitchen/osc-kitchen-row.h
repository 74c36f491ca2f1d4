/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-kitchen-store.h"

G_BEGIN_DECLS

/** A row of a ticket: a line; without one the head of a course that waits, or (course 0) the
 * guest's words about the whole order. */
typedef struct {
  const OsyKitchenLine *line; /* nullable */
  int course;
} OscKitchenRowData;

/** OscKitchenRow: a row of a ticket, all of it one target: "clicked". */
#define OSC_TYPE_KITCHEN_ROW (osc_kitchen_row_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenRow, osc_kitchen_row, OSC, KITCHEN_ROW, GtkButton)

/** osc_kitchen_row_list: (transfer full): the rows of a ticket, of OscKitchenRowData; good until it
 * changes. What was cancelled and seen has none. */
GArray *osc_kitchen_row_list (OscKitchenItem *item);
/** osc_kitchen_row_is_void: whether nothing of @line is wanted any more. */
gboolean osc_kitchen_row_is_void (const OsyKitchenLine *line);

/** osc_kitchen_row_new: empty until osc_kitchen_row_show(). */
GtkWidget *osc_kitchen_row_new (void);
/** osc_kitchen_row_show: @data: copied. */
void
osc_kitchen_row_show (OscKitchenRow *self, OscKitchenItem *item, const OscKitchenRowData *data);
/** osc_kitchen_row_line_id: (transfer none) (nullable): of the line shown. */
const char *osc_kitchen_row_line_id (OscKitchenRow *self);
/** osc_kitchen_row_course: the course whose head it is, or that of its line. */
int osc_kitchen_row_course (OscKitchenRow *self);

G_END_DECLS
