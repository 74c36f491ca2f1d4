/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-bill-store.h"
#include "osc-sheet.h"

G_BEGIN_DECLS

/** osc_bill_ask: how much of @line_id (nullable: of all) is taken off and why; then @store does it.
 * @from: a widget of the window; @kind: OSY_BILL_VOID, … Returns: (transfer none). */
OscSheet *
osc_bill_ask (GtkWidget *from, OscBillStore *store, const char *kind, const char *line_id);
/** osc_bill_ask_charge: asks how much service is added to the whole check. */
OscSheet *osc_bill_ask_charge (GtkWidget *from, OscBillStore *store);

G_END_DECLS
