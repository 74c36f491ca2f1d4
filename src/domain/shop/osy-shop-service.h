/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** osy_shop_service_any: Returns: 1 when a shop was ever set up here, 0 when none, -1 with @error.
 */
int osy_shop_service_any (OsyDbTx *tx, GError **error);

/** What a new restaurant begins with; everything else has its default. */
typedef struct {
  const char *organisation_id; /* nullable: a new organisation is made */
  const char *name;
  const char *business_number; /* nullable, as typed */
  const char *owner_name;      /* nullable */
} OsyShopDraft;

/**
 * osy_shop_service_create:
 *
 * Makes the restaurant whose id is the transaction's scope (the caller chose it with osy_id_new()).
 * Of its first steps "shop" is done, and "business_number" when the draft has one. Emits
 * shop.created. Returns: (transfer full): the shop, or NULL with INVALID_REQUEST.
 */
OsyShop *osy_shop_service_create (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  const OsyShopDraft *draft,
                                  GError **error);

/** osy_shop_service_get: the settings without anything personal, for placing orders and for guests.
 * Returns: (transfer full): the shop, or NULL with NOT_FOUND. */
OsyShop *osy_shop_service_get (OsyDbTx *tx, const char *restaurant_id, GError **error);

/** osy_shop_service_get_own: the caller's restaurant with everything. Needs shop:read. */
OsyShop *
osy_shop_service_get_own (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, GError **error);

/** Changes of settings. NULL text and negative numbers leave a setting as it is; empty text
 * removes an optional one. */
typedef struct {
  char *name;
  char *business_number;
  char *owner_name;
  char *phone;
  char *time_zone;
  char *open_state;    /* PAUSED without paused_until lasts until somebody ends it */
  gint64 paused_until; /* 0: as it is; only while PAUSED, from now on to a week ahead */
  gboolean pace;       /* one of whoever takes orders: nothing but pause and busy are in it */
  gint64 cutoff_minutes;
  gint64 minimum_order;
  gint64 default_prep_minutes;
  gint64 pay_within_minutes;
  int promise_automatic;
  gint64 promise_min_minutes;
  gint64 promise_max_minutes;
  gint64 busy_minutes; /* 0 ends it; without busy_until it lasts until somebody ends it */
  gint64 busy_until;   /* 0: as it is; only while busy, from now on to a week ahead */
  int accept_paid_orders;
  gint64 retention_days;
  int guest_orders;
  GArray *hours;               /* of OsyShopHours */
  int setup[OSY_N_SHOP_STEPS]; /* of OsyShopStepState */
} OsyShopPatch;
OsyShopPatch *osy_shop_patch_new (void);
void osy_shop_patch_free (OsyShopPatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyShopPatch, osy_shop_patch_free)

/**
 * osy_shop_service_update:
 * @if_version: version the caller saw; 0 takes any
 *
 * Needs shop:manage; of pace order:write, and there a closed shop stays closed (STATE_CONFLICT).
 * Emits shop.updated. Returns: (transfer full): the shop as it is now, or NULL
 * with VERSION_CONFLICT (member current_version) or INVALID_REQUEST.
 */
OsyShop *osy_shop_service_update (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  const OsyCall *call,
                                  gint64 if_version,
                                  const OsyShopPatch *patch,
                                  GError **error);

G_END_DECLS
