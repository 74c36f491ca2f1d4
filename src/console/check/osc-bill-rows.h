/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-bill.h"

G_BEGIN_DECLS

/** osc_bill_rows_line: a toggle button that shows one line and what was taken off it. */
GtkWidget *osc_bill_rows_line (const OsyBillLine *line);
/** osc_bill_rows_adjustment: one adjustment that holds. @back: (out) (transfer none): its button,
 * that takes it back. */
GtkWidget *osc_bill_rows_adjustment (const OsyBill *bill,
                                     const OsyBillAdjustment *adjustment,
                                     GtkWidget **back);
/** osc_bill_rows_part: the @nth part, from 0. @print, @drop: (out) (transfer none): its buttons;
 * what is paid has no @drop (NULL). */
GtkWidget *osc_bill_rows_part (const OsyBill *bill, guint nth, GtkWidget **print, GtkWidget **drop);
/** osc_bill_rows_total: a word and an amount under one another's. @strong: the one that counts. */
GtkWidget *osc_bill_rows_total (const char *word, gint64 won, gboolean strong);

/** osc_bill_rows_part_name: (transfer full): what the @nth part, from 0, is called. */
char *osc_bill_rows_part_name (const OsyBillPart *part, guint nth);
/** osc_bill_rows_part_items: (transfer full): "Tteokbokki 1/2 · Gimbap"; "" of other kinds. */
char *osc_bill_rows_part_items (const OsyBill *bill, const OsyBillPart *part);
/** osc_bill_rows_kind: what an adjustment of @kind is called; static. */
const char *osc_bill_rows_kind (const char *kind);

G_END_DECLS
