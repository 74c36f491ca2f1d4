/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A bill with invented content, for whoever sets the form of its slip. */

#include "osy-bill-slip.h"

#include "osy-check-sum.h"
#include "osy-money.h"

static void
add_line (OsyBill *bill, const char *name, gint64 quantity, gint64 price, const char *option)
{
  OsyBillLine *line = osy_bill_add_line (bill);

  line->name = g_strdup (name);
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = line->net = line->due = quantity * price;
  bill->orders_amount += line->amount;
  if (option != NULL) {
    OsyBillOption *one = g_new0 (OsyBillOption, 1);
    one->name = g_strdup (option);
    one->quantity = 1;
    g_ptr_array_add (line->options, one);
  }
}

static OsyBill *
sample_bill (void)
{
  OsyBill *bill = osy_bill_new ();

  bill->id = g_strdup ("01900000-0000-7000-8000-000000000037");
  osy_bill_add_order (bill)->number = 37;
  add_line (bill, "김치찌개", 2, 9000, "라면사리");
  add_line (bill, "똠양꿍", 1, 15000, NULL);
  add_line (bill, "햏볶음밥", 1, 11000, "곱빼기");
  add_line (bill, "사이다", 2, 2000, NULL);
  ((OsyBillLine *)bill->lines->pdata[3])->comped = 1;
  bill->adjustments_amount = 2000;
  bill->total = bill->orders_amount - bill->adjustments_amount;
  osy_money_split_vat (bill->total, &bill->supply, &bill->vat);
  bill->tenders = bill->total;
  return bill;
}

OsySlip *
osy_bill_slip_sample (const char *kind, const char *language)
{
  gboolean receipt = g_str_equal (kind, "RECEIPT");

  if (!receipt && !g_str_equal (kind, "BILL"))
    return NULL;
  g_autoptr (OsyBill) bill = sample_bill ();
  g_autoptr (OsyShopData) shop = osy_shop_data_new ();
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  OsyBillLine *first = bill->lines->pdata[0];
  g_free (first->menu_item_id);
  first->menu_item_id = g_strdup ("stew");
  g_hash_table_insert (origins, (gpointer) "stew",
                       (gpointer) "배추·고춧가루 국내산, 돼지고기 국내산");
  if (!receipt)
    bill->tenders = 0;
  shop->name = g_strdup ("소담분식");
  shop->business_number = g_strdup ("1248100998");
  shop->owner_name = g_strdup ("홍길동");
  shop->phone = g_strdup ("02-000-0000");
  shop->time_zone = g_strdup ("Asia/Seoul");
  const OsyBillSlip data = {
      .bill = bill, .shop = shop, .origins = origins, .language = language, .receipt = receipt};
  return osy_bill_slip_new (&data);
}
