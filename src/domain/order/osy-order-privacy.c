/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Whose orders they are, who may see that, and how it is forgotten while the money stays. */

#include "osy-order-privacy.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-order-find-key.h"
#include "osy-order-store.h"

/* ---- whose it is ---- */

gboolean
osy_order_privacy_link (OsyDbTx *tx, OsyKeyring *ring, const OsyOrderData *order, GError **error)
{
  const OsyGuestSighting sighting = {order->customer_name, order->customer_phone,
                                     order->created_at};
  g_autofree char *guest_id = NULL;

  if (order->customer_phone == NULL || order->guest_id != NULL)
    return TRUE;
  if (!osy_guest_service_link (tx, ring, &sighting, &guest_id, error))
    return FALSE;
  return guest_id == NULL ||
         osy_db_exec (tx,
                      "UPDATE orders SET guest_id = $2::uuid "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (order->id), OSY_P_TEXT (guest_id)), NULL, error);
}

gboolean
osy_order_privacy_link_page (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const OsyOrderQuery *query,
                             OsyOrder **last,
                             GError **error)
{
  g_autoptr (GPtrArray) orders = osy_order_find_list (tx, ring, query, error);

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!osy_order_privacy_link (tx, ring, osy_order_data (g_ptr_array_index (orders, i)), error))
      return FALSE;
  if (orders->len == query->limit)
    *last = g_object_ref (g_ptr_array_index (orders, orders->len - 1));
  return TRUE;
}

/* ---- showing ---- */

static gboolean
is_anonymous (const OsyOrderData *order)
{
  return order->customer_name == NULL && order->customer_phone == NULL &&
         order->delivery_address == NULL;
}

OsyOrder *
osy_order_privacy_unmask (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const char *order_id,
                          const char *reason,
                          GError **error)
{
  JsonObject *value = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (value);
  /* Not a change of the order, and so not counted with its steps. */
  const OsyAuditEntry entry = {.action = "order.unmasked",
                               .object_type = "order_person",
                               .object_id = order_id,
                               .new_value = node};

  if (!osy_principal_check (call->principal, OSY_PERM_GUEST_UNMASK, error))
    return NULL;
  g_autoptr (OsyOrder) order = osy_order_store_get (tx, ring, order_id, error);
  if (order == NULL)
    return NULL;
  if (is_anonymous (osy_order_data (order))) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_ERASED,
                         "Nothing personal is kept of this order.");
    return NULL;
  }
  json_object_set_string_member (value, "reason", reason);
  return osy_audit_record (tx, ring, call, &entry, error) ? g_steal_pointer (&order) : NULL;
}

/* ---- forgetting ---- */

/* What a person is found by; its kinds are those of osy-order-find-key.c: phone, its end, name. */
#define PERSONAL_KEY "(key >> 56) IN (3, 4, 5)"

/* Rows of @ids lose every word that was a person's, their own or one of staff about them. */
static gboolean
overwrite (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM order_find f USING orders o, unnest(o.find_keys) AS k(key) "
                      "WHERE o.restaurant_id = app_restaurant() AND o.id = ANY ($1::uuid[]) "
                      "AND f.restaurant_id = o.restaurant_id AND f.key = k.key "
                      "AND f.created_at = o.created_at AND f.order_id = o.id "
                      "AND (k.key >> 56) IN (3, 4, 5)",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE orders SET customer_name_enc = NULL, customer_phone_enc = NULL, "
                      "delivery_enc = NULL, note_enc = NULL, line_notes_enc = NULL, "
                      "reason_enc = NULL, find_keys = ARRAY(SELECT key FROM unnest(find_keys) "
                      "  AS k(key) WHERE NOT " PERSONAL_KEY ") "
                      "WHERE restaurant_id = app_restaurant() AND id = ANY ($1::uuid[])",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE order_step SET reason_enc = NULL "
                      "WHERE restaurant_id = app_restaurant() AND order_id = ANY ($1::uuid[]) "
                      "AND reason_enc IS NOT NULL",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

/* A fingerprint is the hash of what was sent, phone and all: who knows the rest could guess it. A
 * request sent again is then refused as another one. */
static gboolean
forget_requests (OsyDbTx *tx, GPtrArray *ids, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE idempotency SET fingerprint = "
                      "  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) "
                      "WHERE restaurant_id = app_restaurant() AND subject_id = ANY ($1::uuid[])",
                      OSY_PARAMS (OSY_P_TEXTS (ids)), NULL, error);
}

/* Also those that are not linked yet. (transfer full): of OsyOrder */
static GPtrArray *
orders_of (OsyDbTx *tx, OsyKeyring *ring, const OsyGuestSubject *subject, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (subject->phone != NULL)
    osy_order_find_add_phone (keys, ring, osy_db_tx_restaurant (tx), subject->phone);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT * FROM orders o WHERE restaurant_id = app_restaurant() AND (guest_id = $1::uuid "
      "OR (guest_id IS NULL AND id IN (SELECT order_id FROM order_find f "
      "  WHERE f.restaurant_id = app_restaurant() AND f.key = ANY ($2::bigint[])))) "
      "ORDER BY created_at, id",
      OSY_PARAMS (OSY_P_TEXT (subject->guest_id), OSY_P_INTS (keys)), error);
  return rows != NULL ? osy_order_store_read (rows, ring, error) : NULL;
}

static JsonNode *
collect (OsyDbTx *tx, OsyKeyring *ring, const OsyGuestSubject *subject, GError **error)
{
  g_autoptr (GPtrArray) orders = orders_of (tx, ring, subject, error);

  if (orders == NULL)
    return NULL;
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  for (guint i = 0; i < orders->len; i++)
    json_array_add_element (array, osy_order_to_json (g_ptr_array_index (orders, i)));
  json_node_take_array (node, array);
  return node;
}

static gboolean
erase (OsyDbTx *tx,
       OsyKeyring *ring,
       const OsyGuestSubject *subject,
       gint64 *n_rows,
       GError **error)
{
  g_autoptr (GPtrArray) orders = orders_of (tx, ring, subject, error);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++) {
    OsyOrder *order = g_ptr_array_index (orders, i);
    if (osy_order_is_open (order)) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                   "Order %" G_GINT64_FORMAT " of this person is still open; finish it first.",
                   osy_order_data (order)->number);
      return FALSE;
    }
    g_ptr_array_add (ids, osy_order_data (order)->id);
  }
  *n_rows = ids->len;
  return overwrite (tx, ids, error) && forget_requests (tx, ids, error);
}

const OsyGuestHolder osy_order_guest_holder = {"orders", collect, erase};

/* ---- retention ---- */

static GPtrArray *
ids_of (const OsyDbRows *rows)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, (gpointer)osy_db_rows_text (rows, i, "id"));
  return ids;
}

gboolean
osy_order_privacy_sweep (OsyDbTx *tx, gint64 before, gint64 limit, gint64 *n, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id, created_at FROM orders WHERE restaurant_id = app_restaurant() "
      "AND created_at < $1 AND created_at >= coalesce((SELECT swept_to FROM guest_sweep "
      "  WHERE restaurant_id = app_restaurant()), '-infinity') ORDER BY created_at LIMIT $2",
      OSY_PARAMS (OSY_P_TIME (before), OSY_P_INT (limit)), error);

  if (rows == NULL)
    return FALSE;
  guint count = osy_db_rows_count (rows);
  g_autoptr (GPtrArray) ids = ids_of (rows);
  gint64 swept_to = count < limit ? before : osy_db_rows_time (rows, count - 1, "created_at");
  *n = count;
  return overwrite (tx, ids, error) &&
         osy_db_exec (tx,
                      "INSERT INTO guest_sweep AS s (restaurant_id, swept_to) "
                      "VALUES (app_restaurant(), $1) ON CONFLICT (restaurant_id) "
                      "DO UPDATE SET swept_to = greatest(s.swept_to, excluded.swept_to)",
                      OSY_PARAMS (OSY_P_TIME (swept_to)), NULL, error);
}
