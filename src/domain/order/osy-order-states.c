/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one table of an order's steps, and the two acts whose target the order itself decides:
 * hand-over (by its type) and recall (by the times of its states). */

#include "osy-order.h"

#include <string.h>

#define P_PAY OSY_ORDER_PENDING_PAYMENT
#define PEND OSY_ORDER_PENDING
#define ACC OSY_ORDER_ACCEPTED
#define PREP OSY_ORDER_PREPARING
#define READY OSY_ORDER_READY
#define DELIV OSY_ORDER_DELIVERING
#define DONE OSY_ORDER_COMPLETED
#define CANC OSY_ORDER_CANCELED

/* Keyed by (from, act), but for recall, where (from, to) is. Accepting is not marked forward: the
 * guest has been told, so no recall undoes it. */
static const OsyStateRow rows[] = {
    {P_PAY, "pay", PEND, FALSE},
    {P_PAY, "expire", OSY_ORDER_EXPIRED, FALSE},
    {P_PAY, "cancel", CANC, FALSE},
    {PEND, "accept", ACC, FALSE},
    {PEND, "reject", OSY_ORDER_REJECTED, FALSE},
    {PEND, "cancel", CANC, FALSE},
    {ACC, "start", PREP, TRUE},
    {ACC, "ready", READY, TRUE},
    {ACC, "cancel", CANC, FALSE},
    {PREP, "ready", READY, TRUE},
    {PREP, "cancel", CANC, FALSE},
    {READY, "hand-over", DELIV, TRUE},
    {READY, "hand-over-done", DONE, TRUE},
    {READY, "complete", DONE, TRUE},
    {READY, "cancel", CANC, FALSE},
    {DELIV, "complete", DONE, TRUE},
    {DELIV, "cancel", CANC, FALSE},
    {PREP, "recall", ACC, FALSE},
    {READY, "recall", PREP, FALSE},
    {READY, "recall", ACC, FALSE},
    {DELIV, "recall", READY, FALSE},
    {DONE, "recall", READY, FALSE},
    {DONE, "recall", DELIV, FALSE},
    {NULL},
};

/* An order that staff take may be born accepted; both steps are in its timeline. */
const OsyStateTable osy_order_states = {
    .name = "order",
    .initial = {P_PAY, PEND, ACC},
    .rows = rows,
};

static const char *
recall_target (const OsyOrderData *order)
{
  if (strcmp (order->status, PREP) == 0)
    return ACC;
  if (strcmp (order->status, READY) == 0)
    return order->started_at != 0 ? PREP : ACC;
  if (strcmp (order->status, DELIV) == 0)
    return READY;
  if (strcmp (order->status, DONE) != 0)
    return NULL;
  return g_strcmp0 (order->type, "DELIVERY") == 0 && order->handed_over_at != 0 ? DELIV : READY;
}

const OsyStateRow *
osy_order_find_step (const OsyOrderData *order, const char *act)
{
  g_return_val_if_fail (order != NULL && order->status != NULL && act != NULL, NULL);

  if (strcmp (act, "recall") == 0) {
    const char *to = recall_target (order);

    for (const OsyStateRow *row = rows; to != NULL && row->from != NULL; row++)
      if (strcmp (row->act, act) == 0 && strcmp (row->from, order->status) == 0 &&
          strcmp (row->to, to) == 0)
        return row;
    return NULL;
  }
  if (strcmp (act, "hand-over") == 0 && g_strcmp0 (order->type, "DELIVERY") != 0)
    act = "hand-over-done";
  return osy_state_table_find (&osy_order_states, order->status, act);
}

gboolean
osy_order_is_born_accepted (const OsyOrderData *order)
{
  return order->accepted_at != 0 && order->accepted_at == order->created_at;
}

gboolean
osy_order_is_prepaid (const OsyOrderData *order)
{
  return g_strcmp0 (order->payment_method, "TOSS") == 0;
}

const char *
osy_order_birth_status (const OsyOrderData *order)
{
  return osy_order_is_prepaid (order) ? P_PAY : PEND;
}

gboolean
osy_order_is_for_later (const OsyOrderData *order)
{
  return order->begins_at != 0 && strcmp (order->status, ACC) == 0;
}

gboolean
osy_order_is_withdrawn (const OsyOrderData *order)
{
  static const char *const withdrawn[] = {OSY_ORDER_REJECTED, CANC, OSY_ORDER_EXPIRED, NULL};

  return g_strv_contains (withdrawn, order->status);
}

gboolean
osy_order_is_open (OsyOrder *self)
{
  static const char *const open[] = {PEND, ACC, PREP, READY, DELIV, NULL};

  return g_strv_contains (open, osy_order_data (self)->status);
}
