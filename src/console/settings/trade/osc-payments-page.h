/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscPaymentsPage: how the shop takes money: what it offers, the keys of Toss Payments, which are
 * written and never read, receipts for cash, and orders that are paid before they are made. */
#define OSC_TYPE_PAYMENTS_PAGE (osc_payments_page_get_type ())
G_DECLARE_FINAL_TYPE (OscPaymentsPage, osc_payments_page, OSC, PAYMENTS_PAGE, GtkWidget)

/** osc_payments_page_new: reads at once. */
GtkWidget *osc_payments_page_new (const OscContext *context);
/** osc_payments_page_take: @answer: as GET payment-setup says it. */
void osc_payments_page_take (OscPaymentsPage *self, JsonNode *answer);

G_END_DECLS
