/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-store.h"

G_BEGIN_DECLS

/** Which orders are looked through. */
typedef enum {
  OSC_PAST_ALL,
  OSC_PAST_OPEN,
  OSC_PAST_COMPLETED,
  OSC_PAST_DROPPED, /* cancelled, rejected, expired */
} OscPastKind;

/** How far the last question is. */
typedef enum { OSC_PAST_LOADING, OSC_PAST_READY, OSC_PAST_FAILED } OscPastPhase;

/**
 * OscPastOrders: GListModel of OscOrderItem, newest first: the shop's orders of one business day or
 * of all, cut down by kind and by words, read page by page. A newer question makes the answers to
 * older ones void; what is listed stays until the answer to the new one is here. Orders that change
 * meanwhile follow the OscOrderStore.
 * Property: "phase" (int: OscPastPhase, notify). Signal: "requested" (const char *cursor): a page
 * is asked for; cursor NULL: the first.
 */
#define OSC_TYPE_PAST_ORDERS (osc_past_orders_get_type ())
G_DECLARE_FINAL_TYPE (OscPastOrders, osc_past_orders, OSC, PAST_ORDERS, GObject)

/** osc_past_orders_new: asks for nothing yet. @client: NULL in tests, which answer "requested" with
 * osc_past_orders_take(). */
OscPastOrders *osc_past_orders_new (OsyClient *client, OscOrderStore *store);
/** osc_past_orders_look: asks anew. @day: (nullable): a business day; NULL: every day. */
void osc_past_orders_look (OscPastOrders *self, const char *day, OscPastKind kind);
/** osc_past_orders_find: number, name, phone, item or amount; asks 150 ms after the last change, or
 * (@now) at once. */
void osc_past_orders_find (OscPastOrders *self, const char *text, gboolean now);
/** osc_past_orders_more: asks for the next page, if there is one and none is on its way. */
void osc_past_orders_more (OscPastOrders *self);
/** osc_past_orders_retry: asks again for what failed. */
void osc_past_orders_retry (OscPastOrders *self);
/** osc_past_orders_take: a page: @orders: of OsyOrder; NULL: it failed. @next_cursor: (nullable).
 */
void osc_past_orders_take (OscPastOrders *self, GPtrArray *orders, const char *next_cursor);

/** osc_past_orders_phase: as the property. */
OscPastPhase osc_past_orders_phase (OscPastOrders *self);
/** osc_past_orders_day, _kind, _text: what was asked last; day is NULL for every day. */
const char *osc_past_orders_day (OscPastOrders *self);
OscPastKind osc_past_orders_kind (OscPastOrders *self);
const char *osc_past_orders_text (OscPastOrders *self);

G_END_DECLS
