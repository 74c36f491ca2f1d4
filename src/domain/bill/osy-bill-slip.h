/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-shop.h"
#include "osy-slip.h"

G_BEGIN_DECLS

/** What a bill or receipt says (integrations 5.8, origin 5.4). */
typedef struct {
  const OsyBill *bill;
  const OsyBillPart *part; /* (nullable): of @bill */
  const OsyShopData *shop;
  GHashTable *origins;  /* menu item id → statement of origin */
  GHashTable *names;    /* (nullable): id of an item or an option → its English name */
  const char *language; /* "ko", "en" */
  gboolean receipt;     /* else the bill before it is paid */
} OsyBillSlip;

/** osy_bill_slip_new: (transfer full): the paper. No guest's name, phone or address is on it. */
OsySlip *osy_bill_slip_new (const OsyBillSlip *data);

/** osy_bill_slip_head: what stands above any paper about @data's bill: the shop, @title, when it is
 * printed, the numbers of the orders. */
void osy_bill_slip_head (const OsyBillSlip *data, const char *title, OsySlip *slip);

/** osy_bill_slip_name: (transfer none): what @line is called in the paper's language; as it was
 * sold where the menu has no other name. */
const char *osy_bill_slip_name (const OsyBillSlip *data, const OsyBillLine *line);

/** osy_bill_slip_sample: an OsySlipSampleFunc of BILL and RECEIPT. */
OsySlip *osy_bill_slip_sample (const char *kind, const char *language);

G_END_DECLS
