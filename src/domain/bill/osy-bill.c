/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The bill as plain data. */

#include "osy-bill.h"

static void
order_free (gpointer data)
{
  OsyBillOrder *order = data;

  g_free (order->order_id);
  g_free (order->status);
  g_free (order);
}

static void
option_free (gpointer data)
{
  g_free (((OsyBillOption *)data)->option_id);
  g_free (((OsyBillOption *)data)->item_id);
  g_free (((OsyBillOption *)data)->name);
  g_free (data);
}

static void
line_free (gpointer data)
{
  OsyBillLine *line = data;

  g_free (line->line_id);
  g_free (line->order_id);
  g_free (line->check_id);
  g_free (line->name);
  g_free (line->menu_item_id);
  g_ptr_array_unref (line->options);
  g_free (line);
}

static void
adjustment_free (gpointer data)
{
  OsyBillAdjustment *adjustment = data;

  g_free (adjustment->id);
  g_free (adjustment->kind);
  g_free (adjustment->line_id);
  g_free (adjustment->reason);
  g_free (adjustment->by);
  g_free (adjustment);
}

static void
part_free (gpointer data)
{
  OsyBillPart *part = data;

  g_free (part->id);
  g_free (part->name);
  g_array_unref (part->takes);
  g_free (part);
}

OsyBill *
osy_bill_new (void)
{
  OsyBill *self = g_new0 (OsyBill, 1);

  self->merged = g_ptr_array_new_with_free_func (g_free);
  self->orders = g_ptr_array_new_with_free_func (order_free);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->adjustments = g_ptr_array_new_with_free_func (adjustment_free);
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
osy_bill_free (OsyBill *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->status);
  g_free (self->business_day);
  g_free (self->table_id);
  g_free (self->merged_into);
  g_ptr_array_unref (self->merged);
  g_ptr_array_unref (self->orders);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->adjustments);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static gpointer
add (GPtrArray *array, gpointer item)
{
  g_ptr_array_add (array, item);
  return item;
}

OsyBillOrder *
osy_bill_add_order (OsyBill *self)
{
  return add (self->orders, g_new0 (OsyBillOrder, 1));
}

OsyBillLine *
osy_bill_add_line (OsyBill *self)
{
  OsyBillLine *line = add (self->lines, g_new0 (OsyBillLine, 1));

  line->course = 1;
  line->options = g_ptr_array_new_with_free_func (option_free);
  return line;
}

OsyBillAdjustment *
osy_bill_add_adjustment (OsyBill *self)
{
  return add (self->adjustments, g_new0 (OsyBillAdjustment, 1));
}

OsyBillPart *
osy_bill_add_part (OsyBill *self)
{
  OsyBillPart *part = add (self->parts, g_new0 (OsyBillPart, 1));

  part->takes = g_array_new (FALSE, TRUE, sizeof (OsyCheckTake));
  return part;
}

gint64
osy_bill_owed (const OsyBill *self)
{
  return self->total - self->tenders + self->refunds;
}

int
osy_bill_find_line (const OsyBill *self, const char *line_id)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_strcmp0 (((OsyBillLine *)g_ptr_array_index (self->lines, i))->line_id, line_id) == 0)
      return (int)i;
  return -1;
}

OsyBillPart *
osy_bill_find_part (const OsyBill *self, const char *part_id)
{
  for (guint i = 0; i < self->parts->len; i++) {
    OsyBillPart *part = g_ptr_array_index (self->parts, i);
    if (g_strcmp0 (part->id, part_id) == 0)
      return part;
  }
  return NULL;
}

static gboolean
takes_line (const OsyBill *bill, const OsyBillPart *part, guint line)
{
  if (part->kind == OSY_CHECK_PART_SEAT)
    return part->seat == ((OsyBillLine *)g_ptr_array_index (bill->lines, line))->seat;
  for (guint i = 0; i < part->takes->len; i++)
    if (g_array_index (part->takes, OsyCheckTake, i).line == line)
      return TRUE;
  return FALSE;
}

gboolean
osy_bill_line_is_paid (const OsyBill *self, guint line)
{
  for (guint i = 0; i < self->parts->len; i++) {
    const OsyBillPart *part = g_ptr_array_index (self->parts, i);
    if (part->frozen && takes_line (self, part, line))
      return TRUE;
  }
  return FALSE;
}

OsyCheckSum *
osy_bill_split (const OsyBill *self)
{
  const OsyCheckMember member = {0};
  OsyCheckSum *sum = osy_check_sum_new ();

  g_array_append_val (sum->members, member);
  for (guint i = 0; i < self->lines->len; i++) {
    const OsyBillLine *from = g_ptr_array_index (self->lines, i);
    const OsyCheckLine line = {
        .quantity = 1, .unit_price = from->due, .seat = from->seat, .tax_free = from->tax_free};
    g_array_append_val (sum->lines, line);
  }
  for (guint i = 0; i < self->parts->len; i++) {
    const OsyBillPart *from = g_ptr_array_index (self->parts, i);
    const OsyCheckPart part = {.kind = from->kind,
                               .seat = from->seat,
                               .frozen = from->frozen,
                               .wanted = from->wanted,
                               .takes = g_array_ref (from->takes),
                               .amount = from->amount};
    g_array_append_val (sum->parts, part);
  }
  return sum;
}
