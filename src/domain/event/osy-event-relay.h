/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bus.h"
#include "osy-db.h"
#include "osy-event.h"
#include "osy-job.h"
#include "osy-metrics.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/**
 * OsyEventRelay: the one way events leave the database. It numbers what waits in the outbox into
 * the shops' feeds, puts each event on the bus (topic = its type, message = OsyEvent, in feed
 * order), and runs the durable handlers.
 */
#define OSY_TYPE_EVENT_RELAY (osy_event_relay_get_type ())
G_DECLARE_FINAL_TYPE (OsyEventRelay, osy_event_relay, OSY, EVENT_RELAY, GObject)

/**
 * OsyEventHandler:
 *
 * One step of a saga: its effect and the note that it happened commit together, so it happens
 * exactly once, however often the daemon dies. Runs on a worker in a transaction of the event's
 * restaurant.
 */
typedef gboolean (*OsyEventHandler) (OsyDbTx *tx,
                                     const OsyCall *call,
                                     const OsyEvent *event,
                                     gpointer room,
                                     GError **error);

/** osy_event_relay_new: @app_pool for handlers; @relay_pool of role ordersync_relay. */
OsyEventRelay *osy_event_relay_new (OsyDbPool *app_pool, OsyDbPool *relay_pool, OsyBus *bus);

/** osy_event_relay_add_handler: @consumer: lasting name; @prefix: of the types wanted. Before
 * _start. */
void osy_event_relay_add_handler (OsyEventRelay *self,
                                  const char *consumer,
                                  const char *prefix,
                                  OsyEventHandler handler,
                                  gpointer room);

/** osy_event_metrics: what is counted of handlers, to NULL. */
extern OsyMetric *const osy_event_metrics[];

/** osy_event_relay_start: with everything left over from the last run first. */
void osy_event_relay_start (OsyEventRelay *self);
/** osy_event_relay_wake: something was committed. Main thread. */
void osy_event_relay_wake (OsyEventRelay *self);
void osy_event_relay_stop (OsyEventRelay *self);

G_END_DECLS
