/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-refund-store.h"

G_BEGIN_DECLS

/** osc_refund_rows_way: (transfer full): how @payment was paid: "Card Shinhan 1234-****". */
char *osc_refund_rows_way (const OsyPayment *payment);
/** osc_refund_rows_when: (transfer full): day and time of @us: "Sat 21 Nov 12:24". */
char *osc_refund_rows_when (gint64 us);
/** osc_refund_rows_is_awaited: Returns: whether the payment service is still to be heard about
 * @refund; else an open one waits for a person's hands. */
gboolean osc_refund_rows_is_awaited (const OsyPayment *payment, const OsyRefund *refund);

/** osc_refund_rows_line: (transfer floating): a line to be ticked: a toggle button. */
GtkWidget *osc_refund_rows_line (const OsyBillLine *line, gint64 left);
/** osc_refund_rows_show_line: so many of it are chosen; @cursor: the keys are on it. */
void osc_refund_rows_show_line (GtkWidget *row, gint64 quantity, gboolean cursor);

/** osc_refund_rows_effect: (transfer floating) (nullable): NULL for what has no words. @payment:
 * (nullable): of the effect. */
GtkWidget *osc_refund_rows_effect (const OscRefundEffect *effect, const OsyPayment *payment);

/** osc_refund_rows_past: (transfer floating): an earlier refund. @act: (out) (transfer none)
 * (nullable): the button that says it was handed back; @print: the one for paper. */
GtkWidget *osc_refund_rows_past (const OsyPayment *payment,
                                 const OsyRefund *refund,
                                 GtkWidget **act,
                                 GtkWidget **print);

/** osc_refund_rows_found: (transfer floating): a payment that was found: a button. */
GtkWidget *osc_refund_rows_found (const OsyPayment *payment);

/** osc_refund_rows_sum: (transfer floating): a word and an amount. */
GtkWidget *osc_refund_rows_sum (const char *word, gint64 won, gboolean strong);

G_END_DECLS
