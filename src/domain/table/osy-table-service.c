/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What can be done at tables. Every act says what is to become of which seatings; how that is done,
 * told and taken back is one way for all of them. */

#include "osy-table-service.h"

#include "osy-booking-store.h"
#include "osy-check-service.h"
#include "osy-table-store.h"
#include "osy-table-view.h"
#include "osy-table-work.h"

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

static void
set_text (char **target, const char *text)
{
  char *copy = g_strdup (text);

  g_free (*target);
  *target = copy;
}

/* ---- the acts ---- */

static gboolean
take_party (OsyTableWork *work,
            const OsyTableAct *act,
            OsyTableChange *change,
            OsySeatingRow *row,
            GError **error)
{
  gboolean waited = act->waiting_id != NULL;
  int guests = 0;

  change->party_id = g_strdup (waited ? act->waiting_id : act->booking_id);
  if (change->party_id == NULL)
    return TRUE;
  change->party_type = g_strdup (waited ? OSY_PARTY_WAITING : OSY_PARTY_BOOKING);
  change->party_from =
      osy_booking_store_status (work->tx, change->party_type, change->party_id, &guests, error);
  change->party_to = g_strdup (OSY_BOOKING_SEATED);
  if (change->party_from == NULL)
    return FALSE;
  if (row->guest_count == 0)
    row->guest_count = guests;
  return !g_str_equal (change->party_from, change->party_to) ||
         refuse (OSY_ERROR_STATE_CONFLICT, "They sit already.", error);
}

gboolean
osy_table_service_seat (OsyDbTx *tx,
                        const OsyCall *call,
                        OsyTableContext *room,
                        const OsyTableAct *act,
                        OsyTableDone *done,
                        GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("seat");

  if (!osy_table_work_begin_act (&work, act, error))
    return FALSE;
  if (osy_table_view_at (work.rows, act->table_id) != NULL)
    return osy_table_work_refuse (&work, act->table_id, "Somebody sits at this table.", error);
  OsySeatingRow *row = osy_table_work_sit (&work, change, act->table_id, act->guest_count);
  return take_party (&work, act, change, row, error) &&
         osy_table_work_carry_out (&work, change, NULL, done, error);
}

gboolean
osy_table_service_guests (OsyDbTx *tx,
                          const OsyCall *call,
                          OsyTableContext *room,
                          const OsyTableAct *act,
                          OsyTableDone *done,
                          GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("guests");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);

  if (row == NULL)
    return FALSE;
  osy_table_work_touch (&work, change, row)->guest_count = act->guest_count;
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

gboolean
osy_table_service_move (OsyDbTx *tx,
                        const OsyCall *call,
                        OsyTableContext *room,
                        const OsyTableAct *act,
                        OsyTableDone *done,
                        GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("move");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);

  if (row == NULL)
    return FALSE;
  if (osy_table_view_at (work.rows, act->to_table) != NULL)
    return osy_table_work_refuse (&work, act->to_table, "Somebody sits at that table.", error);
  OsySeatingRow *after = osy_table_work_touch (&work, change, row);
  set_text (&after->table_id, act->to_table);
  set_text (&after->moved_from, g_hash_table_lookup (work.numbers, act->table_id));
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

gboolean
osy_table_service_merge (OsyDbTx *tx,
                         const OsyCall *call,
                         OsyTableContext *room,
                         const OsyTableAct *act,
                         OsyTableDone *done,
                         GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("merge");

  if (!osy_table_work_begin_act (&work, act, error))
    return FALSE;
  OsySeatingRow *from = osy_table_view_at (work.rows, act->table_id);
  OsySeatingRow *into = osy_table_view_at (work.rows, act->to_table);
  from = from != NULL ? osy_table_view_root (work.rows, from) : NULL;
  into = into != NULL ? osy_table_view_root (work.rows, into) : NULL;
  if (from == into)
    return osy_table_work_refuse (
        &work, act->table_id,
        from == NULL ? "Nobody sits at either table." : "They are one group already.", error);
  gboolean swap =
      into == NULL || (from != NULL && from->check_id != NULL && into->check_id == NULL);
  const OsySeatingRow *leads = swap ? from : into;
  OsySeatingRow *joins = swap ? into : from;
  OsySeatingRow *after =
      joins != NULL ? osy_table_work_touch (&work, change, joins)
                    : osy_table_work_sit (&work, change, swap ? act->to_table : act->table_id, 0);
  set_text (&after->merged_into, leads->id);
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

static gboolean
has_joined (OsyTableWork *work, const OsySeatingRow *row)
{
  for (guint i = 0; i < work->rows->len; i++)
    if (g_strcmp0 (((OsySeatingRow *)work->rows->pdata[i])->merged_into, row->id) == 0)
      return TRUE;
  return FALSE;
}

/* Who came to the group as a free table leaves it as one. */
static void
release (OsyTableWork *work, OsyTableChange *change, const OsySeatingRow *row)
{
  OsySeatingRow *after = osy_table_work_touch (work, change, row);

  set_text (&after->merged_into, NULL);
  if (row->guest_count == 0 && row->check_id == NULL && !has_joined (work, row))
    after->ended_at = work->now;
}

gboolean
osy_table_service_unmerge (OsyDbTx *tx,
                           const OsyCall *call,
                           OsyTableContext *room,
                           const OsyTableAct *act,
                           OsyTableDone *done,
                           GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("unmerge");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);

  if (row == NULL)
    return FALSE;
  for (guint i = 0; i < work.rows->len; i++) {
    OsySeatingRow *other = work.rows->pdata[i];
    if (row->merged_into != NULL ? other == row : g_strcmp0 (other->merged_into, row->id) == 0)
      release (&work, change, other);
  }
  if (change->pairs->len == 0)
    return osy_table_work_refuse (&work, act->table_id, "This table is not merged.", error);
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

gboolean
osy_table_service_request_bill (OsyDbTx *tx,
                                const OsyCall *call,
                                OsyTableContext *room,
                                const OsyTableAct *act,
                                OsyTableDone *done,
                                GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("request-bill");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);

  if (row == NULL)
    return FALSE;
  osy_table_work_touch (&work, change, osy_table_view_root (work.rows, row))->bill_requested_at =
      act->on ? work.now : 0;
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

static gboolean
may_go (OsyTableWork *work, const OsySeatingRow *root, gboolean leave_unpaid, GError **error)
{
  OsyCheckTotals totals = {0};

  if (root->check_id == NULL)
    return TRUE;
  if (!osy_check_service_group_totals (work->tx, root->check_id, &totals, error))
    return FALSE;
  if (totals.owed <= 0 || leave_unpaid)
    return TRUE;
  GError *refusal = g_error_new (OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                                 "%" G_GINT64_FORMAT " won are owed here.", totals.owed);
  JsonNode *owed = json_node_new (JSON_NODE_VALUE);
  json_node_set_int (owed, totals.owed);
  osy_error_set_extra (refusal, "owed", owed);
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
osy_table_service_clear (OsyDbTx *tx,
                         const OsyCall *call,
                         OsyTableContext *room,
                         const OsyTableAct *act,
                         OsyTableDone *done,
                         GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("clear");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);
  const OsySeatingRow *root = row != NULL ? osy_table_view_root (work.rows, row) : NULL;

  if (root == NULL || !may_go (&work, root, act->leave_unpaid, error))
    return FALSE;
  for (guint i = 0; i < work.rows->len; i++)
    if (osy_table_view_root (work.rows, work.rows->pdata[i]) == root)
      osy_table_work_touch (&work, change, work.rows->pdata[i])->ended_at = work.now;
  return osy_table_work_carry_out (&work, change, NULL, done, error);
}

/* ---- reading ---- */

OsyTableRoom *
osy_table_service_room (OsyDbTx *tx, const OsyCall *call, OsyTableContext *room, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (OsyTableRoom) view = osy_table_room_new ();
  g_ptr_array_unref (view->tables);
  view->tables = osy_table_view_load (tx, NULL, error);
  if (view->tables == NULL) {
    view->tables = g_ptr_array_new ();
    return NULL;
  }
  return osy_booking_store_fill (tx, room, view, error) ? g_steal_pointer (&view) : NULL;
}

gboolean
osy_table_service_number (OsyDbTx *tx, const char *table_id, char **number, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_table_store_tables (tx, table_id, error);

  *number = rows != NULL && osy_db_rows_count (rows) > 0
                ? g_strdup (osy_db_rows_text (rows, 0, "number"))
                : NULL;
  return rows != NULL;
}
