/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rounds and single lines that go to another table. A line that leaves its order is on a check of
 * its own choosing; where it meets its order again it is with it again. */

#include "osy-table-transfer.h"

#include "osy-bill-service.h"
#include "osy-check-service.h"
#include "osy-table-service.h"
#include "osy-table-store.h"
#include "osy-table-view.h"

typedef struct {
  OsyTableWork *work;
  OsyTableChange *change;
  const OsySeatingRow *root; /* of the group they leave */
  const char *to;            /* check */
} Transfer;

static gboolean
refuse (const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, message);
  return FALSE;
}

gboolean
osy_table_transfer_open (OsyTableWork *work,
                         OsySeatingRow *row,
                         const char *order_id,
                         GError **error)
{
  g_autofree char *day = osy_table_store_day (work->tx, order_id, error);
  const OsyCheckOpening opening = {row->table_id, day, row->guest_count};

  g_free (row->check_id);
  row->check_id =
      day != NULL ? osy_check_service_open (work->tx, work->room->ring, work->call, &opening, error)
                  : NULL;
  return row->check_id != NULL;
}

/* ---- what goes ---- */

static gboolean
is_here (const Transfer *self, const char *check_id)
{
  GPtrArray *rows = self->work->rows;

  for (guint i = 0; i < rows->len; i++) {
    OsySeatingRow *row = rows->pdata[i];
    if (check_id != NULL && g_strcmp0 (row->check_id, check_id) == 0)
      return osy_table_view_root (rows, row) == self->root;
  }
  return FALSE;
}

/* The order, if it is here, and of its lines those that are here or meet it there. */
static gboolean
add_round (Transfer *self, const char *order_id, GError **error)
{
  g_autoptr (OsyDbRows) places = osy_table_store_places (self->work->tx, order_id, error);
  guint before = self->change->orders->len;

  if (places == NULL)
    return FALSE;
  const char *check_id =
      osy_db_rows_count (places) > 0 ? osy_db_rows_text (places, 0, "check_id") : NULL;
  gboolean goes = is_here (self, check_id);
  gboolean meet = goes || g_strcmp0 (check_id, self->to) == 0;
  if (goes)
    osy_table_change_add_round (
        self->change, &(OsyRoundMove){(char *)order_id, NULL, (char *)check_id, (char *)self->to});
  for (guint i = 1; i < osy_db_rows_count (places); i++) {
    const char *at = osy_db_rows_text (places, i, "check_id");
    const OsyRoundMove move = {(char *)order_id,
                               (char *)osy_db_rows_text (places, i, "line_id"),
                               (char *)at,
                               (char *)self->to,
                               FALSE,
                               meet};
    if (is_here (self, at) || (goes && g_str_equal (at, self->to)))
      osy_table_change_add_round (self->change, &move);
  }
  return self->change->orders->len > before || refuse ("That order is not of this table.", error);
}

static gboolean
goes_already (const Transfer *self, const OsyBillLine *line)
{
  for (guint i = 0; i < self->change->orders->len; i++) {
    const OsyRoundMove *move = g_ptr_array_index (self->change->orders, i);
    if (g_str_equal (move->order_id, line->order_id) &&
        (move->line_id == NULL || g_str_equal (move->line_id, line->line_id)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
add_line (Transfer *self, const OsyBill *bill, const char *line_id, GError **error)
{
  int index = osy_bill_find_line (bill, line_id);

  if (index < 0)
    return refuse ("That line is not of this table.", error);
  const OsyBillLine *line = g_ptr_array_index (bill->lines, index);
  if (goes_already (self, line))
    return TRUE;
  g_autoptr (OsyDbRows) places = osy_table_store_places (self->work->tx, line->order_id, error);
  if (places == NULL)
    return FALSE;
  const char *order_at = osy_db_rows_text (places, 0, "check_id");
  const OsyRoundMove move = {line->order_id,
                             line->line_id,
                             line->check_id,
                             (char *)self->to,
                             g_str_equal (line->check_id, order_at),
                             g_str_equal (self->to, order_at)};
  osy_table_change_add_round (self->change, &move);
  return TRUE;
}

static gboolean
add_all (Transfer *self, const OsyTableAct *act, const OsyBill *bill, GError **error)
{
  for (guint i = 0; i < act->order_ids->len; i++)
    if (!add_round (self, act->order_ids->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < act->line_ids->len; i++)
    if (!add_line (self, bill, act->line_ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* ---- the act ---- */

/* An order that goes, for the day of a check that is opened. (transfer none) */
static const char *
first_order (const OsyTableAct *act, const OsyBill *bill)
{
  if (act->order_ids->len > 0)
    return act->order_ids->pdata[0];
  int line = osy_bill_find_line (bill, act->line_ids->pdata[0]);
  return line >= 0 ? ((OsyBillLine *)g_ptr_array_index (bill->lines, line))->order_id : NULL;
}

static gboolean
carry (Transfer *self,
       const OsyTableAct *act,
       OsySeatingRow *after,
       OsyTableDone *done,
       GError **error)
{
  OsyTableWork *work = self->work;
  g_autoptr (OsyBill) bill = NULL;

  if (self->root->check_id == NULL)
    return refuse ("Nothing was ordered at this table.", error);
  bill = osy_bill_service_get (work->tx, work->room->ring, work->call, self->root->check_id, error);
  const char *order_id = bill != NULL ? first_order (act, bill) : NULL;
  if (bill != NULL && order_id == NULL)
    return refuse ("That line is not of this table.", error);
  if (bill == NULL ||
      (after->check_id == NULL && !osy_table_transfer_open (work, after, order_id, error)))
    return FALSE;
  self->to = after->check_id;
  return add_all (self, act, bill, error) &&
         osy_table_work_carry_out (work, self->change, NULL, done, error);
}

gboolean
osy_table_service_transfer (OsyDbTx *tx,
                            const OsyCall *call,
                            OsyTableContext *room,
                            const OsyTableAct *act,
                            OsyTableDone *done,
                            GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autoptr (OsyTableChange) change = osy_table_change_new ("transfer");
  OsySeatingRow *row = osy_table_work_seated (&work, act, error);

  if (row == NULL)
    return FALSE;
  OsySeatingRow *to = osy_table_view_at (work.rows, act->to_table);
  Transfer transfer = {&work, change, osy_table_view_root (work.rows, row)};
  to = to != NULL ? osy_table_view_root (work.rows, to) : NULL;
  if (to == transfer.root)
    return osy_table_work_refuse (&work, act->to_table, "They are one group already.", error);
  osy_table_work_touch (&work, change, transfer.root);
  OsySeatingRow *after = to != NULL ? osy_table_work_touch (&work, change, to)
                                    : osy_table_work_sit (&work, change, act->to_table, 0);
  return carry (&transfer, act, after, done, error);
}
