/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bill and receipt on paper, in the language of the printer, dishes too where the menu has their
 * English names. A receipt carries the id of its check,
 * so that whoever brings it back need not be looked for. */

#include "osy-bill-slip.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-id-digits.h"
#include "osy-money.h"

typedef enum {
  W_BILL,
  W_RECEIPT,
  W_NUMBER,
  W_OWNER,
  W_PHONE,
  W_PRINTED,
  W_ORDERS,
  W_SUM,
  W_OFF,
  W_SERVICE,
  W_TOTAL,
  W_TAX_FREE,
  W_SUPPLY,
  W_VAT,
  W_PAID,
  W_OWED,
  W_PART,
  W_COMPED,
  W_DISCOUNT,
  W_ORIGIN,
  W_NOT_PAID,
  W_TAX_FREE_MARK,
  N_WORDS
} Word;

static const char *const words[N_WORDS][2] = {
    [W_BILL] = {"계산서", "Bill"},
    [W_RECEIPT] = {"영수증", "Receipt"},
    [W_NUMBER] = {"사업자등록번호", "Business no."},
    [W_OWNER] = {"대표자", "Owner"},
    [W_PHONE] = {"전화", "Phone"},
    [W_PRINTED] = {"발행 일시", "Printed"},
    [W_ORDERS] = {"주문 번호", "Order"},
    [W_SUM] = {"주문 금액", "Orders"},
    [W_OFF] = {"할인", "Taken off"},
    [W_SERVICE] = {"봉사료", "Service charge"},
    [W_TOTAL] = {"합계", "Total"},
    [W_TAX_FREE] = {"면세", "Tax-free"},
    [W_SUPPLY] = {"공급가액", "Supply"},
    [W_VAT] = {"부가세", "VAT"},
    [W_PAID] = {"받은 금액", "Paid"},
    [W_OWED] = {"남은 금액", "Left to pay"},
    [W_PART] = {"나눠 낼 금액", "This part"},
    [W_COMPED] = {"서비스", "on the house"},
    [W_DISCOUNT] = {"할인", "discount"},
    [W_ORIGIN] = {"원산지", "Origin"},
    [W_NOT_PAID] = {"계산 전 확인용이에요. 영수증이 아니에요.",
                    "To be checked before paying. This is no receipt."},
    [W_TAX_FREE_MARK] = {"* 면세 품목", "* tax-free"},
};

typedef struct {
  const OsyBillSlip *data;
  OsySlip *slip;
} Paper;

static const char *
word (const Paper *paper, Word which)
{
  return words[which][g_strcmp0 (paper->data->language, "en") == 0];
}

static void
row (const Paper *paper, const char *left, gint64 won, guint style)
{
  g_autofree char *amount = osy_money_format (won);

  osy_slip_row (paper->slip, 1, style, left, NULL, amount);
}

static void
row_if (const Paper *paper, Word left, gint64 won)
{
  if (won != 0)
    row (paper, word (paper, left), won, OSY_SLIP_PLAIN);
}

static void
pair (const Paper *paper, Word left, const char *right)
{
  if (right != NULL && *right != '\0')
    osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, word (paper, left), NULL, right);
}

/* ---- head ---- */

static char *
format_number (const char *digits)
{
  return digits != NULL && strlen (digits) == 10
             ? g_strdup_printf ("%.3s-%.2s-%s", digits, digits + 3, digits + 5)
             : g_strdup (digits);
}

static char *
format_now (const OsyShopData *shop)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (shop->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (osy_clock_now () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M:%S");
}

static char *
join_numbers (const OsyBill *bill)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < bill->orders->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            ((OsyBillOrder *)g_ptr_array_index (bill->orders, i))->number);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
write_head (const Paper *paper, const char *title)
{
  const OsyShopData *shop = paper->data->shop;
  g_autofree char *number = format_number (shop->business_number);
  g_autofree char *now = format_now (shop);
  g_autofree char *orders = join_numbers (paper->data->bill);

  osy_slip_section (paper->slip, "head");
  osy_slip_text (paper->slip, 2, OSY_SLIP_BOLD | OSY_SLIP_CENTER, shop->name);
  osy_slip_text (paper->slip, 1, OSY_SLIP_CENTER, title);
  osy_slip_space (paper->slip, 1);
  if (paper->data->receipt) {
    pair (paper, W_NUMBER, number);
    pair (paper, W_OWNER, shop->owner_name);
  }
  pair (paper, W_PHONE, shop->phone);
  pair (paper, W_PRINTED, now);
  pair (paper, W_ORDERS, orders);
  osy_slip_rule (paper->slip);
}

void
osy_bill_slip_head (const OsyBillSlip *data, const char *title, OsySlip *slip)
{
  const Paper paper = {data, slip};

  write_head (&paper, title);
}

/* ---- lines ---- */

static const char *
name_of (const OsyBillSlip *data, const char *id, const char *sold_as)
{
  const char *english = data->names != NULL && id != NULL && g_strcmp0 (data->language, "en") == 0
                            ? g_hash_table_lookup (data->names, id)
                            : NULL;

  return english != NULL ? english : sold_as;
}

const char *
osy_bill_slip_name (const OsyBillSlip *data, const OsyBillLine *line)
{
  if (line->menu_item_id == NULL && g_strcmp0 (data->language, "en") == 0 &&
      g_strcmp0 (line->name, OSY_BILL_DELIVERY_FEE) == 0)
    return "Delivery fee";
  return name_of (data, line->menu_item_id, line->name);
}

static void
write_origin (const Paper *paper, const char *dish, const char *indent)
{
  const char *origin = dish != NULL ? g_hash_table_lookup (paper->data->origins, dish) : NULL;

  if (origin != NULL) {
    osy_slip_textf (paper->slip, 1, OSY_SLIP_PLAIN, "%s(%s: %s)", indent, word (paper, W_ORIGIN),
                    origin);
  }
}

static void
write_options (const Paper *paper, const OsyBillLine *line)
{
  for (guint i = 0; i < line->options->len; i++) {
    const OsyBillOption *option = g_ptr_array_index (line->options, i);
    const char *dish = name_of (paper->data, option->item_id, option->name);
    const char *name = name_of (paper->data, option->option_id, dish);
    if (option->quantity > 1) {
      osy_slip_textf (paper->slip, 1, OSY_SLIP_PLAIN, "  + %s ×%" G_GINT64_FORMAT, name,
                      option->quantity);
    } else {
      osy_slip_textf (paper->slip, 1, OSY_SLIP_PLAIN, "  + %s", name);
    }
    write_origin (paper, option->item_id, "    ");
  }
}

static void
write_line (const Paper *paper, const OsyBillLine *line)
{
  gint64 sold = line->quantity - line->voided;
  g_autofree char *price = osy_money_format (line->unit_price);
  g_autofree char *amount = osy_money_format (line->unit_price * sold);
  g_autofree char *middle = g_strdup_printf ("%" G_GINT64_FORMAT " × %s", sold, price);
  g_autofree char *name =
      g_strconcat (osy_bill_slip_name (paper->data, line), line->tax_free ? " *" : "", NULL);

  if (sold <= 0)
    return;
  osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, name, middle, amount);
  write_options (paper, line);
  write_origin (paper, line->menu_item_id, "  ");
  if (line->comped > 0) {
    g_autofree char *text =
        g_strdup_printf ("  %s ×%" G_GINT64_FORMAT, word (paper, W_COMPED), line->comped);
    row (paper, text, -line->comped * line->unit_price, OSY_SLIP_PLAIN);
  }
  if (line->discount > 0) {
    g_autofree char *text = g_strconcat ("  ", word (paper, W_DISCOUNT), NULL);
    row (paper, text, -line->discount, OSY_SLIP_PLAIN);
  }
}

static gboolean
is_on_part (const OsyBillPart *part, guint line, const OsyBillLine *data)
{
  if (part == NULL || part->kind == OSY_CHECK_PART_EQUAL || part->kind == OSY_CHECK_PART_AMOUNT)
    return TRUE;
  if (part->kind == OSY_CHECK_PART_SEAT)
    return data->seat == part->seat;
  for (guint i = 0; i < part->takes->len; i++)
    if (g_array_index (part->takes, OsyCheckTake, i).line == line)
      return TRUE;
  return FALSE;
}

static gboolean
write_lines (const Paper *paper)
{
  GPtrArray *lines = paper->data->bill->lines;
  gboolean tax_free = FALSE;

  osy_slip_section (paper->slip, "lines");
  for (guint i = 0; i < lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (lines, i);
    if (!is_on_part (paper->data->part, i, line))
      continue;
    write_line (paper, line);
    tax_free = tax_free || line->tax_free;
  }
  osy_slip_rule (paper->slip);
  return tax_free;
}

/* ---- totals ---- */

/* What voided lines cost is on no paper: they were never sold. */
static gint64
voided_amount (const OsyBill *bill)
{
  gint64 won = 0;

  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    won += line->voided * line->unit_price;
  }
  return won;
}

static void
write_totals (const Paper *paper)
{
  const OsyBill *bill = paper->data->bill;
  gint64 voided = voided_amount (bill);
  gint64 off = bill->adjustments_amount - voided;

  osy_slip_section (paper->slip, "totals");
  if (off != 0 || bill->service_amount != 0)
    row (paper, word (paper, W_SUM), bill->orders_amount - voided, OSY_SLIP_PLAIN);
  row_if (paper, W_OFF, -off);
  row_if (paper, W_SERVICE, bill->service_amount);
  row_if (paper, W_TAX_FREE, bill->tax_free);
  row (paper, word (paper, W_SUPPLY), bill->supply, OSY_SLIP_PLAIN);
  row (paper, word (paper, W_VAT), bill->vat, OSY_SLIP_PLAIN);
  g_autofree char *total = osy_money_format (bill->total);
  osy_slip_row (paper->slip, 2, OSY_SLIP_BOLD, word (paper, W_TOTAL), NULL, total);
  if (bill->tenders > 0) {
    row (paper, word (paper, W_PAID), bill->tenders - bill->refunds, OSY_SLIP_PLAIN);
    row (paper, word (paper, W_OWED), osy_bill_owed (bill), OSY_SLIP_BOLD);
  }
}

static void
write_part (const Paper *paper)
{
  const OsyBillPart *part = paper->data->part;
  const char *name = part->name != NULL ? part->name : word (paper, W_PART);
  g_autofree char *amount = osy_money_format (part->amount);

  osy_slip_section (paper->slip, "totals");
  row (paper, word (paper, W_TOTAL), paper->data->bill->total, OSY_SLIP_PLAIN);
  osy_slip_row (paper->slip, 2, OSY_SLIP_BOLD, name, NULL, amount);
}

OsySlip *
osy_bill_slip_new (const OsyBillSlip *data)
{
  const Paper paper = {data, osy_slip_new ()};

  write_head (&paper, word (&paper, data->receipt ? W_RECEIPT : W_BILL));
  gboolean tax_free = write_lines (&paper);
  if (data->part != NULL)
    write_part (&paper);
  else
    write_totals (&paper);
  osy_slip_section (paper.slip, "foot");
  if (tax_free)
    osy_slip_text (paper.slip, 1, OSY_SLIP_PLAIN, word (&paper, W_TAX_FREE_MARK));
  if (!data->receipt)
    osy_slip_text (paper.slip, 1, OSY_SLIP_CENTER, word (&paper, W_NOT_PAID));
  g_autofree char *code = data->receipt ? osy_id_to_digits (data->bill->id) : NULL;
  if (code != NULL) {
    osy_slip_section (paper.slip, "code");
    osy_slip_qr (paper.slip, code);
  }
  osy_slip_cut (paper.slip);
  return paper.slip;
}
