/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-fetch-queue.h"
#include "osy-http.h"
#include "osy-order-writer.h"

G_BEGIN_DECLS

/** Works off the inbox. */
typedef struct _OsyChannelIntake OsyChannelIntake;

/** What the channel room works with; built once by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyOrderWriter *writer;
  OsyChannelIntake *intake;
  OsyFetchQueue *pushes; /* what platforms are told */
} OsyChannelRoom;

/** osy_channel_intake_new: Main thread, like all of it. */
OsyChannelIntake *osy_channel_intake_new (OsyChannelRoom *room);
/** osy_channel_intake_start: with what was left over from the last run first. */
void osy_channel_intake_start (OsyChannelIntake *self);
/** osy_channel_intake_wake: something came for @restaurant_id. */
void osy_channel_intake_wake (OsyChannelIntake *self, const char *restaurant_id);
/** osy_channel_intake_stop: takes nothing more; what is under way is worked off again. */
void osy_channel_intake_stop (OsyChannelIntake *self);
/** osy_channel_intake_free: drops the composer's reference. */
void osy_channel_intake_free (OsyChannelIntake *self);

/** Every route of the room; room: an OsyChannelRoom. */
extern const OsyRoute osy_channel_routes[];
extern const OsyRoute osy_channel_setup_routes[];

/** What the queue of messages to platforms does; data: an OsyChannelRoom. */
extern const OsyFetchQueueRoom osy_channel_pushes;

/** osy_channel_on_order: OsyEventHandler of "order.": tells the platform, durably; room: an
 * OsyChannelRoom. */
gboolean osy_channel_on_order (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyEvent *event,
                               gpointer room,
                               GError **error);

/** osy_channel_decorate: OsyEventDecorate of "channel_order": the order it is about, masked; room:
 * an OsyChannelRoom. */
gboolean osy_channel_decorate (OsyDbTx *tx,
                               GPtrArray *events,
                               OsyEventExtra *extras,
                               gpointer room,
                               GError **error);

G_END_DECLS
