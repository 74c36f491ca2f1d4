/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From a priced order to what the writer takes: for whoever places orders. */

#include "osy-order-seal.h"

#include "osy-order-find-key.h"

static gboolean
seal_audit (OsyKeyring *ring, OsyOrderEntry *entry, GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_new (osy_order_data_copy (entry->order));
  g_autoptr (JsonNode) value = osy_order_to_audit_json (order);
  /* Which check a round joins is known when it is written. */
  json_object_remove_member (json_node_get_object (value), "check_id");
  const OsyAuditEntry audit = {.new_value = value};

  for (gint64 i = 0; i < entry->order->version; i++)
    if (!osy_audit_seal (ring, entry->order->restaurant_id, entry->audit_ids[i], &audit,
                         &entry->audits[i], error))
      return FALSE;
  return TRUE;
}

OsyOrderEntry *
osy_order_seal (OsyKeyring *ring, OsyOrderData *order, GError **error)
{
  g_autoptr (OsyOrderEntry) entry = osy_order_entry_new (order);

  if (!osy_order_cells_seal (ring, order, &entry->cells, error) || !seal_audit (ring, entry, error))
    return NULL;
  entry->find_keys = osy_order_find_keys (ring, order);
  return g_steal_pointer (&entry);
}

gboolean
osy_order_seal_prepare (OsyKeyring *ring, const char *restaurant_id, GError **error)
{
  return osy_keyring_prepare (ring, restaurant_id, "orders", error) &&
         osy_keyring_prepare (ring, restaurant_id, "audit_log", error);
}

gboolean
osy_order_seal_is_prepared (OsyKeyring *ring, const char *restaurant_id)
{
  return osy_keyring_is_prepared (ring, restaurant_id, "orders") &&
         osy_keyring_is_prepared (ring, restaurant_id, "audit_log");
}
