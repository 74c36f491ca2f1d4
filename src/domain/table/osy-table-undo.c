/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Taking an act back: its reverse, laid on what is there now. What others did meanwhile stays, and
 * where it cannot stay beside, nothing is done. */

#include <string.h>

#include "osy-check.h"
#include "osy-table-store.h"
#include "osy-table-transfer.h"
#include "osy-table-view.h"
#include "osy-table-work.h"

static gboolean
refuse (const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT, message);
  return FALSE;
}

static OsyTableChange *
load_act (OsyDbTx *tx, const char *act_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_table_store_act (tx, act_id, error);

  if (rows == NULL)
    return NULL;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such act.");
    return NULL;
  }
  if (osy_db_rows_text (rows, 0, "undone_by") != NULL) {
    refuse ("It was taken back already.", error);
    return NULL;
  }
  const char *text = osy_db_rows_text (rows, 0, "change");
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);
  g_autoptr (OsyTableChange) change =
      node != NULL ? osy_table_change_from_json (node, osy_db_rows_text (rows, 0, "kind"), error)
                   : NULL;
  return change != NULL ? osy_table_change_reverse (change) : NULL;
}

static gboolean
same_place (const OsySeatingRow *a, const OsySeatingRow *b)
{
  return g_strcmp0 (a->table_id, b->table_id) == 0 &&
         g_strcmp0 (a->merged_into, b->merged_into) == 0 &&
         (a->ended_at != 0) == (b->ended_at != 0);
}

/* What is as the act left it becomes what it was before; what is not, stays. */
static void
blend (OsySeatingRow *target, const OsySeatingRow *left, const OsySeatingRow *now)
{
  if (now->guest_count != left->guest_count)
    target->guest_count = now->guest_count;
  if (now->bill_requested_at != left->bill_requested_at)
    target->bill_requested_at = now->bill_requested_at;
  if (now->last_act_at != left->last_act_at)
    target->last_act_at = now->last_act_at;
  if (g_strcmp0 (now->check_id, left->check_id) != 0) {
    g_free (target->check_id);
    target->check_id = g_strdup (now->check_id);
  }
}

/* @pair: before: as the act left it, becomes what is there now; after: what it is to be. */
static gboolean
rebase (OsyTableWork *work, OsySeatingPair *pair, GError **error)
{
  const char *id = pair->before != NULL ? pair->before->id : pair->after->id;
  g_autoptr (OsySeatingRow) now = NULL;

  if (!osy_table_store_get (work->tx, id, &now, error))
    return FALSE;
  /* Open ones as the room sees them: without a check of which nothing is left. */
  const OsySeatingRow *open = osy_table_view_by_id (work->rows, id);
  if (open != NULL) {
    osy_seating_row_free (now);
    now = osy_seating_row_copy (open);
  }
  if ((now == NULL) != (pair->before == NULL) || (now != NULL && !same_place (now, pair->before)))
    return refuse ("Something else was done at this table since.", error);
  if (pair->before != NULL && pair->after == NULL && pair->before->check_id == NULL &&
      now->check_id != NULL)
    return refuse ("They have ordered since.", error);
  if (now != NULL && pair->after != NULL)
    blend (pair->after, pair->before, now);
  if (pair->before != NULL)
    osy_seating_row_free (pair->before);
  pair->before = g_steal_pointer (&now);
  return TRUE;
}

/* The first order that goes to @check_id, or NULL. */
static const char *
order_to (const OsyTableChange *change, const char *check_id)
{
  for (guint i = 0; i < change->orders->len; i++) {
    const OsyRoundMove *move = change->orders->pdata[i];
    if (g_str_equal (move->to, check_id))
      return move->order_id;
  }
  return NULL;
}

/* What goes to the check that is gone goes to one that is opened in its place. */
static gboolean
open_again (OsyTableWork *work, OsyTableChange *change, OsySeatingRow *row, GError **error)
{
  g_autofree char *gone = g_strdup (row->check_id);

  if (!osy_table_transfer_open (work, row, order_to (change, gone), error))
    return FALSE;
  for (guint i = 0; i < change->orders->len; i++) {
    OsyRoundMove *move = change->orders->pdata[i];
    if (g_str_equal (move->to, gone)) {
      g_free (move->to);
      move->to = g_strdup (row->check_id);
    }
  }
  return TRUE;
}

/* A check that was voided since is none any more. */
static gboolean
forget_voided (OsyTableWork *work, OsyTableChange *change, OsySeatingRow *row, GError **error)
{
  if (row == NULL || row->check_id == NULL)
    return TRUE;
  g_autoptr (OsyDbRows) check = osy_table_store_check (work->tx, row->check_id, error);
  if (check == NULL)
    return FALSE;
  if (g_strcmp0 (osy_db_rows_text (check, 0, "status"), OSY_CHECK_VOIDED) != 0)
    return TRUE;
  if (order_to (change, row->check_id) != NULL)
    return open_again (work, change, row, error);
  g_clear_pointer (&row->check_id, g_free);
  return TRUE;
}

gboolean
osy_table_service_undo (OsyDbTx *tx,
                        const OsyCall *call,
                        OsyTableContext *room,
                        const char *act_id,
                        OsyTableDone *done,
                        GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = NULL;

  if (!osy_table_work_begin (&work, error))
    return FALSE;
  change = load_act (tx, act_id, error);
  if (change == NULL)
    return FALSE;
  for (guint i = 0; i < change->pairs->len; i++) {
    OsySeatingPair *pair = change->pairs->pdata[i];
    if (!rebase (&work, pair, error) || !forget_voided (&work, change, pair->after, error))
      return FALSE;
  }
  return osy_table_work_carry_out (&work, change, act_id, done, error);
}
