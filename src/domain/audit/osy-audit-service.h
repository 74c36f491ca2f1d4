/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** What a change did; values are encrypted before they are stored. */
typedef struct {
  const char *action;      /* "menu.item_updated", "order.accepted", … */
  const char *object_type; /* "menu_item", "order", … */
  const char *object_id;
  JsonNode *old_value; /* (transfer none) (nullable) */
  JsonNode *new_value; /* (transfer none) (nullable) */
} OsyAuditEntry;

/** osy_audit_record: adds one row to the audit log in the transaction of the change itself. The row
 *  belongs to the transaction's restaurant, or to OSY_KEYRING_GLOBAL when it has none. */
gboolean osy_audit_record (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const OsyAuditEntry *entry,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_audit_count_since: Returns: rows of @action in the transaction's restaurant since @since
 * (UTC µs); -1 with @error. */
gint64 osy_audit_count_since (OsyDbTx *tx, const char *action, gint64 since, GError **error);

/** The two values of an entry as they are stored. */
typedef struct {
  GBytes *old_value; /* nullable */
  GBytes *new_value; /* nullable */
} OsyAuditSealed;

/** osy_audit_seal: for the order writer, which inserts many rows in one statement: encrypts the
 * values of the audit row @row_id. @ret is (transfer full) and untouched on failure. */
gboolean osy_audit_seal (OsyKeyring *ring,
                         const char *restaurant_id,
                         const char *row_id,
                         const OsyAuditEntry *entry,
                         OsyAuditSealed *ret,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void osy_audit_sealed_clear (OsyAuditSealed *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuditSealed, osy_audit_sealed_clear)

G_END_DECLS
