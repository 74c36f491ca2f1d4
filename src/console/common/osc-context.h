/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-acts.h"
#include "osc-menu-store.h"
#include "osc-minutes.h"
#include "osc-order-store.h"
#include "osc-people.h"
#include "osc-security-store.h"
#include "osc-shop-store.h"

G_BEGIN_DECLS

/* Of the devices, which lie above. */
typedef struct _OscAlarm OscAlarm;

/** What views work with while somebody is signed in. Borrowed: outlives every view. */
typedef struct {
  OsyClient *client; /* nullable: in tests */
  OscOrderStore *orders;
  OscActs *acts;
  OscMenuStore *menu;
  OscShopStore *shop;
  OscPeople *people;
  OscSecurityStore *security;
  OscMinutes *minutes;
  OscAlarm *alarm; /* nullable: in tests */
} OscContext;

G_END_DECLS
