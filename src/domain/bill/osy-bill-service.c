/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of adjustments: who may take off what, how much there is to take off, and that the running
 * amounts, the order and the kitchen hear of it in the same transaction. */

#include "osy-bill-service.h"

#include "osy-bill-store.h"
#include "osy-check-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-amend.h"
#include "osy-order-service.h"

/* One act under way; the group's root and, for a line, its order are held. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyCall *call;
  char *root;
  char *order_id; /* (nullable): of the line */
  char *check_id; /* (nullable): where the line is */
  gboolean reopens;
  gboolean over; /* that order is */
  OsyBill *before;
} Act;

static void
act_clear (Act *act)
{
  g_clear_pointer (&act->root, g_free);
  g_clear_pointer (&act->order_id, g_free);
  g_clear_pointer (&act->check_id, g_free);
  g_clear_pointer (&act->before, osy_bill_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Act, act_clear)

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

static gboolean
refuse_field (const char *pointer, const char *message, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, message);

  osy_error_add_field (refusal, pointer, "OUT_OF_RANGE", message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* ---- holding ---- */

static gboolean
find_order (Act *act, const char *line_id, GError **error)
{
  g_autoptr (OsyBill) bill = osy_bill_store_load (act->tx, act->ring, act->root, error);

  if (bill == NULL)
    return FALSE;
  int line = osy_bill_find_line (bill, line_id);
  if (line < 0)
    return refuse (OSY_ERROR_NOT_FOUND, "There is no such line on this check.", error);
  act->order_id = g_strdup (((OsyBillLine *)g_ptr_array_index (bill->lines, line))->order_id);
  return TRUE;
}

/* The order first and then the check, as orders themselves do when they are canceled. */
static gboolean
hold (Act *act, const char *check_id, const char *line_id, GError **error)
{
  act->root = osy_check_service_root (act->tx, check_id, error);
  if (act->root == NULL || (line_id != NULL && !find_order (act, line_id, error)))
    return FALSE;
  if (act->order_id != NULL) {
    g_autoptr (OsyOrder) order = osy_order_service_lock (act->tx, act->ring, act->order_id, error);
    if (order == NULL)
      return FALSE;
    act->over = !osy_order_is_open (order);
  }
  if ((act->reopens && !osy_check_service_reopen_free (act->tx, act->root, error)) ||
      !osy_check_service_hold (act->tx, act->root, 0, error))
    return FALSE;
  act->before = osy_bill_store_load (act->tx, act->ring, act->root, error);
  if (act->before == NULL)
    return FALSE;
  int line = line_id != NULL ? osy_bill_find_line (act->before, line_id) : -1;
  if (line >= 0)
    act->check_id =
        g_strdup (((OsyBillLine *)g_ptr_array_index (act->before->lines, line))->check_id);
  return line_id == NULL || line >= 0 ||
         refuse (OSY_ERROR_STATE_CONFLICT, "The line has gone from this check.", error);
}

/* ---- telling ---- */

static gboolean
tell (Act *act, const char *check_id, const char *action, gint64 amount, GError **error)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "amount", amount);
  g_autoptr (JsonNode) after = osy_json_take_object (object);
  const OsyCheckChange change = {.check_id = check_id, .action = action, .after = after};
  return osy_check_service_tell (act->tx, act->ring, act->call, &change, error);
}

/* @check_id and, when that is merged, the root on which it is shown. */
static gboolean
amend (Act *act,
       const char *check_id,
       const OsyCheckAmend *by,
       const char *action,
       gint64 amount,
       GError **error)
{
  const OsyCheckAmend nothing = {0};

  if (!osy_check_service_amend (act->tx, check_id, by, error) ||
      !tell (act, check_id, action, amount, error))
    return FALSE;
  return g_str_equal (check_id, act->root) ||
         (osy_check_service_amend (act->tx, act->root, &nothing, error) &&
          tell (act, act->root, action, amount, error));
}

/* The line as it was before and is now: its order, its check and the kitchen are told. */
static gboolean
settle_line (Act *act, const char *line_id, const char *reason, const char *action, GError **error)
{
  g_autoptr (OsyBill) after = osy_bill_store_load (act->tx, act->ring, act->root, error);

  if (after == NULL)
    return FALSE;
  const OsyBillLine *was =
      g_ptr_array_index (act->before->lines, osy_bill_find_line (act->before, line_id));
  const OsyBillLine *is = g_ptr_array_index (after->lines, osy_bill_find_line (after, line_id));
  const OsyOrderAdjust adjust = {.order_id = act->order_id,
                                 .line_id = line_id,
                                 .amount = was->net - is->net,
                                 .reason = reason};
  const OsyCheckAmend by = {.adjustments = adjust.amount};
  return osy_order_amend_adjust (act->tx, act->ring, act->call, &adjust, error) &&
         amend (act, act->check_id, &by, action, adjust.amount, error);
}

/* ---- a line ---- */

static gboolean
may_void (Act *act, GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_load (act->tx, act->ring, act->order_id, error);

  if (order == NULL)
    return FALSE;
  gboolean sent = !g_str_equal (osy_order_data (order)->status, OSY_ORDER_PENDING);
  return osy_principal_check (act->call->principal,
                              sent ? OSY_PERM_ORDER_CANCEL : OSY_PERM_ORDER_WRITE, error);
}

static int
percent_on (const OsyBill *bill, const char *line_id)
{
  int percent = 0;

  for (guint i = 0; i < bill->adjustments->len; i++) {
    const OsyBillAdjustment *adjustment = g_ptr_array_index (bill->adjustments, i);
    if (adjustment->withdrawn_at == 0 && g_strcmp0 (adjustment->line_id, line_id) == 0)
      percent += adjustment->percent;
  }
  return percent;
}

static gboolean
check_line (Act *act, const OsyBillAct *asked, GError **error)
{
  guint index = (guint)osy_bill_find_line (act->before, asked->line_id);
  const OsyBillLine *line = g_ptr_array_index (act->before->lines, index);

  if (osy_bill_line_is_paid (act->before, index))
    return refuse (OSY_ERROR_STATE_CONFLICT, "That is paid already; give the money back.", error);
  if (asked->quantity > line->quantity - line->voided - line->comped)
    return refuse_field ("/quantity", "There are fewer of it left.", error);
  if (asked->won > line->net)
    return refuse_field ("/amount", "That is more than is left of the line.", error);
  if (asked->percent > 0 &&
      (line->net == 0 || percent_on (act->before, asked->line_id) + asked->percent > 100))
    return refuse_field ("/percent", "More than all of it cannot be taken off.", error);
  return !g_str_equal (asked->kind, OSY_BILL_VOID) || may_void (act, error);
}

static gboolean
adjust_line (Act *act, const OsyBillAct *asked, const char *id, GError **error)
{
  const OsyBillAdjust row = {.id = id,
                             .subject_id = act->order_id,
                             .line_id = asked->line_id,
                             .kind = asked->kind,
                             .quantity = asked->quantity,
                             .percent = asked->percent,
                             .won = asked->won,
                             .reason = asked->reason,
                             .actor = osy_principal_actor (act->call->principal)};

  return check_line (act, asked, error) &&
         osy_bill_store_add_adjustment (act->tx, act->ring, &row, error) &&
         settle_line (act, asked->line_id, asked->reason, "check.adjusted", error);
}

/* ---- the whole ---- */

static gboolean
adjust_member (Act *act, const OsyBillAct *asked, OsyBillAdjust *row, GError **error)
{
  const OsyCheckAmend by = {.percent = row->percent, .discount = row->won};

  row->kind = asked->kind;
  row->reason = asked->reason;
  row->actor = osy_principal_actor (act->call->principal);
  return osy_bill_store_add_adjustment (act->tx, act->ring, row, error) &&
         amend (act, row->subject_id, &by, "check.adjusted", row->percent ? row->percent : row->won,
                error);
}

/* Of a group each check bears its part: percentages each, won in their order while there are any.
 */
static gboolean
adjust_whole (Act *act, const OsyBillAct *asked, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) members = osy_bill_store_members (act->tx, act->root, error);
  gboolean free = g_str_equal (asked->kind, OSY_BILL_COMP);
  gint64 won = asked->won;
  guint n = 0;

  for (guint i = 0; members != NULL && i < osy_db_rows_count (members); i++) {
    int percent = (int)osy_db_rows_int (members, i, "discount_percent");
    gint64 net = osy_db_rows_int (members, i, "net");
    OsyBillAdjust row = {.id = id, .subject_id = osy_db_rows_text (members, i, "id")};
    if (asked->percent > 0 && percent + asked->percent > 100)
      return refuse_field ("/percent", "More than all of it cannot be taken off.", error);
    row.percent = free ? 100 - percent : asked->percent;
    row.won = MIN (won, net);
    won -= row.won;
    if (net == 0 || (row.percent == 0 && row.won == 0))
      continue;
    n++;
    if (!adjust_member (act, asked, &row, error))
      return FALSE;
  }
  if (members == NULL)
    return FALSE;
  return (n > 0 && won == 0) || refuse_field (asked->won > 0 ? "/amount" : "/kind",
                                              "There is less than that to take off.", error);
}

/* ---- doors ---- */

GHashTable *
osy_bill_voided_quantity (OsyDbTx *tx, const char *order_id, GError **error)
{
  return osy_bill_store_voided (tx, order_id, error);
}

OsyBill *
osy_bill_service_get (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyCall *call,
                      const char *check_id,
                      GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_bill_store_load (tx, ring, check_id, error);
}

gboolean
osy_bill_service_seen (OsyDbTx *tx,
                       const OsyOrderKey *key,
                       const char *id,
                       gboolean *seen,
                       GError **error)
{
  g_autofree char *subject_id = NULL;
  OsyOrderKeyState state = OSY_ORDER_KEY_NEW;

  *seen = FALSE;
  if (key == NULL)
    return TRUE;
  if (!osy_order_store_find_key (tx, key, &state, &subject_id, error))
    return FALSE;
  if (state == OSY_ORDER_KEY_DIFFERENT)
    return refuse (OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                   "This Idempotency-Key was used for another request.", error);
  *seen = state == OSY_ORDER_KEY_SAME;
  return *seen || osy_order_store_add_key (tx, key, id, error);
}

/* What is struck was never sold, and more may be ordered; what is given free was. */
static gboolean
is_all_free (const OsyBill *bill, gboolean over)
{
  gint64 sold = 0;

  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    sold += line->quantity - line->voided;
  }
  return (sold > 0 || over) && bill->total == 0 && osy_bill_owed (bill) == 0;
}

/* (transfer full) (nullable): of an act that leaves nothing to pay the check is over. */
static OsyBill *
settle_if_free (Act *act, OsyBill *taken, GError **error)
{
  g_autoptr (OsyBill) bill = taken;

  if (bill == NULL || !is_all_free (bill, act->over))
    return g_steal_pointer (&bill);
  return osy_check_service_settle_free (act->tx, act->ring, act->call, act->root, error)
             ? osy_bill_store_load (act->tx, act->ring, act->root, error)
             : NULL;
}

/* (transfer full) (nullable): the group as it is now, if what was paid is not more than is left. */
static OsyBill *
load_unless_overpaid (Act *act, GError **error)
{
  g_autoptr (OsyBill) bill = osy_bill_store_load (act->tx, act->ring, act->root, error);

  if (bill == NULL || osy_bill_owed (bill) >= 0)
    return g_steal_pointer (&bill);
  refuse (OSY_ERROR_STATE_CONFLICT, "More was paid than would be left; give the money back.",
          error);
  return NULL;
}

OsyBill *
osy_bill_service_adjust (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         const OsyBillAct *asked,
                         gboolean *replayed,
                         GError **error)
{
  g_auto (Act) act = {tx, ring, call};
  g_autofree char *id = osy_id_new ();
  gboolean is_void = g_str_equal (asked->kind, OSY_BILL_VOID);

  if (!osy_principal_check (call->principal, is_void ? OSY_PERM_ORDER_WRITE : OSY_PERM_CHECK_ADJUST,
                            error) ||
      !hold (&act, asked->check_id, asked->line_id, error) ||
      !osy_bill_service_seen (tx, asked->key, id, replayed, error))
    return NULL;
  if (*replayed)
    return g_steal_pointer (&act.before);
  if (!(asked->line_id != NULL ? adjust_line (&act, asked, id, error)
                               : adjust_whole (&act, asked, id, error)) ||
      !osy_check_service_settle (tx, act.root, error))
    return NULL;
  return settle_if_free (&act, load_unless_overpaid (&act, error), error);
}

static gboolean
withdraw_whole (Act *act, const OsyDbRows *rows, GError **error)
{
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const OsyCheckAmend by = {.percent = -(int)osy_db_rows_int (rows, i, "percent"),
                              .discount = -osy_db_rows_int (rows, i, "amount")};
    if (!amend (act, osy_db_rows_text (rows, i, "subject_id"), &by, "check.unadjusted",
                by.percent ? by.percent : by.discount, error))
      return FALSE;
  }
  return TRUE;
}

/* On another check than where it is shown: a group that was taken apart since keeps its share on
 * each, and they go back together. */
static gboolean
is_shown_on (const OsyBill *bill, const char *id)
{
  for (guint i = 0; i < bill->adjustments->len; i++)
    if (g_str_equal (((OsyBillAdjustment *)g_ptr_array_index (bill->adjustments, i))->id, id))
      return TRUE;
  return FALSE;
}

static gboolean
may_withdraw (Act *act, const char *kind, GError **error)
{
  return g_str_equal (kind, OSY_BILL_VOID)
             ? may_void (act, error)
             : osy_principal_check (act->call->principal, OSY_PERM_CHECK_ADJUST, error);
}

OsyBill *
osy_bill_service_withdraw (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const char *check_id,
                           const char *adjustment_id,
                           GError **error)
{
  g_auto (Act) act = {tx, ring, call};
  g_autoptr (OsyDbRows) seen = NULL;
  g_autoptr (OsyDbRows) rows = NULL;

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  seen = osy_bill_store_adjustment (tx, adjustment_id, error);
  if (seen == NULL)
    return NULL;
  const char *line_id = osy_db_rows_count (seen) > 0 ? osy_db_rows_text (seen, 0, "line_id") : NULL;
  act.reopens = TRUE;
  if (!hold (&act, check_id, line_id, error))
    return NULL;
  if (!is_shown_on (act.before, adjustment_id)) {
    refuse (OSY_ERROR_NOT_FOUND, "There is no such adjustment on this check.", error);
    return NULL;
  }
  rows = osy_bill_store_adjustment (tx, adjustment_id, error);
  if (rows == NULL || !may_withdraw (&act, osy_db_rows_text (rows, 0, "kind"), error))
    return NULL;
  if (!osy_db_rows_is_null (rows, 0, "withdrawn_at"))
    return settle_if_free (&act, g_steal_pointer (&act.before), error);
  if (!osy_bill_store_withdraw (tx, adjustment_id, osy_principal_actor (call->principal), error) ||
      !(line_id != NULL ? settle_line (&act, line_id, NULL, "check.unadjusted", error)
                        : withdraw_whole (&act, rows, error)))
    return NULL;
  return settle_if_free (&act, osy_bill_store_load (tx, ring, act.root, error), error);
}

OsyBill *
osy_bill_service_set_service (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const char *check_id,
                              int percent,
                              GError **error)
{
  g_auto (Act) act = {tx, ring, call};
  const OsyCheckAmend by = {.service = TRUE, .service_percent = percent};

  if (!osy_principal_check (call->principal, OSY_PERM_CHECK_ADJUST, error) ||
      !hold (&act, check_id, NULL, error))
    return NULL;
  g_autoptr (OsyDbRows) members = osy_bill_store_members (tx, act.root, error);
  for (guint i = 0; members != NULL && i < osy_db_rows_count (members); i++)
    if (!amend (&act, osy_db_rows_text (members, i, "id"), &by, "check.service_changed", percent,
                error))
      return NULL;
  return members != NULL ? osy_bill_store_load (tx, ring, act.root, error) : NULL;
}
