/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscSlipPage: how the shop's slips look, beside the paper itself. What is changed shows on it at
 * once and is kept here until it is saved. */
#define OSC_TYPE_SLIP_PAGE (osc_slip_page_get_type ())
G_DECLARE_FINAL_TYPE (OscSlipPage, osc_slip_page, OSC, SLIP_PAGE, GtkWidget)

/** osc_slip_page_new: of the shop of @context. */
GtkWidget *osc_slip_page_new (const OscContext *context);
/** osc_slip_page_take: @answer: of GET or PUT slips/{kind}: shows that one. */
void osc_slip_page_take (OscSlipPage *self, JsonNode *answer);

G_END_DECLS
