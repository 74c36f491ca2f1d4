/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-json.h"
#include "osy-menu-pricing.h"
#include "osy-order.h"
#include "osy-principal.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** An order as a client asked for it, checked in form and not yet priced. */
typedef struct {
  char *restaurant_id;
  char *type;
  char *channel;
  char *table_id;         /* nullable */
  char *check_id;         /* (nullable): a further round on this check */
  int guest_count;        /* 0: not said */
  GPtrArray *lines;       /* of OsyMenuRequestLine */
  char *customer_name;    /* nullable */
  char *customer_phone;   /* nullable */
  char *delivery_address; /* nullable */
  char *delivery_zone_id; /* (nullable): chosen by staff */
  char *note;             /* nullable */
  gint64 requested_at;    /* UTC µs; 0: as soon as possible */
  char *payment_method;
  int ready_in_minutes; /* > 0: staff accept it at once */
  gboolean practice;
  /* What the shop's zones say, to be filled in before it is priced: */
  gint64 delivery_fee;
  gint64 delivery_minimum; /* of a guest's order without the fee */
} OsyOrderDraft;

/**
 * osy_order_draft_parse:
 *
 * Reads the body of POST /orders (contract). Returns: (transfer full): the draft, or NULL with
 * INVALID_REQUEST naming every fault.
 */
OsyOrderDraft *osy_order_draft_parse (JsonNode *body, GError **error);
void osy_order_draft_free (OsyOrderDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyOrderDraft, osy_order_draft_free)

/** osy_order_draft_check_time: whether @requested_at (0: as soon as possible) lies ahead of @now.
 */
gboolean osy_order_draft_check_time (gint64 requested_at, gint64 now, GError **error);

/** osy_order_draft_check: whether @shop takes this order from @principal at @now: guests only where
 *  allowed, by QR or web, while it is open, without what is for staff (STAFF_ONLY); requested_at
 * ahead. What is judged here and not in parsing may be otherwise a minute later, when the same
 * request comes again. */
gboolean osy_order_draft_check (const OsyOrderDraft *self,
                                OsyShop *shop,
                                OsyPrincipal *principal,
                                gint64 now,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * osy_order_draft_price:
 *
 * The client's prices are only compared, never used. Returns: (transfer full): a PENDING order
 * (ACCEPTED when the draft says so, PENDING_PAYMENT when it is paid before) without a number, or
 * NULL with what the menu says (SOLD_OUT, MENU_CHANGED, …) or BELOW_MINIMUM.
 */
OsyOrderData *osy_order_draft_price (const OsyOrderDraft *self,
                                     OsyMenu *menu,
                                     OsyShop *shop,
                                     OsyPrincipal *principal,
                                     gint64 now,
                                     GError **error);

G_END_DECLS
