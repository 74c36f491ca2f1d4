/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-delivery.h"

G_BEGIN_DECLS

/**
 * OscDeliveryStore: who carries which order: the newest delivery of each, read at every "reset" of
 * the feed and kept by its events. Signals: "changed" (const char *order_id; NULL: any); "refused"
 * (const char *order_id, const char *sentence): what somebody here asked for was not done;
 * "linked" (const char *order_id, const char *url): a courier's link, shown this once;
 * "requested" (const char *what): in tests, what would be sent.
 */
#define OSC_TYPE_DELIVERY_STORE (osc_delivery_store_get_type ())
G_DECLARE_FINAL_TYPE (OscDeliveryStore, osc_delivery_store, OSC, DELIVERY_STORE, GObject)

/** osc_delivery_store_new: @client: (nullable): NULL in tests. */
OscDeliveryStore *osc_delivery_store_new (OsyClient *client);
/** osc_delivery_store_attach: follows @feed. */
void osc_delivery_store_attach (OscDeliveryStore *self, OsyFeed *feed);
/** osc_delivery_store_take: @answer: {deliveries}, or one delivery. */
void osc_delivery_store_take (OscDeliveryStore *self, JsonNode *answer);
/** osc_delivery_store_find: (transfer none) (nullable): until the next "changed". */
const OsyDelivery *osc_delivery_store_find (OscDeliveryStore *self, const char *order_id);

/** Who is to carry an order. */
typedef struct {
  const char *order_id;
  const char *carrier; /* (nullable): as it is, or the shop's own choice */
  const char *rider;   /* nullable */
  const char *phone;   /* nullable */
  int minutes;         /* until the guest has it; 0: not said */
} OscDeliveryWant;

/** osc_delivery_store_call: calls a rider, or says who rides: POST orders/{id}/delivery. */
void osc_delivery_store_call (OscDeliveryStore *self, const OscDeliveryWant *want);
/** osc_delivery_store_assign: another rider, or other minutes, of a delivery that somebody has. */
void osc_delivery_store_assign (OscDeliveryStore *self, const OscDeliveryWant *want);
/** osc_delivery_store_act: "pick-up", "deliver", "fail" or "cancel" of the order's delivery, as it
 * was last seen. @reason: (nullable): of the last two. */
void osc_delivery_store_act (OscDeliveryStore *self,
                             const char *order_id,
                             const char *act,
                             const char *reason);
/** osc_delivery_store_link: "linked" follows, or "refused". */
void osc_delivery_store_link (OscDeliveryStore *self, const char *order_id);

G_END_DECLS
