/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-refund-store.h"

G_BEGIN_DECLS

/** OscRefundFind: finds what was paid by the number of its order, by its approval number, or by a
 * scanned receipt. Signal: "chosen" (const char *check_id). */
#define OSC_TYPE_REFUND_FIND (osc_refund_find_get_type ())
G_DECLARE_FINAL_TYPE (OscRefundFind, osc_refund_find, OSC, REFUND_FIND, GtkWidget)

/** osc_refund_find_follow: where payments are looked for. */
void osc_refund_find_follow (OscRefundFind *self, OscRefundStore *store);
/** osc_refund_find_start: begins anew, with the cursor in the search. */
void osc_refund_find_start (OscRefundFind *self);

G_END_DECLS
