/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** Looks over the whole sealed log at the start and once a day, a page at a time beside the
 * sealing, and writes down what came of it (audit_check). */
typedef struct _OsyAuditCheck OsyAuditCheck;

/** osy_audit_check_new: @seal_pool: of role ordersync_sealer; @folder: of the sealer's files. */
OsyAuditCheck *osy_audit_check_new (OsyDbPool *seal_pool, const char *folder);
/** osy_audit_check_set_broken: @func is told, on the main context, of the first row that is not
 * what was sealed, at the end of every look that finds one. Before _start. */
typedef void (*OsyAuditBroken) (gint64 seq, gpointer user_data);
void osy_audit_check_set_broken (OsyAuditCheck *self, OsyAuditBroken func, gpointer user_data);
/** osy_audit_check_free: after _stop. */
void osy_audit_check_free (OsyAuditCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuditCheck, osy_audit_check_free)
/** osy_audit_check_start: the first page is read within seconds. */
void osy_audit_check_start (OsyAuditCheck *self);
/** osy_audit_check_stop: waits for the page under way. */
void osy_audit_check_stop (OsyAuditCheck *self);

G_END_DECLS
