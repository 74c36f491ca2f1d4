/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscRefund: the refund desk (console-ux 7.8): what was paid is chosen line by line, as a share or
 * as an amount; everything that a refund does is shown before the button. Opening it with a check's
 * id shows that check, with "<check>/<view>" its way back leads to that view; with "" it looks for
 * a payment. */
#define OSC_TYPE_REFUND (osc_refund_get_type ())
G_DECLARE_FINAL_TYPE (OscRefund, osc_refund, OSC, REFUND, GtkWidget)

/** osc_refund_new: looks for a payment. */
GtkWidget *osc_refund_new (const OscContext *context);

G_END_DECLS
