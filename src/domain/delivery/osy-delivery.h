/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-json.h"
#include "osy-state-table.h"

G_BEGIN_DECLS

/** States of a delivery (design §5). */
#define OSY_DELIVERY_REQUESTED "REQUESTED"
#define OSY_DELIVERY_ASSIGNED "ASSIGNED"
#define OSY_DELIVERY_PICKED_UP "PICKED_UP"
#define OSY_DELIVERY_DELIVERED "DELIVERED"
#define OSY_DELIVERY_FAILED "FAILED"
#define OSY_DELIVERY_CANCELED "CANCELED"

/** Acts of the table: "assign", "pick-up", "deliver", "fail", "cancel" by people and carriers;
 * "put-back" and "take-back" when the order's own last step is recalled. */
extern const OsyStateTable osy_delivery_states;

/** Who carries it. */
#define OSY_CARRIER_OWN "OWN"
#define OSY_CARRIER_AGENCY "AGENCY"
#define OSY_CARRIER_PLATFORM "PLATFORM"
/** osy_delivery_carriers: NULL-terminated wire names. */
extern const char *const osy_delivery_carriers[];

/** How the call of an agency's rider stands; interned wire names, NULL where none was made. */
#define OSY_RIDER_CALL_WANTED "WANTED"       /* written down, not sent */
#define OSY_RIDER_CALL_SENT "SENT"           /* about to be, or just, sent */
#define OSY_RIDER_CALL_UNKNOWN "UNKNOWN"     /* no answer: it is looked up */
#define OSY_RIDER_CALL_CALLED "CALLED"       /* the agency has it */
#define OSY_RIDER_CALL_REFUSED "REFUSED"     /* the agency will not */
#define OSY_RIDER_CALL_CANCELING "CANCELING" /* to be called off */
#define OSY_RIDER_CALL_ENDED "ENDED"         /* done or called off */

#define OSY_DELIVERY_MAX_MINUTES 300
#define OSY_DELIVERY_MAX_RIDER 100
#define OSY_DELIVERY_MAX_REASON 500
#define OSY_DELIVERY_MAX_ZONES 50
#define OSY_DELIVERY_MAX_AREAS 100
#define OSY_DELIVERY_MAX_FEE 1000000

/** One journey of an order to its guest. Times in UTC µs, 0 when not (yet) so. */
typedef struct {
  char *id;
  char *order_id;
  gint64 order_number;
  const char *carrier; /* interned */
  const char *status;  /* interned */
  char *rider;         /* (nullable): personal: who rides */
  char *rider_phone;   /* (nullable): personal */
  char *reason;        /* (nullable): personal words: of fail and cancel */
  char *address;       /* (nullable): of the order: whole while it is under way, else masked */
  const char *call;    /* (nullable): interned, OSY_RIDER_CALL_… */
  char *call_failure;  /* (nullable): what the agency said */
  gint64 fee;          /* won, of the order */
  gint64 eta_at;
  gint64 requested_at;
  gint64 assigned_at;
  gint64 picked_up_at;
  gint64 delivered_at;
  gint64 closed_at; /* failed or canceled */
  gint64 version;
} OsyDelivery;

/** osy_delivery_new: Returns: (transfer full): an empty one. */
OsyDelivery *osy_delivery_new (void);
void osy_delivery_free (OsyDelivery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDelivery, osy_delivery_free)

/** osy_delivery_is_live: Returns: whether its order waits for it: not failed and not canceled. */
gboolean osy_delivery_is_live (const OsyDelivery *self);
/** osy_delivery_is_under_way: Returns: whether it is neither done nor given up: while it is, its
 * address may be shown to who carries it. */
gboolean osy_delivery_is_under_way (const OsyDelivery *self);

/** osy_delivery_to_json: (transfer full): as in openapi.yaml; phone masked, the rest as it is. */
JsonObject *osy_delivery_to_json (const OsyDelivery *self);
/** osy_delivery_read: fills in from an answer's reader; faults stay in it. */
void osy_delivery_read (OsyDelivery *self, OsyJsonReader *reader);

/** A part of town and what it costs to bring an order there. */
typedef struct {
  char *id;
  char *name;
  gint64 fee;     /* won */
  gint64 minimum; /* won of the order without the fee; 0: none */
  int minutes;    /* on the road; 0: not said */
  GStrv areas;    /* words of its addresses ("역삼동", "테헤란로") or postcodes ("062") */
} OsyDeliveryZone;

/** osy_delivery_zone_free: with its areas. */
void osy_delivery_zone_free (OsyDeliveryZone *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDeliveryZone, osy_delivery_zone_free)

/** osy_delivery_zone_to_json, _read: both ways. _read: (transfer full), faults stay in @reader. */
JsonObject *osy_delivery_zone_to_json (const OsyDeliveryZone *self);
OsyDeliveryZone *osy_delivery_zone_read (OsyJsonReader *reader);

/**
 * osy_delivery_zone_find:
 * @zones: of OsyDeliveryZone, in the shop's order
 *
 * The first zone that has a word of @address: an area of digits alone is the beginning of a
 * postcode (five digits standing alone), another one a part of any word. A zone without areas is
 * everywhere else. Returns: (transfer none) (nullable): NULL: nobody rides there.
 */
const OsyDeliveryZone *osy_delivery_zone_find (GPtrArray *zones, const char *address);

G_END_DECLS
