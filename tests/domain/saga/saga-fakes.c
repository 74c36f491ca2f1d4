/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Stand-ins at link time for the two rooms whose doors the saga uses; see saga-fakes.h. */

#include "saga-fakes.h"

#include "osy-event-service.h"
#include "osy-json.h"

static GMutex mutex;
static GHashTable *fakes; /* id → SagaFake */

SagaFake *
saga_fake (const char *order_id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (fakes == NULL)
    fakes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  SagaFake *fake = g_hash_table_lookup (fakes, order_id);
  if (fake == NULL) {
    fake = g_new0 (SagaFake, 1);
    g_hash_table_insert (fakes, g_strdup (order_id), fake);
  }
  return fake;
}

static gboolean
emit (OsyDbTx *tx, const OsyCall *call, const char *type, const char *order_id, GError **error)
{
  gboolean stock = g_str_has_prefix (type, "stock.");
  g_autofree char *id = stock ? g_strdup (order_id) : g_uuid_string_random ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyEventDraft draft = {.type = type,
                               .aggregate_type = stock ? "stock" : "payment",
                               .aggregate_id = id,
                               .aggregate_seq = 1,
                               .payload = payload};

  json_object_set_string_member (object, "order_id", order_id);
  return osy_event_emit (tx, call, &draft, error);
}

/* ---- payment ---- */

gboolean
osy_payment_service_expect (OsyDbTx *tx,
                            const char *order_id,
                            gint64 amount,
                            gint64 deadline,
                            GError **error)
{
  SagaFake *fake = saga_fake (order_id);

  fake->expects++;
  fake->money.expected = amount;
  return TRUE;
}

gboolean
osy_payment_service_undo_order (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyCall *call,
                                const char *order_id,
                                const char *reason,
                                GError **error)
{
  SagaFake *fake = saga_fake (order_id);

  if (fake->failing) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The ledger is closed.");
    return FALSE;
  }
  fake->undos++;
  fake->money.undone = TRUE;
  if (!fake->slow)
    fake->money.refunded = fake->money.captured;
  return emit (tx, call, "payment.refunded", order_id, error);
}

gboolean
osy_payment_service_order_money (OsyDbTx *tx,
                                 const char *order_id,
                                 OsyOrderMoney *ret,
                                 GError **error)
{
  *ret = saga_fake (order_id)->money;
  return TRUE;
}

GHashTable *
osy_payment_service_orders_money (OsyDbTx *tx, GPtrArray *order_ids, GError **error)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < order_ids->len; i++)
    g_hash_table_insert (
        found, g_strdup (order_ids->pdata[i]),
        g_memdup2 (&saga_fake (order_ids->pdata[i])->money, sizeof (OsyOrderMoney)));
  return found;
}

/* ---- stock ---- */

gboolean
osy_stock_service_reserve (OsyDbTx *tx,
                           const OsyCall *call,
                           const OsyStockWant *want,
                           gint64 expires_at,
                           OsyStockOutcome *ret,
                           GError **error)
{
  SagaFake *fake = saga_fake (want->subject_id);

  fake->reserves++;
  *ret = fake->outcome;
  return emit (tx, call,
               fake->outcome == OSY_STOCK_OUTCOME_HELD ? "stock.reserved"
                                                       : "stock.reservation_failed",
               want->subject_id, error);
}

gboolean
osy_stock_service_consume (OsyDbTx *tx,
                           const OsyCall *call,
                           const char *subject_type,
                           const char *subject_id,
                           GError **error)
{
  saga_fake (subject_id)->consumes++;
  return TRUE;
}

gboolean
osy_stock_service_release (OsyDbTx *tx,
                           const OsyCall *call,
                           const char *subject_type,
                           const char *subject_id,
                           GError **error)
{
  saga_fake (subject_id)->releases++;
  return TRUE;
}
