/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The refund desk: how much, of which payments, what it means; then all of it in one act. What is
 * shown before is what is done, because both are the same plan. */

#include "osy-refund.h"

#include "osy-bill-service.h"
#include "osy-check-service.h"
#include "osy-id.h"
#include "osy-json.h"

static void
share_free (gpointer data)
{
  OsyRefundShare *share = data;

  g_free (share->payment_id);
  g_free (share->method);
  g_free (share);
}

void
osy_refund_plan_free (OsyRefundPlan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->shares);
  g_free (self);
}

/* ---- how much ---- */

/* One plan in the making; the check is held. */
typedef struct {
  const OsyPaymentAct *act;
  const OsyRefundAsk *ask;
  char *check_id;
  GPtrArray *payments; /* of OsyPayment, those that have something left first */
  OsyRefundPlan *plan;
  gint64 wanted;
  gint64 tax_free; /* -1: in proportion */
} Desk;

static void
desk_clear (Desk *self)
{
  g_clear_pointer (&self->check_id, g_free);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->plan, osy_refund_plan_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
refuse_field (const char *pointer, const char *message, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, message);

  osy_error_add_field (refusal, pointer, "OUT_OF_RANGE", message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* Pieces of a line that earlier refunds took. */
static gint64
refunded_of (GPtrArray *payments, const char *line_id)
{
  gint64 pieces = 0;

  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    for (guint k = 0; k < payment->refunds->len; k++) {
      const OsyRefund *refund = g_ptr_array_index (payment->refunds, k);
      for (guint n = 0; n < refund->lines->len; n++) {
        const OsyRefundLine *line = g_ptr_array_index (refund->lines, n);
        if (!g_str_equal (refund->status, OSY_REFUND_FAILED) &&
            g_str_equal (line->line_id, line_id))
          pieces += line->quantity;
      }
    }
  }
  return pieces;
}

/* The last piece takes the odd won. */
static gboolean
add_piece (Desk *self, const OsyBill *bill, const OsyRefundPiece *piece, GError **error)
{
  int index = osy_bill_find_line (bill, piece->line_id);

  if (index < 0)
    return refuse_field ("/lines", "There is no such line on this check.", error);
  const OsyBillLine *line = g_ptr_array_index (bill->lines, index);
  gint64 sold = line->quantity - line->voided - line->comped;
  gint64 before = refunded_of (self->payments, piece->line_id);
  if (before + piece->quantity > sold)
    return refuse_field ("/lines", "There are fewer of it that were paid for.", error);
  gint64 won = (gint64)((__int128)line->due * (before + piece->quantity) / sold) -
               (gint64)((__int128)line->due * before / sold);
  self->wanted += won;
  self->tax_free += line->tax_free ? won : 0;
  return TRUE;
}

static gboolean
sum_pieces (Desk *self, GError **error)
{
  g_autoptr (OsyPrincipal) own =
      osy_principal_new_system (osy_db_tx_restaurant (self->act->tx), "payment");
  const OsyCall inner = {own, self->act->call->trace_id};
  g_autoptr (OsyBill) bill =
      osy_bill_service_get (self->act->tx, self->act->ring, &inner, self->check_id, error);

  self->tax_free = 0;
  for (guint i = 0; bill != NULL && i < self->ask->pieces->len; i++)
    if (!add_piece (self, bill, &g_array_index (self->ask->pieces, OsyRefundPiece, i), error))
      return FALSE;
  return bill != NULL;
}

static gint64
captured_of (GPtrArray *payments)
{
  gint64 won = 0;

  for (guint i = 0; i < payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (payments, i);
    won += osy_payment_is_captured (payment->status) ? payment->amount : 0;
  }
  return won;
}

/* What the way to the guest cost, of the orders that were sold. */
static gboolean
add_fee (Desk *self, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (self->act->tx,
                    "SELECT coalesce(sum(delivery_fee), 0)::bigint AS won FROM orders "
                    "WHERE restaurant_id = app_restaurant() AND check_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (self->check_id)), error);

  if (rows != NULL)
    self->wanted += osy_db_rows_int (rows, 0, "won");
  return rows != NULL;
}

static gboolean
find_amount (Desk *self, GError **error)
{
  const OsyRefundAsk *ask = self->ask;

  self->tax_free = -1;
  if (ask->amount > 0) {
    self->wanted = ask->amount;
  } else if (ask->numerator > 0) {
    self->wanted =
        (gint64)((__int128)captured_of (self->payments) * ask->numerator / ask->denominator);
  } else if (!sum_pieces (self, error)) {
    return FALSE;
  }
  if (ask->delivery_fee && !add_fee (self, error))
    return FALSE;
  if (self->wanted < 1)
    return refuse_field ("/amount", "That comes to nothing.", error);
  return TRUE;
}

/* ---- of which payments ---- */

static int
rank_of (const OsyPayment *payment)
{
  static const char *const order[] = {OSY_PAYMENT_TOSS, OSY_PAYMENT_TERMINAL, OSY_PAYMENT_ACCOUNT,
                                      OSY_PAYMENT_CASH, OSY_PAYMENT_PLATFORM};

  for (int i = 0; i < (int)G_N_ELEMENTS (order); i++)
    if (g_str_equal (order[i], payment->method))
      return i;
  return (int)G_N_ELEMENTS (order);
}

static gint
by_rank (gconstpointer a, gconstpointer b)
{
  return rank_of (*(OsyPayment *const *)a) - rank_of (*(OsyPayment *const *)b);
}

static gint64
left_of (const OsyPayment *payment)
{
  return osy_payment_is_captured (payment->status) ? payment->amount - payment->held : 0;
}

static void
count_receipt (Desk *self, const OsyPayment *payment, gint64 amount)
{
  if (payment->cash_receipt != NULL && g_str_equal (payment->cash_receipt->status, "ISSUED"))
    self->plan->receipt += MIN (amount, payment->cash_receipt->amount);
}

static gboolean
add_share (Desk *self, const OsyPayment *payment, gint64 amount, gint64 *tax_left)
{
  OsyRefundBase base = {payment->amount, payment->tax_free, payment->held, 0, 0};
  OsyRefundShare *share = g_new0 (OsyRefundShare, 1);

  for (guint i = 0; i < payment->refunds->len; i++) {
    const OsyRefund *refund = g_ptr_array_index (payment->refunds, i);
    if (!g_str_equal (refund->status, OSY_REFUND_FAILED)) {
      base.held_tax_free += refund->tax_free;
      base.held_vat += refund->vat;
    }
  }
  share->payment_id = g_strdup (payment->id);
  share->method = g_strdup (payment->method);
  share->amount = amount;
  share->tax_free = *tax_left < 0 ? -1 : MIN (*tax_left, amount);
  g_ptr_array_add (self->plan->shares, share);
  if (!osy_refund_share (&base, amount, &share->tax_free, &share->vat))
    return FALSE;
  *tax_left = *tax_left < 0 ? -1 : MAX (0, *tax_left - share->tax_free);
  self->plan->tax_free += share->tax_free;
  self->plan->vat += share->vat;
  count_receipt (self, payment, amount);
  return TRUE;
}

static gboolean
refuse_ceiling (gint64 ceiling, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (
      OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "That is more than was paid and not refunded yet.");

  osy_error_set_extra (refusal, "refundable_amount",
                       json_node_init_int (json_node_alloc (), ceiling));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
spread (Desk *self, GError **error)
{
  gint64 left = self->wanted;
  gint64 tax_left = self->tax_free;

  self->plan->amount = self->wanted;
  if (self->wanted > self->plan->ceiling)
    return refuse_ceiling (self->plan->ceiling, error);
  for (guint i = 0; i < self->payments->len && left > 0; i++) {
    const OsyPayment *payment = g_ptr_array_index (self->payments, i);
    gint64 amount = MIN (left, left_of (payment));
    if (amount > 0 && !add_share (self, payment, amount, &tax_left))
      return refuse_ceiling (self->plan->ceiling, error);
    left -= amount;
  }
  return TRUE;
}

/* ---- the plan ---- */

/* Those of one payment alone, when one was named. */
static void
leave_others (Desk *self)
{
  for (guint i = self->payments->len; i > 0 && self->ask->payment_id != NULL; i--) {
    const OsyPayment *payment = g_ptr_array_index (self->payments, i - 1);
    if (!g_str_equal (payment->id, self->ask->payment_id))
      g_ptr_array_remove_index (self->payments, i - 1);
  }
}

static gboolean
hold_payments (Desk *self, GError **error)
{
  const OsyPaymentAct *act = self->act;
  g_autofree char *check_id = g_strdup (self->ask->check_id);
  OsyCheckTotals totals;

  if (check_id == NULL) {
    g_autoptr (OsyDbRows) row = osy_payment_store_row (act->tx, self->ask->payment_id, error);
    if (row == NULL)
      return FALSE;
    check_id = g_strdup (osy_db_rows_text (row, 0, "check_id"));
  }
  self->check_id = osy_check_service_lock_root (act->tx, check_id, &totals, error);
  g_autoptr (GPtrArray) ids =
      self->check_id != NULL ? osy_payment_store_of_check (act->tx, self->check_id, error) : NULL;
  self->payments = ids != NULL ? osy_payment_store_load (act->tx, act->ring, ids, error) : NULL;
  if (self->payments == NULL)
    return FALSE;
  leave_others (self);
  g_ptr_array_sort (self->payments, by_rank);
  return TRUE;
}

/* Of what is held. */
static gboolean
make_plan (Desk *self, GError **error)
{
  self->plan = g_new0 (OsyRefundPlan, 1);
  self->plan->shares = g_ptr_array_new_with_free_func (share_free);
  for (guint i = 0; i < self->payments->len; i++)
    self->plan->ceiling += left_of (g_ptr_array_index (self->payments, i));
  return find_amount (self, error) && spread (self, error);
}

OsyRefundPlan *
osy_refund_plan (const OsyPaymentAct *act, const OsyRefundAsk *ask, GError **error)
{
  g_auto (Desk) self = {act, ask};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_TAKE, error) ||
      !hold_payments (&self, error) || !make_plan (&self, error))
    return NULL;
  return g_steal_pointer (&self.plan);
}

static void
add_effect (JsonArray *effects, const char *kind, const char *payment_id, gint64 amount)
{
  JsonObject *object = json_object_new ();
  g_autofree char *code = g_ascii_strdown (kind, -1);

  json_object_set_string_member (object, "kind", kind);
  if (payment_id != NULL)
    json_object_set_string_member (object, "payment_id", payment_id);
  json_object_set_int_member (object, "amount", amount);
  json_object_set_string_member (object, "text_code", code);
  json_array_add_object_element (effects, object);
}

JsonNode *
osy_refund_plan_to_json (const OsyRefundPlan *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *effects = json_array_new ();

  for (guint i = 0; i < self->shares->len; i++) {
    const OsyRefundShare *share = g_ptr_array_index (self->shares, i);
    const char *kind = g_str_equal (share->method, OSY_PAYMENT_CASH)       ? "CASH"
                       : g_str_equal (share->method, OSY_PAYMENT_ACCOUNT)  ? "ACCOUNT"
                       : g_str_equal (share->method, OSY_PAYMENT_PLATFORM) ? "PLATFORM"
                                                                           : "CARD";
    add_effect (effects, kind, share->payment_id, share->amount);
  }
  if (self->receipt > 0)
    add_effect (effects, "CASH_RECEIPT", NULL, self->receipt);
  add_effect (effects, "VAT", NULL, self->vat);
  add_effect (effects, "STOCK", NULL, 0);
  json_object_set_int_member (object, "ceiling", self->ceiling);
  json_object_set_int_member (object, "amount", self->amount);
  json_object_set_int_member (object, "tax_free_amount", self->tax_free);
  json_object_set_int_member (object, "supply_amount", self->amount - self->tax_free - self->vat);
  json_object_set_int_member (object, "vat_amount", self->vat);
  json_object_set_array_member (object, "effects", effects);
  return osy_json_take_object (object);
}

/* ---- doing it ---- */

static char *
print_pieces (const OsyRefundAsk *ask)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; ask->pieces != NULL && i < ask->pieces->len; i++) {
    const OsyRefundPiece *piece = &g_array_index (ask->pieces, OsyRefundPiece, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "line_id", piece->line_id);
    json_object_set_int_member (object, "quantity", piece->quantity);
    json_array_add_object_element (array, object);
  }
  json_node_take_array (node, array);
  return osy_json_print (node);
}

/* The lines are of the act, so of its first refund alone: they are counted once. */
static gboolean
make_share (Desk *self, const char *act_id, guint i, GError **error)
{
  const OsyRefundShare *share = g_ptr_array_index (self->plan->shares, i);
  g_autofree char *lines = i == 0 ? print_pieces (self->ask) : NULL;
  g_auto (OsyPaymentHeld) held = {NULL};
  const OsyRefundWanted wanted = {.amount = share->amount,
                                  .tax_free = share->tax_free,
                                  .reason = self->ask->reason,
                                  .act_id = act_id,
                                  .lines = lines,
                                  .account = self->ask->account,
                                  .handed = TRUE};

  return osy_payment_hold (self->act, share->payment_id, &held, error) &&
         osy_payment_refund (self->act, &held, &wanted, NULL, error);
}

static GPtrArray *
load_act (const OsyPaymentAct *act, const char *act_id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (OsyDbRows) rows =
      osy_db_query (act->tx,
                    "SELECT DISTINCT payment_id FROM refund WHERE restaurant_id = "
                    "app_restaurant() AND act_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (act_id)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (ids, (gpointer)osy_db_rows_text (rows, i, "payment_id"));
  return rows != NULL ? osy_payment_store_load (act->tx, act->ring, ids, error) : NULL;
}

/* Keys are forgotten after a while and belong to who sent them; the rows of an act stay. */
static gboolean
was_made (Desk *self, const char *act_id)
{
  for (guint i = 0; i < self->payments->len; i++) {
    const OsyPayment *payment = g_ptr_array_index (self->payments, i);
    for (guint k = 0; k < payment->refunds->len; k++)
      if (g_strcmp0 (((OsyRefund *)g_ptr_array_index (payment->refunds, k))->act_id, act_id) == 0)
        return TRUE;
  }
  return FALSE;
}

GPtrArray *
osy_refund_make (const OsyPaymentAct *act,
                 const OsyRefundAsk *ask,
                 gboolean *replayed,
                 GError **error)
{
  g_auto (Desk) self = {act, ask};
  gboolean own = ask->key != NULL && ask->key->key != NULL && osy_id_is_valid (ask->key->key);
  g_autofree char *act_id = own ? g_strdup (ask->key->key) : osy_id_new ();
  g_autofree char *known = NULL;

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_REFUND, error) ||
      !osy_payment_seen_before (act, ask->key, act_id, &known, error))
    return NULL;
  *replayed = known != NULL;
  if (known != NULL)
    return load_act (act, known, error);
  if (!hold_payments (&self, error))
    return NULL;
  *replayed = was_made (&self, act_id);
  if (*replayed)
    return load_act (act, act_id, error);
  if (!make_plan (&self, error))
    return NULL;
  for (guint i = 0; i < self.plan->shares->len; i++)
    if (!make_share (&self, act_id, i, error))
      return NULL;
  return load_act (act, act_id, error);
}

gboolean
osy_refund_complete (const OsyPaymentAct *act,
                     const char *payment_id,
                     const char *refund_id,
                     gboolean failed,
                     GError **error)
{
  g_auto (OsyPaymentHeld) held = {NULL};
  const OsyRefundStep step = {.id = refund_id,
                              .payment_id = payment_id,
                              .status = failed ? OSY_REFUND_FAILED : OSY_REFUND_DONE};

  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_REFUND, error) ||
      !osy_payment_hold (act, payment_id, &held, error))
    return FALSE;
  if (osy_payment_is_remote (osy_db_rows_text (held.row, 0, "method")))
    return osy_payment_refuse (OSY_ERROR_STATE_CONFLICT,
                               "The payment service gives this back, not you.", error);
  return osy_payment_refund_end (act, &held, &step, error);
}
