/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-shop-cache.h"

G_BEGIN_DECLS

/** What the routes of this room work with. Borrowed; must outlive the server. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyShopCache *cache;
} OsyShopRoom;

/** Rows of this room; the room given to the server is an OsyShopRoom. */
extern const OsyRoute osy_shop_routes[];

G_END_DECLS
