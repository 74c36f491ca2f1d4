/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-audit-log.h"
#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscAudit: the view of the record: filters, rows, one row in full, how far it is sealed. */
#define OSC_TYPE_AUDIT (osc_audit_get_type ())
G_DECLARE_FINAL_TYPE (OscAudit, osc_audit, OSC, AUDIT, GtkWidget)

/** osc_audit_new: reads the last seven days when it is entered. */
GtkWidget *osc_audit_new (const OscContext *context);
/** osc_audit_log: (transfer none): for tests. */
OscAuditLog *osc_audit_log (OscAudit *self);

G_END_DECLS
