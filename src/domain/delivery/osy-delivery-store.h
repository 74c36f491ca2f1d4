/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-delivery.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/* SQL of deliveries, calls of riders and couriers' links; in the transaction's restaurant. */

/** Which deliveries. NULL and 0 ask for any. */
typedef struct {
  const char *id;
  const char *order_id;
  const char *status;
  gint64 limit;
} OsyDeliveryQuery;

/** osy_delivery_store_list: newest first, without addresses. (transfer full): of OsyDelivery. */
GPtrArray *osy_delivery_store_list (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyDeliveryQuery *query,
                                    GError **error);

/** osy_delivery_store_load: of these @ids, in no order. (transfer full): of OsyDelivery. */
GPtrArray *osy_delivery_store_load (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error);

/** osy_delivery_store_insert: a new one as it stands; its status is REQUESTED. */
gboolean osy_delivery_store_insert (OsyDbTx *tx,
                                    const OsyDelivery *delivery,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_store_update: all that may change; its version is one more than what is stored.
 * VERSION_CONFLICT when it is not. */
gboolean osy_delivery_store_update (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyDelivery *delivery,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_store_want_call: notes that a rider is to be called; once for a
 * delivery, and again after a refusal. */
gboolean osy_delivery_store_want_call (OsyDbTx *tx,
                                       const char *delivery_id,
                                       gint64 now,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_store_end_call: the delivery is over: what was never sent is ENDED, what may have
 * been is CANCELING if @call_off, else ENDED, too. */
gboolean osy_delivery_store_end_call (OsyDbTx *tx,
                                      const char *delivery_id,
                                      gboolean call_off,
                                      gint64 now,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_store_add_link: dead links of the shop go with it. */
gboolean osy_delivery_store_add_link (OsyDbTx *tx,
                                      const char *delivery_id,
                                      GBytes *hash,
                                      gint64 now,
                                      gint64 expires_at,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_delivery_store_find_link: *@delivery_id: (out) (transfer full) (nullable): whose link it is;
 * NULL when it is none or has expired. */
gboolean osy_delivery_store_find_link (OsyDbTx *tx,
                                       GBytes *hash,
                                       gint64 now,
                                       char **delivery_id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_delivery_store_drop_links: no link of the delivery opens any more. */
gboolean osy_delivery_store_drop_links (OsyDbTx *tx,
                                        const char *delivery_id,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_delivery_store_sweep: forgets who rode and why it failed, of deliveries before @before, and
 * dead links. @n: (out): how many. */
gboolean
osy_delivery_store_sweep (OsyDbTx *tx, gint64 before, gint64 now, gint64 *n, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
