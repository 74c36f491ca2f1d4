/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-store.h"

G_BEGIN_DECLS

/** How the alarm has to sound. */
typedef enum {
  OSC_RING_NONE,
  OSC_RING_FULL, /* somebody has to act */
  OSC_RING_SOFT, /* all that wait were put off: a chime every 20 s */
} OscRing;

/** OscArrivalQueue: which waiting order wants the screen. Property "current" (OscOrderItem,
 * nullable, notify) and "ring" (int: OscRing, notify). An order stays in it until it was acted on,
 * wherever that happens. */
#define OSC_TYPE_ARRIVAL_QUEUE (osc_arrival_queue_get_type ())
G_DECLARE_FINAL_TYPE (OscArrivalQueue, osc_arrival_queue, OSC, ARRIVAL_QUEUE, GObject)

/** osc_arrival_queue_new: the waiting orders of @store, those already there too. */
OscArrivalQueue *osc_arrival_queue_new (OscOrderStore *store);
/** osc_arrival_queue_current: (transfer none) (nullable). */
OscOrderItem *osc_arrival_queue_current (OscArrivalQueue *self);
OscRing osc_arrival_queue_ring (OscArrivalQueue *self);
/** osc_arrival_queue_later: puts off the current order; it returns after 60 s. */
void osc_arrival_queue_later (OscArrivalQueue *self);
/** osc_arrival_queue_next: shows the order after the current one. */
void osc_arrival_queue_next (OscArrivalQueue *self);
/** osc_arrival_queue_show: shows @item, also when it was put off. */
void osc_arrival_queue_show (OscArrivalQueue *self, OscOrderItem *item);
/** osc_arrival_queue_place: 1-based place of the current order among those that want the screen,
 * and how many these are. */
void osc_arrival_queue_place (OscArrivalQueue *self, guint *place, guint *count);
/** osc_arrival_queue_waited: whole seconds since the current order came. */
int osc_arrival_queue_waited (OscArrivalQueue *self);
/** osc_arrival_queue_longest: Returns: µs that the order has waited which waits longest of those
 * that want the screen; -1: none does. */
gint64 osc_arrival_queue_longest (OscArrivalQueue *self);

G_END_DECLS
