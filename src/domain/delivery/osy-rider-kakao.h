/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-delivery-setup.h"
#include "osy-order.h"

G_BEGIN_DECLS

/* What goes over the wire to Kakao Mobility's quick and walking service, and back. Pure. */

typedef enum { OSY_RIDER_CALL, OSY_RIDER_FIND, OSY_RIDER_CALL_OFF } OsyRiderVerb;

/** osy_rider_kakao_url: (transfer full): @base: up to "/v2"; calling off is still in the first
 * version of the service. */
char *osy_rider_kakao_url (const char *base, const char *id, OsyRiderVerb verb);

/** osy_rider_kakao_headers: (transfer full): name, value, …, NULL: vendor and Authorization =
 * base64 of "ts$$nonce$$sign", sign = hexadecimal SHA-512 of ts + nonce + key. @now: UTC µs. */
char **osy_rider_kakao_headers (const OsyDeliverySetup *setup, gint64 now, guint32 nonce);

/** osy_rider_kakao_body: (transfer full): of POST /orders. @id: our id of the delivery, under which
 * the agency takes one order at most. */
GBytes *
osy_rider_kakao_body (const OsyDeliverySetup *setup, const OsyOrderData *order, const char *id);

/** What the agency says of an order. */
typedef struct {
  const char *act; /* (nullable): of osy_delivery_states: where it is; NULL: nobody rides yet */
  char *rider;     /* nullable */
  char *phone;     /* (nullable): digits */
} OsyRiderNews;

/** osy_rider_news_clear: frees its texts. */
void osy_rider_news_clear (OsyRiderNews *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyRiderNews, osy_rider_news_clear)

/** osy_rider_kakao_read: of GET /orders/{id}. Words that nobody knows say nothing. FALSE with
 * @error when it is no answer at all. */
gboolean osy_rider_kakao_read (GBytes *answer, OsyRiderNews *ret, GError **error);

/** osy_rider_kakao_failure: (transfer full): why it refused, in its own words, cut short. */
char *osy_rider_kakao_failure (guint status, GBytes *answer);

G_END_DECLS
