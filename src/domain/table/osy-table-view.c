/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What each table shows: its group's seating, and what the group owes. */

#include "osy-table-view.h"

#include "osy-check-service.h"
#include "osy-check.h"
#include "osy-table-store.h"

/* ---- groups ---- */

OsySeatingRow *
osy_table_view_at (GPtrArray *rows, const char *table_id)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((OsySeatingRow *)rows->pdata[i])->table_id, table_id) == 0)
      return rows->pdata[i];
  return NULL;
}

OsySeatingRow *
osy_table_view_by_id (GPtrArray *rows, const char *id)
{
  for (guint i = 0; id != NULL && i < rows->len; i++)
    if (g_str_equal (((OsySeatingRow *)rows->pdata[i])->id, id))
      return rows->pdata[i];
  return NULL;
}

OsySeatingRow *
osy_table_view_root (GPtrArray *rows, OsySeatingRow *row)
{
  /* A loop cannot be; were there one, it would end here. */
  for (guint i = 0; i < rows->len && row != NULL && row->merged_into != NULL; i++)
    row = osy_table_view_by_id (rows, row->merged_into);
  return row;
}

/* ---- showing ---- */

static gboolean
fill_money (OsyDbTx *tx, OsySeating *seating, GError **error)
{
  OsyCheckTotals totals = {0};

  if (seating->check_id == NULL)
    return TRUE;
  g_autoptr (OsyDbRows) check = osy_table_store_check (tx, seating->check_id, error);
  if (check == NULL || !osy_check_service_group_totals (tx, seating->check_id, &totals, error))
    return FALSE;
  seating->total = totals.total;
  seating->owed = totals.owed;
  seating->ordered_at = osy_db_rows_time (check, 0, "ordered_at");
  if (g_strcmp0 (osy_db_rows_text (check, 0, "status"), OSY_CHECK_SETTLED) == 0)
    seating->paid_at = seating->last_act_at;
  return TRUE;
}

static OsySeating *
gather (GPtrArray *rows, OsySeatingRow *own, OsySeatingRow *root)
{
  OsySeating *seating = osy_seating_new ();
  g_autoptr (GStrvBuilder) tables = g_strv_builder_new ();

  seating->id = g_strdup (root->id);
  seating->seated_at = root->seated_at;
  seating->bill_requested_at = root->bill_requested_at;
  seating->check_id = g_strdup (root->check_id);
  seating->moved_from = g_strdup (own->moved_from);
  g_strv_builder_add (tables, root->table_id);
  for (guint i = 0; i < rows->len; i++) {
    OsySeatingRow *row = rows->pdata[i];
    if (osy_table_view_root (rows, row) != root)
      continue;
    seating->guest_count += row->guest_count;
    seating->last_act_at = MAX (seating->last_act_at, row->last_act_at);
    if (row != root)
      g_strv_builder_add (tables, row->table_id);
  }
  g_strfreev (seating->table_ids);
  seating->table_ids = g_strv_builder_end (tables);
  return seating;
}

static OsyTable *
show (const OsyDbRows *tables, guint i, OsySeating *seating)
{
  OsyTable *table = osy_table_new ();

  table->table_id = g_strdup (osy_db_rows_text (tables, i, "id"));
  table->number = g_strdup (osy_db_rows_text (tables, i, "number"));
  table->floor_id = g_strdup (osy_db_rows_text (tables, i, "floor_id"));
  table->seats = (int)osy_db_rows_int (tables, i, "seats");
  table->version = osy_db_rows_int (tables, i, "version");
  table->state = osy_seating_state (seating);
  table->seating = seating;
  return table;
}

GPtrArray *
osy_table_view_load (OsyDbTx *tx, const char *table_id, GError **error)
{
  g_autoptr (OsyDbRows) tables = osy_table_store_tables (tx, table_id, error);
  g_autoptr (GPtrArray) rows = tables != NULL ? osy_table_store_open (tx, error) : NULL;
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_table_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (tables); i++) {
    OsySeatingRow *own = osy_table_view_at (rows, osy_db_rows_text (tables, i, "id"));
    OsySeatingRow *root = own != NULL ? osy_table_view_root (rows, own) : NULL;
    OsySeating *seating = root != NULL ? gather (rows, own, root) : NULL;
    gboolean known = seating == NULL || fill_money (tx, seating, error);
    g_ptr_array_add (shown, show (tables, i, seating));
    if (!known)
      return NULL;
  }
  return g_steal_pointer (&shown);
}
