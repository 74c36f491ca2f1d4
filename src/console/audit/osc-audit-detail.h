/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-audit-log.h"

G_BEGIN_DECLS

/** OscAuditDetail: one row of the record in full: who, what, before and after, its seal. */
#define OSC_TYPE_AUDIT_DETAIL (osc_audit_detail_get_type ())
G_DECLARE_FINAL_TYPE (OscAuditDetail, osc_audit_detail, OSC, AUDIT_DETAIL, GtkWidget)

/** osc_audit_detail_show: @item: (nullable): NULL: nothing is chosen. */
void osc_audit_detail_show (OscAuditDetail *self, OscAuditItem *item);
/** osc_audit_who: static or owned by @data: a name, "Guest", "OrderSync". */
const char *osc_audit_who (const OscAuditData *data);

G_END_DECLS
