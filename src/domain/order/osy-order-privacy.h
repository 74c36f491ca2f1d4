/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-guest-service.h"
#include "osy-order-find.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** Orders as a place where data of guests is held. */
extern const OsyGuestHolder osy_order_guest_holder;

/** osy_order_privacy_link: notes whose order it is, by its phone. Worker. */
gboolean osy_order_privacy_link (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyOrderData *order,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_order_privacy_link_page: the same for a page of orders from before there were guests; as
 * osy_order_find_index(). */
gboolean osy_order_privacy_link_page (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const OsyOrderQuery *query,
                                      OsyOrder **last,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_order_privacy_unmask: guest:unmask; audited with @reason (osy_guest_unmask_reasons()).
 * ERASED when nothing personal is left. Returns: (transfer full). */
OsyOrder *osy_order_privacy_unmask (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const char *order_id,
                                    const char *reason,
                                    GError **error);

/** osy_order_privacy_sweep: overwrites what is personal in the next @limit orders placed before
 * @before. @n: (out): how many there were; less than @limit: all are done. */
gboolean
osy_order_privacy_sweep (OsyDbTx *tx, gint64 before, gint64 limit, gint64 *n, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
