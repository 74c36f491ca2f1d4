/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What money and riders do to an order: the same steps as those of people, taken where the order
 * allows them and left where it is further already. */

#include "osy-order-payment.h"

#include "osy-order-service.h"
#include "osy-shop-service.h"

void
osy_order_facts_clear (OsyOrderFacts *self)
{
  g_clear_pointer (&self->status, g_free);
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->payment_method, g_free);
  g_clear_pointer (&self->check_id, g_free);
}

gboolean
osy_order_service_facts (OsyDbTx *tx, const char *order_id, OsyOrderFacts *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT status, version, type, payment_method, check_id, number, total_amount, practice, "
      "created_at, requested_at FROM orders WHERE restaurant_id = app_restaurant() "
      "AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (order_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
    return FALSE;
  }
  *ret = (OsyOrderFacts){
      .status = g_strdup (osy_db_rows_text (rows, 0, "status")),
      .version = osy_db_rows_int (rows, 0, "version"),
      .type = g_strdup (osy_db_rows_text (rows, 0, "type")),
      .payment_method = g_strdup (osy_db_rows_text (rows, 0, "payment_method")),
      .check_id = g_strdup (osy_db_rows_text (rows, 0, "check_id")),
      .number = osy_db_rows_int (rows, 0, "number"),
      .total_amount = osy_db_rows_int (rows, 0, "total_amount"),
      .practice = osy_db_rows_bool (rows, 0, "practice"),
      .created_at = osy_db_rows_time (rows, 0, "created_at"),
      .requested_at = osy_db_rows_time (rows, 0, "requested_at"),
  };
  return TRUE;
}

/* One order in one transaction. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyCall *call;
  OsyOrder *order;
} Lead;

static void
lead_clear (Lead *self)
{
  g_clear_object (&self->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lead, lead_clear)

static gboolean
begin (Lead *self, const char *order_id, GError **error)
{
  self->order = osy_order_service_lock (self->tx, self->ring, order_id, error);
  return self->order != NULL;
}

/* @act where the order allows it; else nothing. */
static gboolean
step (Lead *self, OsyOrderAct act, GError **error)
{
  gboolean replayed;

  if (osy_order_find_step (osy_order_data (self->order), act.act) == NULL)
    return TRUE;
  act.order_id = osy_order_data (self->order)->id;
  OsyOrder *after =
      osy_order_service_act (self->tx, self->ring, self->call, &act, &replayed, error);
  if (after == NULL)
    return FALSE;
  g_object_unref (self->order);
  self->order = after;
  return TRUE;
}

static gboolean
accept (Lead *self, OsyOrderPromise promise, GError **error)
{
  g_autoptr (OsyShop) shop =
      osy_shop_service_get (self->tx, osy_db_tx_restaurant (self->tx), error);

  if (shop == NULL)
    return FALSE;
  const OsyShopData *data = osy_shop_data (shop);
  return !data->accept_paid_orders ||
         step (self,
               (OsyOrderAct){.act = "accept",
                             .shop = shop,
                             .promise = data->promise_automatic ? promise : NULL},
               error);
}

gboolean
osy_order_service_paid (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyOrderPaid *paid,
                        gboolean *placed,
                        GError **error)
{
  g_auto (Lead) lead = {tx, ring, call, NULL};

  if (!begin (&lead, paid->order_id, error))
    return FALSE;
  gboolean waits = g_str_equal (osy_order_data (lead.order)->status, OSY_ORDER_PENDING_PAYMENT);
  if (waits &&
      (!step (&lead, (OsyOrderAct){.act = "pay"}, error) || !accept (&lead, paid->promise, error)))
    return FALSE;
  *placed = !osy_order_is_withdrawn (osy_order_data (lead.order));
  return TRUE;
}

gboolean
osy_order_service_expire (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const char *order_id,
                          GError **error)
{
  g_auto (Lead) lead = {tx, ring, call, NULL};

  return begin (&lead, order_id, error) && step (&lead, (OsyOrderAct){.act = "expire"}, error);
}

gboolean
osy_order_service_withdraw (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const char *order_id,
                            const char *reason,
                            GError **error)
{
  g_auto (Lead) lead = {tx, ring, call, NULL};

  return begin (&lead, order_id, error) &&
         step (&lead, (OsyOrderAct){.act = "cancel", .reason = reason}, error);
}

gboolean
osy_order_service_carried (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const char *order_id,
                           gboolean delivered,
                           GError **error)
{
  g_auto (Lead) lead = {tx, ring, call, NULL};

  return begin (&lead, order_id, error) && step (&lead, (OsyOrderAct){.act = "ready"}, error) &&
         step (&lead, (OsyOrderAct){.act = "hand-over"}, error) &&
         (!delivered || step (&lead, (OsyOrderAct){.act = "complete"}, error));
}
