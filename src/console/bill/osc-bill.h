/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscBill: one check: how it is split on the left, its lines and what is taken off on the right
 * (console-ux 7.7). Opened with the id of the check. */
#define OSC_TYPE_BILL (osc_bill_get_type ())
G_DECLARE_FINAL_TYPE (OscBill, osc_bill, OSC, BILL, GtkWidget)

/** osc_bill_new: shows nothing until it is opened. */
GtkWidget *osc_bill_new (const OscContext *context);

G_END_DECLS
