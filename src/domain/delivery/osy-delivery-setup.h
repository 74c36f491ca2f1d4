/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-delivery.h"
#include "osy-keyring.h"
#include "osy-order-draft.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** How the shop delivers. */
typedef struct {
  const char *carrier;  /* interned: what a delivery begins with */
  int mask_hours;       /* after its end an address is masked */
  int link_hours;       /* a courier's link lasts no longer */
  char *agency_vendor;  /* nullable */
  char *agency_key;     /* (nullable): secret */
  char *pickup_name;    /* (nullable): whence riders fetch */
  char *pickup_phone;   /* nullable */
  char *pickup_address; /* nullable */
  char *page_base;      /* (nullable): how couriers' phones reach this server, "https://…" */
  gint64 version;
} OsyDeliverySetup;

/** osy_delivery_setup_free: wipes the key. */
void osy_delivery_setup_free (OsyDeliverySetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyDeliverySetup, osy_delivery_setup_free)

/** osy_delivery_setup_load: of the transaction's restaurant; the defaults where nothing was set.
 * (transfer full) */
OsyDeliverySetup *osy_delivery_setup_load (OsyDbTx *tx, OsyKeyring *ring, GError **error);
/** osy_delivery_setup_has_agency: Returns: whether riders of an agency can be called. */
gboolean osy_delivery_setup_has_agency (const OsyDeliverySetup *self);
/** osy_delivery_setup_to_json: (transfer full): without the key, of which it says whether it is
 * set. */
JsonNode *osy_delivery_setup_to_json (const OsyDeliverySetup *self);
/** osy_delivery_setup_save: @body: of PUT …/delivery-setup; what it leaves out stays. Needs
 * delivery:manage; audited. (transfer full): as it is now; NULL with INVALID_REQUEST or
 * VERSION_CONFLICT. */
OsyDeliverySetup *osy_delivery_setup_save (OsyDbTx *tx,
                                           OsyKeyring *ring,
                                           const OsyCall *call,
                                           JsonNode *body,
                                           GError **error);

/** osy_delivery_zones_load: in the shop's order. @version: (out). (transfer full): of
 * OsyDeliveryZone. */
GPtrArray *osy_delivery_zones_load (OsyDbTx *tx, gint64 *version, GError **error);
/** osy_delivery_zones_to_json: (transfer full): {version, zones}. */
JsonNode *osy_delivery_zones_to_json (GPtrArray *zones, gint64 version);
/** osy_delivery_zones_save: @body: {version?, zones}: all of them, in the order in which addresses
 * are looked up. Needs delivery:manage; audited. FALSE with INVALID_REQUEST or VERSION_CONFLICT. */
gboolean osy_delivery_zones_save (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  JsonNode *body,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_fee: OsyOrderFee: by the zone that staff chose, or the address. A shop without
 * zones asks nothing and goes anywhere; a guest beyond all zones is refused with OUT_OF_AREA. */
gboolean
osy_delivery_fee (OsyDbTx *tx, const OsyPrincipal *principal, OsyOrderDraft *draft, GError **error);

G_END_DECLS
