/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-delivery-service.h"

G_BEGIN_DECLS

/* What a courier does without an app or an account: by a link for one delivery. */

/** A fresh link. */
typedef struct {
  char *token; /* secret: known to nobody else, and stored as a hash alone */
  char *url;   /* of the page, with the token; a path where nobody knows how phones come here */
  gint64 expires_at;
} OsyCourierLink;

/** osy_courier_link_clear: wipes the token. */
void osy_courier_link_clear (OsyCourierLink *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyCourierLink, osy_courier_link_clear)

/** osy_courier_service_link: a link for a delivery that is under way; links of before stay until
 * they expire (one is on the slip). Audited. FALSE with NOT_FOUND or STATE_CONFLICT. */
gboolean osy_courier_service_link (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const char *delivery_id,
                                   OsyCourierLink *ret,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_courier_service_slip_code: what the slip of a delivery shows as a QR code: a link of its
 * own. Makes the delivery when the order has none yet. *@code: (out) (transfer full) (nullable):
 * NULL when nobody is to carry it. */
gboolean osy_courier_service_slip_code (OsyDbTx *tx,
                                        OsyKeyring *ring,
                                        const OsyCall *call,
                                        const char *order_id,
                                        char **code,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_courier_token_shop: Returns: (transfer full) (nullable): whose shop a token is of; nothing
 * is proven by it. @text: a token, or whatever a slip's code says that ends with "#token". */
char *osy_courier_token_shop (const char *text);

/** osy_courier_service_find: (transfer full): the id of the delivery whose link @text is; NULL with
 * UNAUTHENTICATED when it never was one or is over. */
char *osy_courier_service_find (OsyDbTx *tx, OsyKeyring *ring, const char *text, GError **error);

/** osy_courier_service_look: (transfer full): what the courier sees: address and phone whole while
 * the delivery is under way, and neither afterwards. */
JsonNode *
osy_courier_service_look (OsyDbTx *tx, OsyKeyring *ring, const char *delivery_id, GError **error);

G_END_DECLS
