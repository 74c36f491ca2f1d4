/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The proof of a refund on paper, in the language of the printer; and its way into the queue. */

#include "osy-refund-slip.h"

#include "osy-audit-service.h"
#include "osy-bill-service.h"
#include "osy-bill-store.h"
#include "osy-clock.h"
#include "osy-money.h"
#include "osy-printing-service.h"
#include "osy-refund.h"
#include "osy-shop-service.h"

typedef enum {
  W_TITLE,
  W_PAID_AT,
  W_ANY,
  W_CARD,
  W_ACCOUNT,
  W_CASH,
  W_APPROVAL,
  W_OPEN,
  W_FAILED,
  W_TAX_FREE,
  W_SUPPLY,
  W_VAT,
  W_TOTAL,
  W_REASON,
  W_BY,
  N_WORDS
} Word;

static const char *const words[N_WORDS][2] = {
    [W_TITLE] = {"환불 영수증", "Refund"},
    [W_PAID_AT] = {"결제 일시", "Paid"},
    [W_ANY] = {"금액 환불", "An amount"},
    [W_CARD] = {"카드", "Card"},
    [W_ACCOUNT] = {"계좌", "Account"},
    [W_CASH] = {"현금", "Cash"},
    [W_APPROVAL] = {"승인 번호", "Approval no."},
    [W_OPEN] = {"카드사에 확인하고 있어요", "being confirmed"},
    [W_FAILED] = {"환불되지 않았어요", "did not go back"},
    [W_TAX_FREE] = {"면세", "Tax-free"},
    [W_SUPPLY] = {"공급가액", "Supply"},
    [W_VAT] = {"부가세", "VAT"},
    [W_TOTAL] = {"환불 금액", "Refunded"},
    [W_REASON] = {"사유", "Reason"},
    [W_BY] = {"담당", "By"},
};

/* What is being written, and what it adds up to. */
typedef struct {
  const OsyRefundSlip *data;
  OsySlip *slip;
  const OsyRefund *first; /* nullable */
  gint64 amount;
  gint64 tax_free;
  gint64 vat;
} Paper;

static const char *
word (const Paper *paper, Word which)
{
  return words[which][g_strcmp0 (paper->data->bill.language, "en") == 0];
}

static void
pair (const Paper *paper, Word left, const char *right)
{
  if (right != NULL && *right != '\0')
    osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, word (paper, left), NULL, right);
}

static void
money (const Paper *paper, Word left, gint64 won)
{
  g_autofree char *amount = osy_money_format (won);

  pair (paper, left, amount);
}

static char *
format_time (const OsyShopData *shop, gint64 us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (shop->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

/* ---- what went back, and how ---- */

static void
write_pieces (const Paper *paper, const OsyRefund *refund)
{
  for (guint i = 0; i < refund->lines->len; i++) {
    const OsyRefundLine *piece = g_ptr_array_index (refund->lines, i);
    int index = osy_bill_find_line (paper->data->bill.bill, piece->line_id);
    g_autofree char *pieces = g_strdup_printf ("%" G_GINT64_FORMAT, piece->quantity);

    if (index >= 0)
      osy_slip_row (
          paper->slip, 1, OSY_SLIP_PLAIN,
          osy_bill_slip_name (&paper->data->bill,
                              g_ptr_array_index (paper->data->bill.bill->lines, (guint)index)),
          NULL, pieces);
  }
}

static void
write_way (Paper *paper, const OsyPayment *payment, const OsyRefund *refund)
{
  Word method = g_str_equal (payment->method, OSY_PAYMENT_CASH)      ? W_CASH
                : g_str_equal (payment->method, OSY_PAYMENT_ACCOUNT) ? W_ACCOUNT
                                                                     : W_CARD;
  g_autofree char *amount = osy_money_format (-refund->amount);
  g_autofree char *paid_at =
      payment->paid_at != 0 ? format_time (paper->data->bill.shop, payment->paid_at) : NULL;
  const char *card = payment->card_number != NULL ? payment->card_number : payment->account_number;

  osy_slip_row (paper->slip, 1, OSY_SLIP_BOLD, word (paper, method), card, amount);
  pair (paper, W_APPROVAL, payment->approval_no);
  pair (paper, W_PAID_AT, paid_at);
  if (g_str_equal (refund->status, OSY_REFUND_FAILED)) {
    osy_slip_text (paper->slip, 1, OSY_SLIP_RIGHT, word (paper, W_FAILED));
    return;
  }
  if (osy_refund_is_open (refund->status))
    osy_slip_text (paper->slip, 1, OSY_SLIP_RIGHT, word (paper, W_OPEN));
  paper->amount += refund->amount;
  paper->tax_free += refund->tax_free;
  paper->vat += refund->vat;
}

typedef void (*Visit) (Paper *paper, const OsyPayment *payment, const OsyRefund *refund);

static void
visit_refunds (Paper *paper, Visit visit)
{
  for (guint i = 0; i < paper->data->payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (paper->data->payments, i);
    for (guint k = 0; k < payment->refunds->len; k++) {
      const OsyRefund *refund = g_ptr_array_index (payment->refunds, k);
      if (g_strcmp0 (refund->act_id, paper->data->act_id) == 0)
        visit (paper, payment, refund);
    }
  }
}

/* The lines of an act stand with one of its refunds. */
static void
look_at (Paper *paper, const OsyPayment *payment, const OsyRefund *refund)
{
  if (paper->first == NULL || refund->lines->len > 0)
    paper->first = refund;
}

OsySlip *
osy_refund_slip_new (const OsyRefundSlip *data)
{
  Paper paper = {.data = data, .slip = osy_slip_new ()};

  osy_bill_slip_head (&data->bill, word (&paper, W_TITLE), paper.slip);
  visit_refunds (&paper, look_at);
  osy_slip_section (paper.slip, "lines");
  if (paper.first != NULL && paper.first->lines->len > 0)
    write_pieces (&paper, paper.first);
  else
    osy_slip_text (paper.slip, 1, OSY_SLIP_PLAIN, word (&paper, W_ANY));
  osy_slip_rule (paper.slip);
  osy_slip_section (paper.slip, "totals");
  visit_refunds (&paper, write_way);
  osy_slip_rule (paper.slip);
  if (paper.tax_free > 0)
    money (&paper, W_TAX_FREE, paper.tax_free);
  money (&paper, W_SUPPLY, paper.amount - paper.tax_free - paper.vat);
  money (&paper, W_VAT, paper.vat);
  g_autofree char *total = osy_money_format (paper.amount);
  osy_slip_row (paper.slip, 2, OSY_SLIP_BOLD, word (&paper, W_TOTAL), NULL, total);
  osy_slip_section (paper.slip, "foot");
  pair (&paper, W_REASON, paper.first != NULL ? paper.first->reason : NULL);
  pair (&paper, W_BY, paper.first != NULL ? paper.first->by : NULL);
  osy_slip_cut (paper.slip);
  return paper.slip;
}

/* ---- into the queue ---- */

static gboolean
queue (const OsyPaymentAct *act, OsyRefundSlip *data, const char *check_id, GError **error)
{
  g_autoptr (OsyPrincipal) own =
      osy_principal_new_system (osy_db_tx_restaurant (act->tx), "receipt");
  const OsyCall inner = {own, act->call->trace_id};
  g_autoptr (OsyShop) shop = osy_shop_service_get_own (act->tx, act->ring, &inner, error);
  g_autoptr (OsyBill) bill =
      shop != NULL ? osy_bill_service_get (act->tx, act->ring, &inner, check_id, error) : NULL;

  data->bill.language = osy_printing_service_language (act->tx, OSY_PRINT_RECEIPT, NULL, error);
  g_autoptr (GHashTable) names =
      bill != NULL && data->bill.language != NULL
          ? osy_bill_store_names (act->tx, bill, data->bill.language, error)
          : NULL;
  if (names == NULL)
    return FALSE;
  data->bill.names = names;
  data->bill.bill = bill;
  data->bill.shop = osy_shop_data (shop);
  data->bill.receipt = TRUE;
  g_autoptr (OsySlip) slip = osy_refund_slip_new (data);
  const OsyPrintRequest request = {
      .purpose = OSY_PRINT_RECEIPT, .subject_type = "check", .subject_id = check_id, .slip = slip};
  return osy_printing_service_queue (act->tx, act->ring, act->call, &request, error);
}

static const OsyRefund *
find_refund (const OsyPayment *payment, const char *refund_id)
{
  for (guint i = 0; i < payment->refunds->len; i++) {
    const OsyRefund *refund = g_ptr_array_index (payment->refunds, i);
    if (g_str_equal (refund->id, refund_id))
      return refund;
  }
  return NULL;
}

gboolean
osy_refund_print (const OsyPaymentAct *act,
                  const char *payment_id,
                  const char *refund_id,
                  const OsyOrderKey *key,
                  gboolean *replayed,
                  GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};
  g_autofree char *known = NULL;
  const OsyAuditEntry audit = {
      .action = "payment.refund_printed", .object_type = "payment", .object_id = payment_id};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !osy_payment_hold (act, payment_id, &held, error) ||
      !osy_payment_seen_before (act, key, refund_id, &known, error))
    return FALSE;
  *replayed = known != NULL;
  if (known != NULL)
    return TRUE;
  g_autoptr (GPtrArray) ids = osy_payment_store_of_check (act->tx, held.check_id, error);
  OsyRefundSlip data = {
      .payments = ids != NULL ? osy_payment_store_load (act->tx, act->ring, ids, error) : NULL};
  g_autoptr (GPtrArray) payments = data.payments;
  g_autoptr (OsyPayment) payment =
      payments != NULL ? osy_payment_store_get (act->tx, act->ring, payment_id, error) : NULL;
  if (payment == NULL)
    return FALSE;
  const OsyRefund *refund = find_refund (payment, refund_id);
  if (refund == NULL)
    return osy_payment_refuse (OSY_ERROR_NOT_FOUND, "There is no such refund.", error);
  data.act_id = refund->act_id;
  return queue (act, &data, held.check_id, error) &&
         osy_audit_record (act->tx, act->ring, act->call, &audit, error);
}
