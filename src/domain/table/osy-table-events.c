/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tables follow their orders and checks, and events of tables carry the table. */

#include "osy-table-routes.h"
#include "osy-table-store.h"
#include "osy-table-view.h"
#include "osy-table-work.h"

gboolean
osy_table_decorate (OsyDbTx *tx,
                    GPtrArray *events,
                    OsyEventExtra *extras,
                    gpointer room,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) tables =
      osy_table_view_load (tx, ids->len == 1 ? ids->pdata[0] : NULL, error);

  if (tables == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++) {
    const OsyTable *table = tables->pdata[i];
    if (g_ptr_array_find_with_equal_func (ids, table->table_id, g_str_equal, NULL))
      osy_event_give (events, extras, table->table_id,
                      osy_json_take_object (osy_table_to_json (table)), NULL);
  }
  return TRUE;
}

/* The check that the event is about; NULL where it is of no table that anybody sits at. */
static gboolean
find_check (OsyDbTx *tx, const OsyEvent *event, char **check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_table_store_about (
      tx, g_str_equal (event->aggregate_type, "check"), event->aggregate_id, error);

  *check_id = rows != NULL && osy_db_rows_count (rows) > 0
                  ? g_strdup (osy_db_rows_text (rows, 0, "check_id"))
                  : NULL;
  return rows != NULL;
}

static gboolean
tell_group (OsyTableWork *work, const char *check_id, GError **error)
{
  OsySeatingRow *root = NULL;

  for (guint i = 0; i < work->rows->len && root == NULL; i++) {
    OsySeatingRow *row = work->rows->pdata[i];
    if (g_strcmp0 (row->check_id, check_id) == 0)
      root = osy_table_view_root (work->rows, row);
  }
  for (guint i = 0; root != NULL && i < work->rows->len; i++) {
    OsySeatingRow *row = work->rows->pdata[i];
    if (osy_table_view_root (work->rows, row) == root &&
        !osy_table_work_tell (work, row->table_id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_table_on_event (OsyDbTx *tx,
                    const OsyCall *call,
                    const OsyEvent *event,
                    gpointer room,
                    GError **error)
{
  g_auto (OsyTableWork) work = {tx, call, room};
  g_autofree char *check_id = NULL;

  /* Orders move by acts at tables alone, which have told of it; and what was done with a check was
   * done for its orders, or at its table. */
  if (g_str_equal (event->type, "order.moved"))
    return TRUE;
  if (!find_check (tx, event, &check_id, error))
    return FALSE;
  if (check_id == NULL)
    return TRUE;
  return osy_table_work_begin (&work, error) &&
         (g_str_equal (event->aggregate_type, "check") ||
          osy_table_store_touch (tx, check_id, event->occurred_at, error)) &&
         tell_group (&work, check_id, error);
}
