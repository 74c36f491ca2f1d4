/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-keyring.h"

G_BEGIN_DECLS

/**
 * osy_order_token_new:
 *
 * The guest's proof that an order is theirs: base64url (restaurant id | HMAC-SHA-256 of restaurant
 * and order, cut to 24 bytes). Nothing is stored; who cannot compute it cannot guess it. Returns:
 * (transfer full).
 */
char *osy_order_token_new (OsyKeyring *ring, const char *restaurant_id, const char *order_id);

/** osy_order_token_check: Returns: (transfer full) (nullable): the restaurant id when @token is the
 *  one of @order_id; NULL for any other text. */
char *osy_order_token_check (OsyKeyring *ring, const char *token, const char *order_id);

G_END_DECLS
