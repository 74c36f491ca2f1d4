/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-http.h"
#include "osy-job.h"
#include "osy-keyring.h"
#include "osy-order-service.h"
#include "osy-saga-core.h"

G_BEGIN_DECLS

typedef struct _OsySagaRoom OsySagaRoom;

/** One consumer as the relay knows it. */
typedef struct {
  OsySagaRoom *room;
  OsySagaConsumer consumer;
} OsySagaEar;

/** What the saga room works with; built once by the composer. */
struct _OsySagaRoom {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsySagaEar ears[OSY_SAGA_CONSUMER_ALL];
  OsyOrderPromise promise; /* (nullable): tied by the composer */
  GHashTable *sweeping;    /* restaurants whose sweep is under way: main thread */
};

/** osy_saga_room_init: @pool, @ring: borrowed. */
void osy_saga_room_init (OsySagaRoom *self, OsyDbPool *pool, OsyKeyring *ring);
/** osy_saga_room_clear: after the pool was closed. */
void osy_saga_room_clear (OsySagaRoom *self);

/** osy_saga_room_tie: every consumer hears what it reacts to. Before the relay starts. */
void osy_saga_room_tie (OsySagaRoom *self, OsyEventRelay *relay);

/** osy_saga_room_sweep: OsyDbFunc of a job of no restaurant, every OSY_SAGA_SWEEP_MS: looks at the
 * sagas whose time has come, shop by shop, each page a transaction of its own. */
gboolean osy_saga_room_sweep (OsyDbTx *tx, gpointer room, GError **error);
#define OSY_SAGA_SWEEP_MS 5000

/** osy_saga_on_event: OsyEventHandler of all of them; room: an OsySagaEar. */
gboolean osy_saga_on_event (OsyDbTx *tx,
                            const OsyCall *call,
                            const OsyEvent *event,
                            gpointer ear,
                            GError **error);

/** osy_saga_decorate: OsyEventDecorate of "saga": what needs attention, as the list has it. */
gboolean osy_saga_decorate (OsyDbTx *tx,
                            GPtrArray *events,
                            OsyEventExtra *extras,
                            gpointer room,
                            GError **error);

/** Every route of the room; room: an OsySagaRoom. */
extern const OsyRoute osy_saga_routes[];

G_END_DECLS
