/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-acts.h"
#include "osc-alert-store.h"
#include "osc-attention-store.h"
#include "osc-bill-store.h"
#include "osc-delivery-store.h"
#include "osc-finding-store.h"
#include "osc-kitchen-store.h"
#include "osc-load-store.h"
#include "osc-menu-store.h"
#include "osc-minutes.h"
#include "osc-order-store.h"
#include "osc-pay-store.h"
#include "osc-people.h"
#include "osc-printer-store.h"
#include "osc-refund-store.h"
#include "osc-sales-store.h"
#include "osc-security-store.h"
#include "osc-shop-store.h"
#include "osc-station-store.h"
#include "osc-stock-store.h"
#include "osc-table-store.h"
#include "osc-till-store.h"

G_BEGIN_DECLS

/* Of the devices, which lie above. */
typedef struct _OscAlarm OscAlarm;

/** What views work with while somebody is signed in. Borrowed: outlives every view. */
typedef struct {
  OsyClient *client; /* nullable: in tests */
  OscOrderStore *orders;
  OscActs *acts;
  OscBillStore *bill;
  OscPayStore *pay;
  OscKitchenStore *kitchen;
  OscLoadStore *load; /* nullable: in tests */
  OscMenuStore *menu;
  OscShopStore *shop;
  OscPeople *people;
  OscSecurityStore *security;
  OscPrinterStore *printers;
  OscStationStore *stations;
  OscTableStore *tables;
  OscStockStore *stock;
  OscRefundStore *refunds;
  OscAttentionStore *attention;
  OscAlertStore *alerts;
  OscSalesStore *sales;
  OscFindingStore *findings;
  OscDeliveryStore *deliveries;
  OscTillStore *till;
  OscMinutes *minutes;
  OscAlarm *alarm; /* nullable: in tests */
} OscContext;

G_END_DECLS
