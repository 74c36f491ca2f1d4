/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The split as a whole, and what is printed of it. */

#include "osy-bill-service.h"

#include "osy-audit-service.h"
#include "osy-bill-slip.h"
#include "osy-bill-store.h"
#include "osy-check-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-printing-service.h"
#include "osy-shop-service.h"

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

/* A receipt changes nothing: it is audited alone. */
static gboolean
audit_receipt (OsyDbTx *tx,
               OsyKeyring *ring,
               const OsyCall *call,
               const char *check_id,
               GError **error)
{
  const OsyAuditEntry audit = {
      .action = "check.receipt_printed", .object_type = "check", .object_id = check_id};

  return osy_audit_record (tx, ring, call, &audit, error);
}

static gboolean
tell (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCall *call,
      const char *check_id,
      const char *action,
      GError **error)
{
  const OsyCheckChange change = {.check_id = check_id, .action = action};

  return osy_check_service_tell (tx, ring, call, &change, error);
}

/* ---- parts ---- */

/* Lines by their index in @bill instead of @wanted's own. */
static gboolean
take_lines (const OsyBill *wanted, const OsyBillPart *from, OsyBill *bill, OsyBillPart *part)
{
  for (guint i = 0; i < from->takes->len; i++) {
    OsyCheckTake take = g_array_index (from->takes, OsyCheckTake, i);
    const OsyBillLine *line = g_ptr_array_index (wanted->lines, take.line);
    int index = osy_bill_find_line (bill, line->line_id);
    if (index < 0)
      return FALSE;
    take.line = (guint)index;
    g_array_append_val (part->takes, take);
  }
  return TRUE;
}

static guint
count_frozen (const OsyBill *bill)
{
  guint n = 0;

  for (guint i = 0; i < bill->parts->len; i++)
    n += ((OsyBillPart *)g_ptr_array_index (bill->parts, i))->frozen;
  return n;
}

static gboolean
take_part (const OsyBill *wanted,
           const OsyBillPart *from,
           const OsyBill *was,
           OsyBill *bill,
           GError **error)
{
  const OsyBillPart *known = osy_bill_find_part (was, from->id);
  OsyBillPart *part = osy_bill_add_part (bill);

  part->id = known != NULL ? g_strdup (known->id) : osy_id_new ();
  if (known != NULL && known->frozen) {
    part->frozen = TRUE;
    g_array_append_vals (part->takes, known->takes->data, known->takes->len);
    return TRUE;
  }
  part->name = g_strdup (from->name);
  part->kind = from->kind;
  part->seat = from->seat;
  part->wanted = from->wanted;
  return take_lines (wanted, from, bill, part) ||
         refuse (OSY_ERROR_NOT_FOUND, "A line has gone from this check.", error);
}

/* @bill: as it is; its parts become the wanted ones. */
static gboolean
take_parts (const OsyBill *wanted, OsyBill *bill, GError **error)
{
  g_autoptr (OsyBill) was = osy_bill_new ();
  GPtrArray *parts = was->parts;

  was->parts = bill->parts;
  bill->parts = parts;
  for (guint i = 0; i < wanted->parts->len; i++)
    if (!take_part (wanted, g_ptr_array_index (wanted->parts, i), was, bill, error))
      return FALSE;
  if (count_frozen (bill) != count_frozen (was))
    return refuse (OSY_ERROR_STATE_CONFLICT, "What is paid cannot be taken out of the split.",
                   error);
  g_autoptr (OsyCheckSum) split = osy_bill_split (bill);
  return !osy_check_sum_is_overdrawn (split) ||
         refuse (OSY_ERROR_INVALID_REQUEST, "The parts take more of a line than there is of it.",
                 error);
}

OsyBill *
osy_bill_service_set_parts (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const OsyBill *wanted,
                            gint64 if_version,
                            GError **error)
{
  const OsyCheckAmend nothing = {0};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autofree char *root = osy_check_service_root (tx, wanted->id, error);
  if (root == NULL || !osy_check_service_hold (tx, root, if_version, error))
    return NULL;
  g_autoptr (OsyBill) bill = osy_bill_store_load (tx, ring, root, error);
  if (bill == NULL || !take_parts (wanted, bill, error) ||
      !osy_bill_store_put_parts (tx, ring, bill, error) ||
      !osy_check_service_amend (tx, root, &nothing, error) ||
      !tell (tx, ring, call, root, "check.split", error))
    return NULL;
  return osy_bill_store_load (tx, ring, root, error);
}

/* ---- what leaves ---- */

gboolean
osy_bill_service_may_leave (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyBillLeave *leave,
                            gint64 *adjusted,
                            GError **error)
{
  g_autofree char *root = osy_check_service_root (tx, leave->check_id, error);
  g_autoptr (OsyBill) bill = root != NULL ? osy_bill_store_load (tx, ring, root, error) : NULL;

  *adjusted = 0;
  if (bill == NULL)
    return FALSE;
  for (guint i = 0; i < bill->lines->len; i++) {
    const OsyBillLine *line = g_ptr_array_index (bill->lines, i);
    if (leave->line_id != NULL ? !g_str_equal (line->line_id, leave->line_id)
                               : !g_str_equal (line->order_id, leave->order_id))
      continue;
    if (osy_bill_line_is_paid (bill, i))
      return refuse (OSY_ERROR_STATE_CONFLICT, "That is paid already; what is paid stays.", error);
    *adjusted += line->amount - line->net;
  }
  return TRUE;
}

gboolean
osy_bill_service_pay_part (OsyDbTx *tx, OsyKeyring *ring, const OsyBillPay *pay, GError **error)
{
  g_autoptr (OsyBill) bill = osy_bill_store_load (tx, ring, pay->check_id, error);
  gint64 amount = pay->amount;

  if (bill == NULL)
    return FALSE;
  const OsyBillPart *part = osy_bill_find_part (bill, pay->part_id);
  if (part == NULL)
    return pay->late || refuse (OSY_ERROR_NOT_FOUND, "There is no such part.", error);
  if (amount > part->amount - part->paid && !pay->late)
    return refuse (OSY_ERROR_STATE_CONFLICT, "That is more than is left of this part.", error);
  amount = CLAMP (amount, -part->paid, part->amount - part->paid);
  return amount == 0 || osy_bill_store_pay_part (tx, part->id, part->amount, amount, error);
}

/* ---- printing ---- */

static gboolean
queue (OsyDbTx *tx,
       OsyKeyring *ring,
       const OsyCall *call,
       const OsyBill *bill,
       const OsyBillPrint *print,
       GError **error)
{
  const char *purpose = print->receipt ? OSY_PRINT_RECEIPT : OSY_PRINT_BILL;
  const char *language = osy_printing_service_language (tx, purpose, NULL, error);
  g_autoptr (OsyPrincipal) own = osy_principal_new_system (osy_db_tx_restaurant (tx), "receipt");
  const OsyCall inner = {own, call->trace_id};
  g_autoptr (OsyShop) shop = osy_shop_service_get_own (tx, ring, &inner, error);
  g_autoptr (GHashTable) origins = osy_bill_store_origins (tx, bill, error);
  g_autoptr (GHashTable) names =
      origins != NULL ? osy_bill_store_names (tx, bill, language, error) : NULL;

  if (language == NULL || shop == NULL || names == NULL)
    return FALSE;
  const OsyBillSlip data = {.bill = bill,
                            .part = osy_bill_find_part (bill, print->part_id),
                            .shop = osy_shop_data (shop),
                            .origins = origins,
                            .names = names,
                            .language = language,
                            .receipt = print->receipt};
  g_autoptr (OsySlip) slip = osy_bill_slip_new (&data);
  const OsyPrintRequest request = {
      .purpose = purpose, .subject_type = "check", .subject_id = bill->id, .slip = slip};
  return osy_printing_service_queue (tx, ring, call, &request, error);
}

/* Marks and tells what is printed. */
static gboolean
print_bill (OsyDbTx *tx,
            OsyKeyring *ring,
            const OsyCall *call,
            const OsyBill *bill,
            const OsyBillPrint *print,
            GError **error)
{
  const OsyCheckAmend amend = {.printed = TRUE};

  if (!queue (tx, ring, call, bill, print, error))
    return FALSE;
  return print->receipt ? audit_receipt (tx, ring, call, bill->id, error)
                        : osy_check_service_amend (tx, bill->id, &amend, error) &&
                              tell (tx, ring, call, bill->id, "check.bill_printed", error);
}

OsyBill *
osy_bill_service_print (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyBillPrint *print,
                        gboolean *replayed,
                        GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autofree char *root = osy_check_service_root (tx, print->check_id, error);
  if (root == NULL || !osy_check_service_lock (tx, root, error) ||
      !osy_bill_service_seen (tx, print->key, root, replayed, error))
    return NULL;
  g_autoptr (OsyBill) bill = osy_bill_store_load (tx, ring, root, error);
  if (bill == NULL || *replayed)
    return g_steal_pointer (&bill);
  if (print->part_id != NULL && osy_bill_find_part (bill, print->part_id) == NULL) {
    refuse (OSY_ERROR_NOT_FOUND, "There is no such part.", error);
    return NULL;
  }
  if ((!print->receipt && !osy_check_service_hold (tx, root, 0, error)) ||
      !print_bill (tx, ring, call, bill, print, error))
    return NULL;
  return osy_bill_store_load (tx, ring, root, error);
}
