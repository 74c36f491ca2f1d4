/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-channel-sign.h"
#include "osy-channel-store.h"
#include "osy-order.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** A call of a platform, and what it says. */
typedef struct {
  const char *channel; /* of the path */
  OsyChannelCall call;
  JsonNode *body;
} OsyChannelDelivery;

/**
 * osy_channel_service_receive:
 * @fresh: (out): it is in the inbox by this; FALSE: it was there before
 * @message: (out) (transfer full): what it says
 *
 * Judges the signature before anything of the body, then its form, then whether it was here before.
 * FALSE with UNAUTHENTICATED, UNPROCESSABLE (fields), or CONFLICT: the same event or order with
 * another body.
 */
gboolean osy_channel_service_receive (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const OsyChannelDelivery *delivery,
                                      gboolean *fresh,
                                      OsyChannelMessage **message,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What is to be done with one event of the inbox. */
typedef struct {
  OsyChannelEvent *event; /* NULL: nothing is due */
  OsyOrderData *order;    /* (nullable): to be placed; all else is done already */
} OsyChannelWork;

/** osy_channel_work_clear: what was not taken over. */
void osy_channel_work_clear (OsyChannelWork *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyChannelWork, osy_channel_work_clear)

/** osy_channel_service_work: takes the next event that is due and does it, but for the placing of
 * an order, which is the writer's. */
gboolean osy_channel_service_work (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   OsyChannelWork *ret,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_channel_service_placed: the order of @event was written, by this or an earlier attempt, with
 * the idempotency key osy_channel_service_key(). */
gboolean osy_channel_service_placed (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyChannelEvent *event,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The actor of whatever a platform does, and whose idempotency keys its orders have. */
#define OSY_CHANNEL_ACTOR "system:channel"
/** osy_channel_service_key: (transfer full): of the order of @event; the same for ever. */
char *osy_channel_service_key (const OsyChannelEvent *event);

G_END_DECLS
