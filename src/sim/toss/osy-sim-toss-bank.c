/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the simulated Toss Payments knows: sessions of windows, payments and their money, and what
 * time does to them. It knows no HTTP. */

#include "osy-sim-toss-bank.h"

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-sim-toss-object.h"

#define MINUTE (60 * G_USEC_PER_SEC)
#define READY_MINUTES 30
#define CONFIRM_MINUTES 10

static void
move_free (gpointer data)
{
  OsySimTossMove *move = data;

  g_free (move->key);
  g_free (move->reason);
  g_free (move);
}

static void
payment_free (gpointer data)
{
  OsySimTossPayment *self = data;
  char *const texts[] = {
      self->key,   self->order_id,     self->order_name, self->customer_key, self->customer_name,
      self->owner, self->confirmed_by, self->secret,     self->account,      self->bank,
      self->card,  self->success_url,  self->fail_url};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_ptr_array_unref (self->moves);
  g_free (self);
}

static void
receipt_free (gpointer data)
{
  OsySimTossReceipt *self = data;
  char *const texts[] = {self->key,        self->number,   self->order_id,
                         self->order_name, self->identity, self->owner};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (self);
}

OsySimTossBank *
osy_sim_toss_bank_new (const char *public_url)
{
  OsySimTossBank *self = g_new0 (OsySimTossBank, 1);

  self->payments = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, payment_free);
  self->orders =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->open = g_ptr_array_new ();
  self->moves = g_ptr_array_new_with_free_func (move_free);
  self->receipts = g_ptr_array_new_with_free_func (receipt_free);
  self->violations = g_ptr_array_new_with_free_func (g_free);
  self->requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unsettled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->public_url = g_strdup (public_url);
  return self;
}

void
osy_sim_toss_bank_free (OsySimTossBank *self)
{
  g_ptr_array_unref (self->open);
  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->payments);
  g_ptr_array_unref (self->moves);
  g_ptr_array_unref (self->receipts);
  g_ptr_array_unref (self->violations);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->unsettled);
  g_free (self->public_url);
  g_free (self);
}

gint64
osy_sim_toss_bank_now (const OsySimTossBank *self)
{
  return osy_clock_now () + self->skipped + self->skew;
}

/* ---- notes ---- */

void
osy_sim_toss_bank_write (OsySimTossBank *self, const char *event, JsonObject *object)
{
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  if (self->journal == NULL)
    return;
  g_autofree char *at = osy_sim_toss_object_time (osy_sim_toss_bank_now (self));
  json_object_set_string_member (object, "event", event);
  json_object_set_string_member (object, "at", at);
  g_autofree char *text = osy_json_print (node);
  fprintf (self->journal, "%s\n", text);
  fflush (self->journal);
}

void
osy_sim_toss_bank_violate (OsySimTossBank *self, const char *format, ...)
{
  JsonObject *object = json_object_new ();
  va_list args;

  va_start (args, format);
  char *what = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->violations, what);
  json_object_set_string_member (object, "what", what);
  osy_sim_toss_bank_write (self, "violation", object);
}

static void
write_move (OsySimTossBank *self, const OsySimTossMove *move)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "paymentKey", move->payment->key);
  json_object_set_string_member (object, "orderId", move->payment->order_id);
  json_object_set_string_member (object, "transactionKey", move->key);
  json_object_set_int_member (object, "amount", move->amount);
  json_object_set_int_member (object, "balance", move->left);
  osy_sim_toss_bank_write (self, move->amount > 0 ? "capture" : "refund", object);
}

/* ---- finding ---- */

OsySimTossPayment *
osy_sim_toss_bank_payment (OsySimTossBank *self, const char *key)
{
  return g_hash_table_lookup (self->payments, key);
}

OsySimTossPayment *
osy_sim_toss_bank_order (OsySimTossBank *self, const char *order_id)
{
  GPtrArray *all = g_hash_table_lookup (self->orders, order_id);

  for (guint i = 0; all != NULL && i < all->len; i++) {
    OsySimTossPayment *payment = all->pdata[i];
    if (payment->owner != NULL)
      return payment;
  }
  return all != NULL ? all->pdata[all->len - 1] : NULL;
}

gboolean
osy_sim_toss_bank_is_order_id (const char *text)
{
  return g_regex_match_simple ("\\A[A-Za-z0-9_-]{6,64}\\z", text, 0, 0);
}

/* ---- status ---- */

static void
become (OsySimTossBank *self, OsySimTossPayment *payment, const char *status)
{
  payment->status = status;
  if (self->changed != NULL)
    self->changed (payment, self->user_data);
}

static gboolean
is (const OsySimTossPayment *payment, const char *status)
{
  return g_str_equal (payment->status, status);
}

void
osy_sim_toss_bank_age (OsySimTossBank *self)
{
  gint64 now = osy_sim_toss_bank_now (self);

  for (guint i = self->open->len; i-- > 0;) {
    OsySimTossPayment *payment = self->open->pdata[i];
    if ((is (payment, "READY") && now >= payment->requested_at + READY_MINUTES * MINUTE) ||
        (is (payment, "IN_PROGRESS") && now >= payment->authorised_at + CONFIRM_MINUTES * MINUTE) ||
        (is (payment, "WAITING_FOR_DEPOSIT") && now >= payment->due_at))
      osy_sim_toss_bank_end (self, payment, "EXPIRED", "EXPIRED_PAYMENT");
    if (!is (payment, "READY") && !is (payment, "IN_PROGRESS") &&
        !is (payment, "WAITING_FOR_DEPOSIT"))
      g_ptr_array_remove_index_fast (self->open, i);
  }
}

void
osy_sim_toss_bank_authorise (OsySimTossBank *self, OsySimTossPayment *payment)
{
  payment->authorised_at = osy_sim_toss_bank_now (self);
  become (self, payment, "IN_PROGRESS");
}

void
osy_sim_toss_bank_end (OsySimTossBank *self,
                       OsySimTossPayment *payment,
                       const char *status,
                       const char *code)
{
  payment->failure = code;
  become (self, payment, status);
}

/* ---- money ---- */

static void
add_move (OsySimTossBank *self, OsySimTossPayment *payment, const OsySimTossMove *fields)
{
  OsySimTossMove *move = g_memdup2 (fields, sizeof *fields);
  guint8 bytes[16];

  osy_random_bytes (bytes, sizeof bytes);
  g_autoptr (GString) key = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (key, "%02X", bytes[i]);
  payment->balance += move->amount;
  payment->tax_free_left += move->amount > 0 ? move->tax_free : -move->tax_free;
  move->payment = payment;
  move->key = g_string_free (g_steal_pointer (&key), FALSE);
  move->left = payment->balance;
  move->at = osy_sim_toss_bank_now (self);
  g_ptr_array_add (self->moves, move);
  g_ptr_array_add (payment->moves, move);
  write_move (self, move);
}

void
osy_sim_toss_bank_capture (OsySimTossBank *self, OsySimTossPayment *payment)
{
  OsySimTossMove move = {
      .status = "DONE", .amount = payment->amount, .tax_free = payment->tax_free};

  add_move (self, payment, &move);
  payment->approved_at = osy_sim_toss_bank_now (self);
  become (self, payment, "DONE");
}

void
osy_sim_toss_bank_await (OsySimTossBank *self,
                         OsySimTossPayment *payment,
                         const char *bank,
                         gint64 hours)
{
  payment->due_at = osy_sim_toss_bank_now (self) + hours * 60 * MINUTE;
  payment->secret = osy_random_token (18);
  payment->bank = g_strdup (bank);
  payment->account =
      g_strdup_printf ("X650%011" G_GUINT32_FORMAT, g_random_int ()); /* a test account */
  become (self, payment, "WAITING_FOR_DEPOSIT");
}

void
osy_sim_toss_bank_return (OsySimTossBank *self, OsySimTossPayment *payment)
{
  OsySimTossMove move = {.status = "WAITING_FOR_DEPOSIT",
                         .reason = g_strdup ("입금 오류"),
                         .amount = -payment->amount,
                         .tax_free = payment->tax_free};

  add_move (self, payment, &move);
  payment->approved_at = 0;
  g_ptr_array_add (self->open, payment);
  become (self, payment, "WAITING_FOR_DEPOSIT");
}

void
osy_sim_toss_bank_refund (OsySimTossBank *self,
                          OsySimTossPayment *payment,
                          gint64 amount,
                          gint64 tax_free,
                          const char *reason)
{
  const char *status = amount < payment->balance ? "PARTIAL_CANCELED" : "CANCELED";
  OsySimTossMove move = {
      .status = status, .reason = g_strdup (reason), .amount = -amount, .tax_free = tax_free};

  payment->refunded |= amount > 0 && payment->account != NULL;
  add_move (self, payment, &move);
  become (self, payment, status);
}
