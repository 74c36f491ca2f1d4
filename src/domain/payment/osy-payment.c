/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A payment and its refunds as daemon and console know them, and the arithmetic of refunds. */

#include "osy-payment.h"

#include "osy-money.h"

static void
line_free (gpointer data)
{
  OsyRefundLine *line = data;

  g_free (line->line_id);
  g_free (line);
}

static void
refund_free (gpointer data)
{
  OsyRefund *refund = data;

  g_free (refund->id);
  g_free (refund->act_id);
  g_free (refund->status);
  g_free (refund->reason);
  g_free (refund->by);
  g_free (refund->failure);
  g_ptr_array_unref (refund->lines);
  g_free (refund);
}

void
osy_cash_receipt_free (OsyCashReceipt *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->status);
  g_free (self->identity);
  g_free (self->approval_no);
  g_free (self);
}

OsyPayment *
osy_payment_new (void)
{
  OsyPayment *self = g_new0 (OsyPayment, 1);

  self->refunds = g_ptr_array_new_with_free_func (refund_free);
  return self;
}

void
osy_payment_free (OsyPayment *self)
{
  if (self == NULL)
    return;
  char *texts[] = {self->id,           self->status,         self->check_id,
                   self->order_id,     self->part_id,        self->method,
                   self->approval_no,  self->card_issuer,    self->card_number,
                   self->checkout_url, self->bank,           self->account_number,
                   self->failure_code, self->failure_message};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  osy_cash_receipt_free (self->cash_receipt);
  g_ptr_array_unref (self->refunds);
  g_free (self);
}

OsyRefund *
osy_payment_add_refund (OsyPayment *self)
{
  OsyRefund *refund = g_new0 (OsyRefund, 1);

  refund->lines = g_ptr_array_new_with_free_func (line_free);
  g_ptr_array_add (self->refunds, refund);
  return refund;
}

OsyRefundLine *
osy_refund_add_line (OsyRefund *self)
{
  OsyRefundLine *line = g_new0 (OsyRefundLine, 1);

  g_ptr_array_add (self->lines, line);
  return line;
}

gboolean
osy_refund_is_open (const char *status)
{
  return !g_str_equal (status, OSY_REFUND_DONE) && !g_str_equal (status, OSY_REFUND_FAILED);
}

gboolean
osy_payment_is_captured (const char *status)
{
  static const char *const captured[] = {OSY_PAYMENT_PAID, OSY_PAYMENT_PART_REFUNDED,
                                         OSY_PAYMENT_REFUNDED, NULL};

  return g_strv_contains (captured, status);
}

gboolean
osy_payment_is_pending (const char *status)
{
  static const char *const pending[] = {OSY_PAYMENT_SUBMITTED, OSY_PAYMENT_UNKNOWN,
                                        OSY_PAYMENT_WAITING, NULL};

  return g_strv_contains (pending, status);
}

gboolean
osy_payment_is_remote (const char *method)
{
  return g_str_equal (method, OSY_PAYMENT_TOSS) || g_str_equal (method, OSY_PAYMENT_ACCOUNT);
}

gboolean
osy_refund_share (const OsyRefundBase *base, gint64 wanted, gint64 *tax_free, gint64 *vat)
{
  gint64 left = base->amount - base->held;
  gint64 left_free = base->tax_free - base->held_tax_free;
  gint64 left_taxable = left - left_free;
  gint64 taxable = base->amount - base->tax_free;
  gint64 supply;
  gint64 all_vat;

  if (wanted < 1 || wanted > left)
    return FALSE;
  osy_money_split_vat (taxable, &supply, &all_vat);
  gint64 free =
      *tax_free >= 0 ? *tax_free : (gint64)((__int128)base->tax_free * wanted / base->amount);
  free = CLAMP (free, MAX (0, wanted - left_taxable), MIN (wanted, left_free));
  gint64 back = wanted - free;
  gint64 so_far = (gint64)((__int128)all_vat * (taxable - left_taxable + back) / MAX (1, taxable));
  *tax_free = free;
  *vat = CLAMP (so_far - base->held_vat, 0, back);
  return TRUE;
}

/* ---- the steps ---- */

/* What is captured at once begins as PAID; only a deposit can be taken back by the bank, which
 * leaves the account waiting again. */

#define MADE OSY_PAYMENT_CREATED
#define SENT OSY_PAYMENT_SUBMITTED
#define PAID OSY_PAYMENT_PAID
#define NO OSY_PAYMENT_DECLINED
#define UNKNOWN OSY_PAYMENT_UNKNOWN
#define WAITING OSY_PAYMENT_WAITING
#define PART OSY_PAYMENT_PART_REFUNDED
#define BACK OSY_PAYMENT_REFUNDED
#define GONE OSY_PAYMENT_CANCELED

static const OsyStateRow payment_rows[] = {
    {MADE, "submit", SENT, TRUE},       {MADE, "cancel", GONE, FALSE},
    {SENT, "pay", PAID, TRUE},          {SENT, "decline", NO, FALSE},
    {SENT, "doubt", UNKNOWN, FALSE},    {SENT, "wait", WAITING, TRUE},
    {SENT, "cancel", GONE, FALSE},      {UNKNOWN, "pay", PAID, TRUE},
    {UNKNOWN, "decline", NO, FALSE},    {UNKNOWN, "wait", WAITING, TRUE},
    {UNKNOWN, "cancel", GONE, FALSE},   {WAITING, "pay", PAID, TRUE},
    {WAITING, "cancel", GONE, FALSE},   {PAID, "wait", WAITING, FALSE},
    {PAID, "refund-part", PART, FALSE}, {PAID, "refund", BACK, FALSE},
    {PART, "refund", BACK, FALSE},      {NULL},
};

const OsyStateTable osy_payment_states = {
    .name = "payment",
    .initial = {MADE, PAID},
    .rows = payment_rows,
};

static const OsyStateRow refund_rows[] = {
    {OSY_REFUND_REQUESTED, "submit", OSY_REFUND_SUBMITTED, TRUE},
    {OSY_REFUND_REQUESTED, "finish", OSY_REFUND_DONE, TRUE},
    {OSY_REFUND_REQUESTED, "fail", OSY_REFUND_FAILED, FALSE},
    {OSY_REFUND_SUBMITTED, "finish", OSY_REFUND_DONE, TRUE},
    {OSY_REFUND_SUBMITTED, "fail", OSY_REFUND_FAILED, FALSE},
    {OSY_REFUND_SUBMITTED, "doubt", OSY_REFUND_UNKNOWN, FALSE},
    {OSY_REFUND_UNKNOWN, "finish", OSY_REFUND_DONE, TRUE},
    {OSY_REFUND_UNKNOWN, "fail", OSY_REFUND_FAILED, FALSE},
    {NULL},
};

const OsyStateTable osy_refund_states = {
    .name = "refund",
    .initial = {OSY_REFUND_REQUESTED, OSY_REFUND_DONE},
    .rows = refund_rows,
};

static const OsyStateRow receipt_rows[] = {
    {"REQUESTED", "issue", "ISSUED", TRUE},
    {"REQUESTED", "fail", "FAILED", FALSE},
    {"ISSUED", "ask-cancel", "CANCEL_REQUESTED", FALSE},
    {"CANCEL_REQUESTED", "cancel", "CANCELED", FALSE},
    {"CANCEL_REQUESTED", "keep", "ISSUED", FALSE},
    {NULL},
};

const OsyStateTable osy_cash_receipt_states = {
    .name = "cash_receipt",
    .initial = {"REQUESTED"},
    .rows = receipt_rows,
};
