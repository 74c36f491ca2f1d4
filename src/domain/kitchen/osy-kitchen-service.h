/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-event-feed.h"
#include "osy-event-relay.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-kitchen-setup.h"
#include "osy-kitchen-ticket.h"
#include "osy-order.h"
#include "osy-shop-cache.h"

G_BEGIN_DECLS

/** What a station has to learn, also where nobody looks at a screen. */
typedef enum {
  OSY_KITCHEN_TOLD_SENT,  /* a new ticket; its held courses are not to be cooked yet */
  OSY_KITCHEN_TOLD_FIRED, /* a held course of it is wanted now */
  OSY_KITCHEN_TOLD_HELD,  /* a fired course of it is not wanted yet */
  OSY_KITCHEN_TOLD_DELTA, /* @changes came on it: added, voided, changed, or moved to another table
                           */
} OsyKitchenTold;

typedef struct {
  OsyKitchenTold kind;
  const OsyKitchenStation *station;   /* its language and printer */
  const OsyKitchenTicketData *ticket; /* as it stands now; never of the expo station */
  const OsyOrderData *order;
  gint64 course;        /* of FIRED and HELD */
  GPtrArray *changes;   /* (nullable): of DELTA: of OsyKitchenChange */
  const char *news_key; /* the same for the same news, another for any other: for dedupe_key */
} OsyKitchenNews;

/** OsyKitchenTell: in the transaction of what it tells of. */
typedef gboolean (*OsyKitchenTell) (OsyDbTx *tx,
                                    const OsyCall *call,
                                    const OsyKitchenNews *news,
                                    gpointer data,
                                    GError **error);

/** OsyKitchenTableNumber: *@number: (out) (transfer full): what people call the table; NULL when
 * there is no such table. */
typedef gboolean (*OsyKitchenTableNumber) (OsyDbTx *tx,
                                           const char *table_id,
                                           char **number,
                                           GError **error);

/** OsyKitchenVoids: what the check room has taken off the lines of @order_id as not made. (transfer
 * full): line id → gint64 *quantity; lines without are left out. */
typedef GHashTable *(*OsyKitchenVoids) (OsyDbTx *tx, const char *order_id, GError **error);

/** OsyKitchenSlipCode: *@code: (out) (transfer full) (nullable): what the slip of a delivery has as
 * its QR code. In the transaction that prints it. */
typedef gboolean (*OsyKitchenSlipCode) (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyCall *call,
                                        const char *order_id,
                                        char **code,
                                        GError **error);

/** What the kitchen room works with; the last five are tied by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyShopCache *shops;
  OsyKitchenTell tell; /* (nullable): slips */
  gpointer tell_data;
  OsyKitchenTableNumber table_number; /* (nullable) */
  OsyKitchenVoids voids;              /* (nullable) */
  OsyKitchenSlipCode slip_code;       /* (nullable) */
} OsyKitchenRoom;

/** A table's people sit somewhere else now. */
typedef struct {
  const char *order_id;
  const char *line_id; /* (nullable): this line alone, and not the rest of the order */
  const char *from_number;
  const char *to_number;
  const char *to_table_id; /* (nullable): of a line: where its order is */
} OsyKitchenMove;

/**
 * osy_kitchen_service_moved:
 *
 * The tickets of the order show its new table and where it came from ("5→7"), open ones until
 * somebody has seen it. Nothing is sent to be cooked. An order that the kitchen does not know is
 * passed over. For the table room, in its transaction, once for each order or line moved.
 */
gboolean osy_kitchen_service_moved (OsyDbTx *tx,
                                    const OsyKitchenRoom *room,
                                    const OsyCall *call,
                                    const OsyKitchenMove *move,
                                    GError **error);

/** What somebody does with a ticket, or a line or a change of it. */
typedef struct {
  const char *verb;  /* "bump", "recall", "shown", "touch", "priority", "make", "unmake", "seen" */
  const char *id;    /* of the ticket; of the line (make, unmake); of the change (seen) */
  gint64 if_version; /* of bump: what the screen showed; 0: whatever it is */
  gint64 quantity;   /* of make and unmake; 0: all */
  gboolean on;       /* of priority */
  gboolean restart_timer; /* of recall */
  OsyShop *shop;          /* of recall: for the business day inside which it is allowed */
} OsyKitchenDeed;

/**
 * osy_kitchen_service_do:
 *
 * Needs order:write. Doing what is done already changes nothing. Returns: (transfer full): the
 * ticket as it is now; or NULL with NOT_FOUND, STATE_CONFLICT, or VERSION_CONFLICT
 * (current_version) when something came on the ticket that the screen did not show yet.
 */
OsyKitchenTicket *osy_kitchen_service_do (OsyDbTx *tx,
                                          const OsyKitchenRoom *room,
                                          const OsyCall *call,
                                          const OsyKitchenDeed *deed,
                                          GError **error);

/**
 * osy_kitchen_service_reprint:
 *
 * The slips of an order once more, as its tickets stand now and marked as copies: one for each
 * station that has anything to make of it. Needs order:write. Returns: (transfer full): its
 * tickets, of OsyKitchenTicket; NULL with NOT_FOUND when the kitchen has nothing of it.
 */
GPtrArray *osy_kitchen_service_reprint (OsyDbTx *tx,
                                        const OsyKitchenRoom *room,
                                        const OsyCall *call,
                                        const char *order_id,
                                        GError **error);

/** A course of an order that is wanted now, or not yet. */
typedef struct {
  const char *order_id;
  gint64 course;
  gboolean fire; /* FALSE: hold */
} OsyKitchenFire;

/** osy_kitchen_service_fire: needs order:write. FALSE with NOT_FOUND, or STATE_CONFLICT when the
 * order is not in the kitchen or something of a course to be held is made. */
gboolean osy_kitchen_service_fire (OsyDbTx *tx,
                                   const OsyKitchenRoom *room,
                                   const OsyCall *call,
                                   const OsyKitchenFire *fire,
                                   GError **error);

/** osy_kitchen_on_order: OsyEventHandler of "order.": makes the tickets what the order's present
 * state asks for, however often and in whatever order the events come; room: an OsyKitchenRoom. */
gboolean osy_kitchen_on_order (OsyDbTx *tx,
                               const OsyCall *call,
                               const OsyEvent *event,
                               gpointer room,
                               GError **error);

/** osy_kitchen_decorate: OsyEventDecorate of "ticket"; room: an OsyKitchenRoom. */
gboolean osy_kitchen_decorate (OsyDbTx *tx,
                               GPtrArray *events,
                               OsyEventExtra *extras,
                               gpointer room,
                               GError **error);

/** Every route of the room; room: an OsyKitchenRoom. */
extern const OsyRoute osy_kitchen_routes[];
extern const OsyRoute osy_kitchen_setup_routes[];

G_END_DECLS
