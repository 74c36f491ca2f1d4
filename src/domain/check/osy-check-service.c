/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The money of a check, written once and used everywhere (design §4), and where the check is. */

#include "osy-check-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-check-store.h"
#include "osy-check.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

static gboolean
tell_as (OsyDbTx *tx,
         OsyKeyring *ring,
         const OsyCall *call,
         const char *type,
         const OsyCheckChange *change,
         GError **error)
{
  gint64 version = osy_check_store_version (tx, change->check_id, error);
  const OsyAuditEntry audit = {
      .action = change->action,
      .object_type = "check",
      .object_id = change->check_id,
      .old_value = change->before,
      .new_value = change->after,
  };
  const OsyEventDraft draft = {
      .type = type,
      .aggregate_type = "check",
      .aggregate_id = change->check_id,
      .aggregate_seq = version,
  };

  return version != 0 && osy_audit_record (tx, ring, call, &audit, error) &&
         osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_check_service_tell (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyCheckChange *change,
                        GError **error)
{
  return tell_as (tx, ring, call, "check.changed", change, error);
}

typedef struct {
  const char *check_id;
  const char *action;
  const char *member; /* of the audit row, which says where the check was or went */
  const char *value;  /* nullable */
} Told;

static gboolean
tell (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, Told told, GError **error)
{
  JsonObject *object = json_object_new ();

  if (told.value != NULL)
    json_object_set_string_member (object, told.member, told.value);
  g_autoptr (JsonNode) after = osy_json_take_object (object);
  const OsyCheckChange change = {.check_id = told.check_id, .action = told.action, .after = after};
  return osy_check_service_tell (tx, ring, call, &change, error);
}

/* ---- amounts ---- */

gboolean
osy_check_service_withdraw (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const char *check_id,
                            const OsyCheckShare *share,
                            GError **error)
{
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, share->orders);
  const OsyCheckShare by = {.adjustments = share->orders - share->adjustments,
                            .withdrawn = share->orders};

  return osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) &&
         osy_check_store_withdraw (tx, check_id, &by, error) &&
         osy_check_store_void_if_empty (tx, check_id, error) &&
         osy_check_service_settle (tx, check_id, error) &&
         tell (tx, ring, call, (Told){check_id, "check.order_withdrawn", "amount", amount}, error);
}

static gboolean
read_totals (OsyDbTx *tx, const char *check_id, gboolean group, OsyCheckTotals *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_check_store_sums (tx, check_id, group, error);

  if (rows == NULL)
    return FALSE;
  ret->total = osy_db_rows_int (rows, 0, "total");
  ret->tendered = osy_db_rows_int (rows, 0, "tenders");
  ret->owed = ret->total - ret->tendered + osy_db_rows_int (rows, 0, "refunds");
  return TRUE;
}

gboolean
osy_check_service_totals (OsyDbTx *tx, const char *check_id, OsyCheckTotals *ret, GError **error)
{
  return read_totals (tx, check_id, FALSE, ret, error);
}

gboolean
osy_check_service_group_totals (OsyDbTx *tx,
                                const char *check_id,
                                OsyCheckTotals *ret,
                                GError **error)
{
  return read_totals (tx, check_id, TRUE, ret, error);
}

gboolean
osy_check_service_whole_totals (OsyDbTx *tx,
                                const char *check_id,
                                OsyCheckTotals *ret,
                                GError **error)
{
  g_autofree char *root = osy_check_store_root (tx, check_id, error);

  return root != NULL && osy_check_service_group_totals (tx, root, ret, error);
}

gboolean
osy_check_service_settle (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autofree char *root = osy_check_store_root (tx, check_id, error);
  OsyCheckTotals totals = {0};

  return root != NULL && osy_check_service_group_totals (tx, root, &totals, error) &&
         (totals.owed != 0 || osy_check_store_settle (tx, root, error));
}

gboolean
osy_check_service_settle_free (OsyDbTx *tx,
                               OsyKeyring *ring,
                               const OsyCall *call,
                               const char *check_id,
                               GError **error)
{
  g_autofree char *root = osy_check_store_root (tx, check_id, error);
  const OsyCheckChange change = {.check_id = root, .action = "check.settled"};
  OsyCheckTotals totals = {0};
  gboolean settled = FALSE;

  if (root == NULL || !osy_check_service_group_totals (tx, root, &totals, error))
    return FALSE;
  if (totals.total != 0 || totals.tendered != 0)
    return TRUE;
  return osy_check_store_settle_free (tx, root, &settled, error) &&
         (!settled || tell_as (tx, ring, call, "check.settled", &change, error));
}

gboolean
osy_check_service_reopen_free (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_check_store_reopen_free (tx, check_id, error);
}

char *
osy_check_service_lock_root (OsyDbTx *tx,
                             const char *check_id,
                             OsyCheckTotals *totals,
                             GError **error)
{
  g_autofree char *root = osy_check_store_root (tx, check_id, error);
  g_autoptr (OsyDbRows) row = root != NULL ? osy_check_store_lock (tx, root, error) : NULL;

  if (row == NULL)
    return NULL;
  const char *status = osy_db_rows_text (row, 0, "status");
  if (g_str_equal (status, OSY_CHECK_MERGED)) {
    refuse (OSY_ERROR_STATE_CONFLICT, "The check was merged a moment ago; try again.", error);
    return NULL;
  }
  totals->voided = g_str_equal (status, OSY_CHECK_VOIDED);
  return osy_check_service_group_totals (tx, root, totals, error) ? g_steal_pointer (&root) : NULL;
}

gboolean
osy_check_service_post (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyCheckMoney *money,
                        GError **error)
{
  const char *action = money->refunded != 0   ? "check.refunded"
                       : money->tendered >= 0 ? "check.paid"
                                              : "check.unpaid";

  return osy_check_store_post (tx, money, error) &&
         osy_check_service_settle (tx, money->check_id, error) &&
         tell (tx, ring, call, (Told){money->check_id, action, "payment_id", money->payment_id},
               error);
}

/* Both rows in one order, whoever merges what at the same moment. */
static gboolean
lock_two (OsyDbTx *tx, const char *a, const char *b, GError **error)
{
  gboolean swap = strcmp (a, b) > 0;
  g_autoptr (OsyDbRows) first = osy_check_store_lock (tx, swap ? b : a, error);
  g_autoptr (OsyDbRows) second = first ? osy_check_store_lock (tx, swap ? a : b, error) : NULL;

  return second != NULL;
}

gboolean
osy_check_service_transfer (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const OsyCheckTransfer *transfer,
                            GError **error)
{
  const char *from = transfer->from;
  const char *to = transfer->to;
  const OsyCheckShare *share = &transfer->share;
  const OsyCheckShare less = {-share->orders, -share->adjustments, -share->withdrawn};
  OsyCheckTotals left = {0};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) ||
      !lock_two (tx, from, to, error) || !osy_check_store_shift (tx, from, &less, error) ||
      !osy_check_store_shift (tx, to, share, error) ||
      !osy_check_service_totals (tx, from, &left, error))
    return FALSE;
  if (left.owed < 0)
    return refuse (OSY_ERROR_STATE_CONFLICT, "What was paid is more than what would be left.",
                   error);
  return tell (tx, ring, call, (Told){from, "check.order_moved", "to", to}, error) &&
         tell (tx, ring, call, (Told){to, "check.order_moved", "from", from}, error);
}

/* ---- opening and dropping ---- */

char *
osy_check_service_open (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyCheckOpening *opening,
                        GError **error)
{
  g_autofree char *id = osy_id_new ();

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) ||
      !osy_check_store_open (tx, id, opening, error) ||
      !tell (tx, ring, call, (Told){id, "check.opened", "table_id", opening->table_id}, error))
    return NULL;
  return g_steal_pointer (&id);
}

gboolean
osy_check_service_drop (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const char *check_id,
                        GError **error)
{
  gboolean dropped = FALSE;

  return osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) &&
         osy_check_store_drop (tx, check_id, &dropped, error) &&
         (!dropped ||
          tell (tx, ring, call, (Told){check_id, "check.dropped", "table_id", NULL}, error));
}

/* ---- places ---- */

gboolean
osy_check_service_open_for_table (OsyDbTx *tx,
                                  const char *table_id,
                                  char **check_id,
                                  GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_check_store_for_table (tx, table_id, error);

  *check_id = NULL;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autofree char *root = osy_check_store_root (tx, osy_db_rows_text (rows, i, "id"), error);
    g_autoptr (OsyDbRows) row = root != NULL ? osy_check_store_lock (tx, root, error) : NULL;
    if (row == NULL)
      return FALSE;
    const char *status = osy_db_rows_text (row, 0, "status");
    if (g_str_equal (status, OSY_CHECK_OPEN) || g_str_equal (status, OSY_CHECK_REOPENED)) {
      *check_id = g_steal_pointer (&root);
      return TRUE;
    }
  }
  return TRUE;
}

gboolean
osy_check_service_set_table (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const OsyCall *call,
                             const char *check_id,
                             const char *table_id,
                             GError **error)
{
  g_autoptr (OsyDbRows) row = NULL;

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  row = osy_check_store_lock (tx, check_id, error);
  if (row == NULL)
    return FALSE;
  if (g_strcmp0 (osy_db_rows_text (row, 0, "table_id"), table_id) == 0)
    return TRUE;
  return osy_check_store_set_table (tx, check_id, table_id, error) &&
         tell (tx, ring, call, (Told){check_id, "check.table_changed", "table_id", table_id},
               error);
}

gboolean
osy_check_service_set_guests (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const char *check_id,
                              int guest_count,
                              GError **error)
{
  g_autofree char *text = g_strdup_printf ("%d", guest_count);

  return osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error) &&
         osy_check_store_set_guests (tx, check_id, guest_count, error) &&
         tell (tx, ring, call, (Told){check_id, "check.guests_changed", "guest_count", text},
               error);
}

/* ---- merging ---- */

/* Only its version goes up: the group it stands for is another. */
static const OsyCheckShare nothing = {0};

static gboolean
is_open_root (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_check_store_lock (tx, check_id, error);

  if (row == NULL)
    return FALSE;
  return g_str_equal (osy_db_rows_text (row, 0, "status"), OSY_CHECK_OPEN) ||
         refuse (OSY_ERROR_STATE_CONFLICT, "Only open checks are merged.", error);
}

static gboolean
is_unpaid (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) sums = osy_check_store_sums (tx, check_id, TRUE, error);

  if (sums == NULL)
    return FALSE;
  return osy_db_rows_int (sums, 0, "tenders") == 0 ||
         refuse (OSY_ERROR_STATE_CONFLICT, "It was paid already; what is paid stays as it is.",
                 error);
}

gboolean
osy_check_service_merge (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         const char *check_id,
                         const char *into,
                         GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  if (g_str_equal (check_id, into))
    return refuse (OSY_ERROR_STATE_CONFLICT, "They are one check already.", error);
  return lock_two (tx, check_id, into, error) && is_open_root (tx, check_id, error) &&
         is_open_root (tx, into, error) && is_unpaid (tx, check_id, error) &&
         osy_check_store_point (tx, check_id, into, error) &&
         tell (tx, ring, call, (Told){check_id, "check.merged", "into", into}, error) &&
         osy_check_store_shift (tx, into, &nothing, error) &&
         tell (tx, ring, call, (Told){into, "check.merged", "from", check_id}, error);
}

gboolean
osy_check_service_unmerge (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const char *check_id,
                           GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  g_autoptr (OsyDbRows) row = osy_check_store_lock (tx, check_id, error);
  if (row == NULL)
    return FALSE;
  const char *into = osy_db_rows_text (row, 0, "merged_into");
  if (into == NULL)
    return refuse (OSY_ERROR_STATE_CONFLICT, "The check is not merged.", error);
  g_autofree char *root = osy_check_store_root (tx, check_id, error);
  return root != NULL && is_unpaid (tx, root, error) &&
         osy_check_store_point (tx, check_id, NULL, error) &&
         tell (tx, ring, call, (Told){check_id, "check.unmerged", "from", into}, error) &&
         osy_check_store_shift (tx, into, &nothing, error) &&
         tell (tx, ring, call, (Told){into, "check.unmerged", "out", check_id}, error);
}

/* ---- for the room bill ---- */

char *
osy_check_service_root (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_check_store_root (tx, check_id, error);
}

gboolean
osy_check_service_lock (OsyDbTx *tx, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_check_store_lock (tx, check_id, error);

  return row != NULL;
}

gboolean
osy_check_service_hold (OsyDbTx *tx, const char *check_id, gint64 if_version, GError **error)
{
  g_autoptr (OsyDbRows) row = osy_check_store_lock (tx, check_id, error);

  if (row == NULL)
    return FALSE;
  const char *status = osy_db_rows_text (row, 0, "status");
  gint64 version = osy_db_rows_int (row, 0, "version");
  if (g_str_equal (status, OSY_CHECK_SETTLED) || g_str_equal (status, OSY_CHECK_VOIDED))
    return refuse (OSY_ERROR_STATE_CONFLICT, "The check is closed; reopen it first.", error);
  if (if_version == 0 || if_version == version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Another screen changed this check first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
osy_check_service_amend (OsyDbTx *tx,
                         const char *check_id,
                         const OsyCheckAmend *amend,
                         GError **error)
{
  return osy_check_store_amend (tx, check_id, amend, error);
}
