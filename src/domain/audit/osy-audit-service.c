/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One encrypted row for every change, in the transaction of the change. */

#include "osy-audit-service.h"

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

gboolean
osy_audit_seal (OsyKeyring *ring,
                const char *restaurant_id,
                const char *row_id,
                const OsyAuditEntry *entry,
                OsyAuditSealed *ret,
                GError **error)
{
  g_autofree char *old_text = entry->old_value ? osy_json_print (entry->old_value) : NULL;
  g_autofree char *new_text = entry->new_value ? osy_json_print (entry->new_value) : NULL;
  OsyCell old_cell = {restaurant_id, "audit_log", "old_value_enc", row_id};
  OsyCell new_cell = {restaurant_id, "audit_log", "new_value_enc", row_id};
  g_autoptr (GBytes) old_sealed = NULL;

  if (old_text != NULL) {
    old_sealed = osy_keyring_seal (ring, &old_cell, old_text, error);
    if (old_sealed == NULL)
      return FALSE;
  }
  g_autoptr (GBytes) new_sealed = NULL;
  if (new_text != NULL) {
    new_sealed = osy_keyring_seal (ring, &new_cell, new_text, error);
    if (new_sealed == NULL)
      return FALSE;
  }
  ret->old_value = g_steal_pointer (&old_sealed);
  ret->new_value = g_steal_pointer (&new_sealed);
  return TRUE;
}

void
osy_audit_sealed_clear (OsyAuditSealed *self)
{
  g_clear_pointer (&self->old_value, g_bytes_unref);
  g_clear_pointer (&self->new_value, g_bytes_unref);
}

gboolean
osy_audit_record (OsyDbTx *tx,
                  OsyKeyring *ring,
                  const OsyCall *call,
                  const OsyAuditEntry *entry,
                  GError **error)
{
  const char *restaurant_id = osy_db_tx_restaurant (tx);
  g_autofree char *id = osy_id_new ();
  g_auto (OsyAuditSealed) sealed = {NULL, NULL};

  if (restaurant_id == NULL)
    restaurant_id = OSY_KEYRING_GLOBAL;
  if (!osy_audit_seal (ring, restaurant_id, id, entry, &sealed, error) ||
      !osy_db_exec (
          tx,
          "INSERT INTO audit_log (created_at, id, restaurant_id, trace_id, action, actor, "
          "object_type, object_id, old_value_enc, new_value_enc) "
          "VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::uuid, $9, $10)",
          OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (id), OSY_P_TEXT (restaurant_id),
                      OSY_P_TEXT (call->trace_id), OSY_P_TEXT (entry->action),
                      OSY_P_TEXT (osy_principal_actor (call->principal)),
                      OSY_P_TEXT (entry->object_type), OSY_P_TEXT (entry->object_id),
                      OSY_P_BYTES (sealed.old_value), OSY_P_BYTES (sealed.new_value)),
          NULL, error)) {
    g_prefix_error (error, "cannot write the audit log: ");
    return FALSE;
  }
  return TRUE;
}

gint64
osy_audit_count_since (OsyDbTx *tx, const char *action, gint64 since, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT count(*) AS n FROM audit_log WHERE restaurant_id = app_restaurant() "
                    "AND created_at > $1 AND action = $2",
                    OSY_PARAMS (OSY_P_TIME (since), OSY_P_TEXT (action)), error);

  return rows != NULL ? osy_db_rows_int (rows, 0, "n") : -1;
}
