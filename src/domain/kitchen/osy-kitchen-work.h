/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-service.h"
#include "osy-kitchen-store.h"

G_BEGIN_DECLS

/** What happens to one order's tickets in one transaction: begun with the order's row held and the
 * tickets brought to where the order is; finished with versions, events, audit and slips. */
typedef struct {
  OsyKitchenEdit edit;
  const OsyKitchenRoom *room;
  const OsyCall *call;
  OsyOrder *order;
  OsyKitchenSetup *setup;
  char *phase;       /* (nullable): NULL: nothing was ever sent */
  GPtrArray *sent;   /* of char*: tickets made */
  GHashTable *fired; /* courses fired: gint in a pointer */
  GHashTable *held;  /* courses held, the same */
} OsyKitchenWork;

/** osy_kitchen_work_begin: (transfer full): NULL with NOT_FOUND. */
OsyKitchenWork *osy_kitchen_work_begin (OsyDbTx *tx,
                                        const OsyKitchenRoom *room,
                                        const OsyCall *call,
                                        const char *order_id,
                                        GError **error);
void osy_kitchen_work_free (OsyKitchenWork *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyKitchenWork, osy_kitchen_work_free)

/** osy_kitchen_work_is_cooking: whether the order is in the kitchen. FALSE with STATE_CONFLICT. */
gboolean osy_kitchen_work_is_cooking (const OsyKitchenWork *self, GError **error);

/** osy_kitchen_work_act: leads the order itself along; @shop: (nullable): of a recall. */
gboolean
osy_kitchen_work_act (OsyKitchenWork *self, const char *act, OsyShop *shop, GError **error);

/** osy_kitchen_work_chain: after something was closed: the next course if it fires by itself, the
 * expo's ticket, or the order is ready. */
gboolean osy_kitchen_work_chain (OsyKitchenWork *self, GError **error);

/** osy_kitchen_work_ready: the whole order is made and leaves the kitchen. */
gboolean osy_kitchen_work_ready (OsyKitchenWork *self, GError **error);

/** osy_kitchen_work_bring_back: an order that has left the kitchen is in it again, as far as its
 * own recall allows; its tickets stay as they are. */
gboolean osy_kitchen_work_bring_back (OsyKitchenWork *self, OsyShop *shop, GError **error);

/** osy_kitchen_work_fire: a course; held when @fire is FALSE. */
gboolean osy_kitchen_work_fire (OsyKitchenWork *self, gint64 course, gboolean fire, GError **error);

/** osy_kitchen_stock_follow: tells the stock what of the order the check took off: as much as was
 * not made is free again, the rest is waste. */
gboolean osy_kitchen_stock_follow (const OsyKitchenWork *self, GError **error);

/** osy_kitchen_work_finish: @action: (nullable): for the audit log, on @object_id. */
gboolean osy_kitchen_work_finish (OsyKitchenWork *self,
                                  const char *action,
                                  const char *object_id,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_kitchen_emit_tickets: kitchen.ticket for each row of id and version. */
gboolean
osy_kitchen_emit_tickets (OsyDbTx *tx, const OsyCall *call, const OsyDbRows *rows, GError **error);

G_END_DECLS
