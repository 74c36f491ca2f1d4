/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One saga in one transaction. */

#include "osy-saga-work.h"

#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-order-payment.h"
#include "osy-order.h"
#include "osy-shop-service.h"

/* An order is not forgotten before a day has gone by since it was wanted. */
#define FORGOTTEN G_TIME_SPAN_DAY
#define MAX_NEWS 8

void
osy_saga_work_clear (OsySagaWork *self)
{
  g_clear_pointer (&self->row, osy_saga_row_free);
}

/* ---- beginning ---- */

static gboolean
pay_until (OsySagaWork *self, const OsyOrderFacts *facts, gint64 *ret, GError **error)
{
  g_autoptr (OsyShop) shop =
      osy_shop_service_get (self->tx, osy_db_tx_restaurant (self->tx), error);

  if (shop == NULL)
    return FALSE;
  *ret = facts->created_at + osy_shop_data (shop)->pay_within_minutes * G_TIME_SPAN_MINUTE;
  return TRUE;
}

static gboolean
add_row (OsySagaWork *self, const char *order_id, const OsyOrderFacts *facts, GError **error)
{
  gboolean prepaid = g_str_equal (facts->payment_method, "TOSS");
  g_autoptr (OsySagaRow) row = osy_saga_row_new (order_id, facts->number);
  gint64 expires_at = facts->created_at;

  if (prepaid && !pay_until (self, facts, &expires_at, error))
    return FALSE;
  osy_saga_begin (&row->state, prepaid ? OSY_SAGA_PREPAID : OSY_SAGA_LATER,
                  g_str_equal (facts->type, "DELIVERY"), prepaid ? facts->total_amount : 0,
                  expires_at, MAX (facts->created_at, facts->requested_at) + FORGOTTEN);
  return osy_saga_store_add (self->tx, row, error) &&
         osy_saga_store_lock (self->tx, order_id, &self->row, error);
}

/* The first news of an order is how it stands. */
static gboolean
make (OsySagaWork *self, const char *order_id, GError **error)
{
  g_auto (OsyOrderFacts) facts = {NULL};
  g_autoptr (GError) local = NULL;
  OsySagaEvent event = {.kind = OSY_SAGA_SEEN_ORDER};

  if (!osy_order_service_facts (self->tx, order_id, &facts, &local)) {
    if (osy_error_is (local, OSY_ERROR_NOT_FOUND))
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (facts.practice)
    return TRUE;
  event.order = osy_saga_look_state (facts.status);
  event.order_version = facts.version;
  return add_row (self, order_id, &facts, error) &&
         osy_saga_work_step (self, event, OSY_SAGA_CONSUMER_ORDER, error);
}

gboolean
osy_saga_work_begin (OsySagaWork *self, const char *order_id, GError **error)
{
  return osy_saga_store_lock (self->tx, order_id, &self->row, error) &&
         (self->row != NULL || make (self, order_id, error));
}

/* ---- stepping ---- */

static gboolean
take_step (OsySagaWork *self,
           OsySagaEvent event,
           OsySagaConsumer consumer,
           GArray *news,
           GError **error)
{
  OsySagaState *state = &self->row->state;

  event.now = osy_clock_now ();
  event.dice = g_random_int ();
  guint effects = osy_saga_step (state, &event, consumer, state);
  self->telling = (effects & (OSY_SAGA_ALARM | OSY_SAGA_CALM)) ?: self->telling;
  return osy_saga_effects_do (self, effects, news, error);
}

/* What an effect brings to light at once is taken in by the same consumer, and, of goods, by the
 * order's, since a reservation of nothing tells nobody. The others hear of it by its event. */
gboolean
osy_saga_work_step (OsySagaWork *self, OsySagaEvent event, OsySagaConsumer consumer, GError **error)
{
  g_autoptr (GArray) news = g_array_new (FALSE, FALSE, sizeof (OsySagaEvent));

  if (!take_step (self, event, consumer, news, error))
    return FALSE;
  for (guint i = 0; i < news->len && i < MAX_NEWS; i++) {
    OsySagaEvent next = g_array_index (news, OsySagaEvent, i);
    if (!take_step (self, next, consumer, news, error) ||
        (next.kind == OSY_SAGA_SEEN_GOODS && consumer == OSY_SAGA_CONSUMER_STOCK &&
         !take_step (self, next, OSY_SAGA_CONSUMER_ORDER, news, error)))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_saga_work_tell (OsySagaWork *self, GError **error)
{
  const OsySagaState *state = &self->row->state;

  if (self->telling == 0)
    return TRUE;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  json_object_set_string_member (object, "order_id", self->row->order_id);
  json_object_set_string_member (object, "step", osy_saga_step_name (state->step));
  if (state->reason != OSY_SAGA_FINE)
    json_object_set_string_member (object, "reason", osy_saga_reason_name (state->reason));
  const OsyEventDraft draft = {
      .type = self->telling & OSY_SAGA_ALARM ? "saga.attention" : "saga.settled",
      .aggregate_type = "saga",
      .aggregate_id = self->row->order_id,
      .aggregate_seq = ++self->row->told,
      .payload = payload,
  };
  self->telling = 0;
  return osy_event_emit (self->tx, self->call, &draft, error);
}

gboolean
osy_saga_work_finish (OsySagaWork *self, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();

  g_ptr_array_add (rows, self->row);
  return osy_saga_work_tell (self, error) && osy_saga_store_save (self->tx, rows, error);
}
