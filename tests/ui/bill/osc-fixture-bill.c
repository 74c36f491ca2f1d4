/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An invented check: two rounds at a table, something taken off, split as a test wants it. */

#include "osc-fixture.h"

#include <glib/gi18n.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-money.h"

#define LINE "01900000-0000-7000-8000-00000000000"

static void
add_line (OsyBill *bill, const char *name, gint64 quantity, gint64 price)
{
  OsyBillLine *line = osy_bill_add_line (bill);

  line->line_id = g_strdup_printf (LINE "%u", bill->lines->len);
  line->order_id = g_strdup (((OsyBillOrder *)g_ptr_array_index (bill->orders, 0))->order_id);
  line->name = g_strdup (name);
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = line->net = line->due = quantity * price;
  bill->orders_amount += line->amount;
}

static void
add_order (OsyBill *bill, gint64 number)
{
  OsyBillOrder *order = osy_bill_add_order (bill);

  order->order_id = osy_id_new ();
  order->number = number;
  order->status = g_strdup ("ACCEPTED");
}

static void
take_off (OsyBill *bill, const char *kind, guint index, gint64 quantity)
{
  OsyBillLine *line = g_ptr_array_index (bill->lines, index);
  OsyBillAdjustment *adjustment = osy_bill_add_adjustment (bill);

  adjustment->id =
      g_strdup_printf ("01900000-0000-7000-8000-0000000000a%u", bill->adjustments->len);
  adjustment->kind = g_strdup (kind);
  adjustment->line_id = g_strdup (line->line_id);
  adjustment->quantity = quantity;
  adjustment->amount = quantity * line->unit_price;
  adjustment->reason = g_strdup (_ ("Guest asked for it"));
  adjustment->by = g_strdup ("김지은");
  line->net -= adjustment->amount;
  line->due = line->net;
  bill->adjustments_amount += adjustment->amount;
}

OsyBill *
osc_fixture_bill (guint people)
{
  OsyBill *bill = osy_bill_new ();

  bill->id = g_strdup ("01900000-0000-7000-8000-0000000000c1");
  bill->status = g_strdup ("OPEN");
  bill->version = 3;
  bill->guest_count = 3;
  add_order (bill, 48);
  add_order (bill, 52);
  add_line (bill, "떡볶이", 2, 4500);
  add_line (bill, "모둠튀김", 1, 6000);
  add_line (bill, "참치김밥", 3, 4000);
  add_line (bill, "식혜", 2, 2500);
  ((OsyBillLine *)g_ptr_array_index (bill->lines, 0))->seat = 2;
  take_off (bill, OSY_BILL_VOID, 2, 1);
  take_off (bill, OSY_BILL_COMP, 3, 1);
  ((OsyBillLine *)g_ptr_array_index (bill->lines, 2))->voided = 1;
  ((OsyBillLine *)g_ptr_array_index (bill->lines, 3))->comped = 1;
  bill->total = bill->orders_amount - bill->adjustments_amount;
  osy_money_split_vat (bill->total, &bill->supply, &bill->vat);
  for (guint i = 0; i < people; i++) {
    OsyBillPart *part = osy_bill_add_part (bill);
    part->id = g_strdup_printf ("01900000-0000-7000-8000-0000000000b%u", i);
    part->kind = OSY_CHECK_PART_EQUAL;
  }
  g_autoptr (OsyCheckSum) split = osy_bill_split (bill);
  osy_check_sum_run (split);
  for (guint i = 0; i < people; i++)
    ((OsyBillPart *)g_ptr_array_index (bill->parts, i))->amount =
        g_array_index (split->parts, OsyCheckPart, i).amount;
  bill->rest = split->rest;
  return bill;
}
