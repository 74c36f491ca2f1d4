/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Names of what the core counts. */

#include "osy-saga-core.h"

static const char *const steps[OSY_N_SAGA_STEPS + 1] = {
    "STARTED",   "PAYMENT_COMPLETED", "STOCK_RESERVED", "FULFILLING",
    "COMPLETED", "COMPENSATING",      "COMPENSATED",
};
static const char *const reasons[OSY_N_SAGA_REASONS + 1] = {
    "FINE",          "REFUND_LATE",     "PAYMENT_UNKNOWN", "STOCK_LATE",   "ORDER_LATE",
    "DELIVERY_LATE", "DELIVERY_FAILED", "ORDER_FORGOTTEN", "PAYMENT_LOST",
};
static const char *const orders[OSY_N_SAGA_ORDERS + 1] = {
    "UNKNOWN", "WAITING", "PLACED", "ACCEPTED", "MADE", "DONE", "CLOSED"};
static const char *const goods_names[OSY_N_SAGA_GOODS + 1] = {"NONE", "RESERVED", "SHORT",
                                                              "CONSUMED", "RELEASED"};
static const char *const rides[OSY_N_SAGA_RIDES + 1] = {"NONE",      "REQUESTED", "STARTED",
                                                        "DELIVERED", "FAILED",    "CANCELED"};
static const char *const consumers[OSY_N_SAGA_CONSUMERS + 1] = {"order",    "payment", "stock",
                                                                "delivery", "all",     "none"};

static gboolean
find (const char *const *names, const char *name, guint *ret)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_strcmp0 (names[i], name) == 0) {
      *ret = i;
      return TRUE;
    }
  *ret = 0;
  return FALSE;
}

/* A type cannot stand in parentheses. NOLINTBEGIN(bugprone-macro-parentheses) */
#define NAMES(type, what, table)                                     \
  const char *osy_saga_##what##_name (type value)                    \
  {                                                                  \
    return value < G_N_ELEMENTS (table) ? table[value] : NULL;       \
  }                                                                  \
  gboolean osy_saga_##what##_from_name (const char *name, type *ret) \
  {                                                                  \
    guint i;                                                         \
    gboolean found = find (table, name, &i);                         \
    *ret = (type)i;                                                  \
    return found;                                                    \
  }
/* NOLINTEND(bugprone-macro-parentheses) */

NAMES (OsySagaStep, step, steps)
NAMES (OsySagaReason, reason, reasons)
NAMES (OsySagaOrder, order, orders)
NAMES (OsySagaGoods, goods, goods_names)
NAMES (OsySagaRide, ride, rides)

const char *
osy_saga_consumer_name (OsySagaConsumer consumer)
{
  return consumer < G_N_ELEMENTS (consumers) ? consumers[consumer] : NULL;
}
