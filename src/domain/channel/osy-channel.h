/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"

G_BEGIN_DECLS

#define OSY_CHANNEL_CREATED "order.created"
#define OSY_CHANNEL_UPDATED "order.updated"
#define OSY_CHANNEL_CANCELLED "order.cancelled"
#define OSY_CHANNEL_DELIVERY "delivery.status"

/** What a person should look at: words of an order's flags. */
#define OSY_CHANNEL_UNMAPPED "unmapped"               /* an item that is not on our menu */
#define OSY_CHANNEL_AMOUNT_MISMATCH "amount_mismatch" /* its own sums do not add up */
#define OSY_CHANNEL_PRICE_DIFFERS "price_differs"     /* an item costs something else here */
#define OSY_CHANNEL_CHANGED "changed"                 /* the platform changed it afterwards */
#define OSY_CHANNEL_LATE_CANCEL "late_cancel"         /* canceled there, and too late here */

/** Bytes of a link's secret: its 32 characters are the key of the HMAC. */
#define OSY_CHANNEL_SECRET_SIZE 32
/** By how many seconds a platform's clock may be wrong. */
#define OSY_CHANNEL_LEEWAY_S 300

/** An option or an item as the platform sold it; won. */
typedef struct {
  char *plu; /* nullable */
  char *name;
  char *note; /* nullable */
  gint64 quantity;
  gint64 unit_price;
  GPtrArray *options; /* of OsyChannelItem; empty for an option */
} OsyChannelItem;

/** One message of a platform (integrations 8.1). Of anything but order.created only the ids and
 * what the message is about are set. Times UTC µs, amounts won. */
typedef struct {
  char *event_id;
  const char *type; /* interned: OSY_CHANNEL_CREATED, … */
  char *channel;
  char *store_id;
  char *channel_order_id;
  char *display_id;       /* nullable */
  const char *order_type; /* interned: DELIVERY, TAKEOUT, DINE_IN */
  const char *carrier;    /* (nullable): interned: PLATFORM, OWN, AGENCY */
  gint64 due_at;          /* 0: as soon as possible */
  char *name;             /* nullable, personal from here on */
  char *phone;            /* nullable */
  char *address;          /* nullable */
  char *note;             /* nullable: all that was written, in one */
  GPtrArray *items;       /* of OsyChannelItem */
  gint64 items_amount;
  gint64 delivery_fee;
  gint64 discount;
  gint64 shop_discount; /* of it, what the shop bears */
  gint64 total;
  gboolean prepaid;
  const char *delivery_act; /* (nullable): of osy_delivery_states, of delivery.status */
  char *rider;              /* nullable */
} OsyChannelMessage;

/** osy_channel_message_parse: @body: strict JSON; members that nobody knows are passed over.
 * (transfer full): NULL with UNPROCESSABLE that names every faulty field. */
OsyChannelMessage *osy_channel_message_parse (JsonNode *body, GError **error);
void osy_channel_message_free (OsyChannelMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyChannelMessage, osy_channel_message_free)

/** osy_channel_message_adds_up: Returns: whether items and fee without discounts are the total, and
 * the items what they say together. */
gboolean osy_channel_message_adds_up (const OsyChannelMessage *self);

/** osy_channel_item_price: Returns: of one with its options, won. */
gint64 osy_channel_item_price (const OsyChannelItem *self);

/** osy_channel_status: Returns: (nullable): what a platform is told at @event ("order.ready") of an
 * order that is @order_status now; NULL: nothing. */
const char *osy_channel_status (const char *event, const char *order_status);

G_END_DECLS
