/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts at tables begin and end here: the shop's tables are held, whoever has ordered is seated, and
 * what was done is told. */

#include "osy-table-work.h"

#include "osy-audit-service.h"
#include "osy-booking-store.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-floor-store.h"
#include "osy-id.h"
#include "osy-table-places.h"
#include "osy-table-store.h"
#include "osy-table-view.h"

void
osy_table_work_clear (OsyTableWork *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
}

void
osy_table_done_clear (OsyTableDone *self)
{
  g_clear_pointer (&self->act_id, g_free);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
}

/* ---- telling ---- */

gboolean
osy_table_work_tell (OsyTableWork *self, const char *table_id, GError **error)
{
  OsyEventDraft draft = {
      .type = "table.changed", .aggregate_type = "table", .aggregate_id = table_id};

  draft.aggregate_seq = osy_table_store_bump (self->tx, table_id, error);
  return draft.aggregate_seq != 0 && osy_event_emit (self->tx, self->call, &draft, error);
}

gboolean
osy_table_work_refuse (OsyTableWork *self,
                       const char *table_id,
                       const char *message,
                       GError **error)
{
  g_autoptr (GPtrArray) tables = osy_table_view_load (self->tx, table_id, error);

  if (tables == NULL)
    return FALSE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, message);
  if (tables->len > 0)
    osy_error_set_extra (refusal, "table",
                         osy_json_take_object (osy_table_to_json (tables->pdata[0])));
  g_propagate_error (error, refusal);
  return FALSE;
}

/* ---- who has ordered sits ---- */

OsySeatingRow *
osy_table_work_sit (OsyTableWork *self, OsyTableChange *change, const char *table_id, int guests)
{
  OsySeatingRow *row = osy_table_change_add (change, NULL);

  row->id = osy_id_new ();
  row->table_id = g_strdup (table_id);
  row->guest_count = guests;
  row->seated_at = row->last_act_at = self->now;
  return row;
}

/* A check that the group does not know joins it: into the check that leads, or leading itself. */
static gboolean
join_group (OsyTableWork *self,
            OsyTableChange *change,
            OsySeatingRow *row,
            const char *check_id,
            GError **error)
{
  OsySeatingRow *root = osy_table_view_root (self->rows, row);
  OsySeatingRow *after = osy_table_change_add (change, row);

  g_free (after->check_id);
  after->check_id = g_strdup (check_id);
  if (root == row)
    return TRUE;
  g_free (after->merged_into);
  after->merged_into = NULL;
  if (root->check_id != NULL) {
    after->merged_into = g_strdup (root->id);
    return osy_check_service_merge (self->tx, self->room->ring, self->call, check_id,
                                    root->check_id, error);
  }
  OsySeatingRow *led = osy_table_change_add (change, root);
  g_free (led->merged_into);
  led->merged_into = g_strdup (row->id);
  return TRUE;
}

static gboolean
seat_check (OsyTableWork *self, const OsyDbRows *checks, guint i, GError **error)
{
  const char *check_id = osy_db_rows_text (checks, i, "check_id");
  const char *table_id = osy_db_rows_text (checks, i, "table_id");
  OsySeatingRow *row = osy_table_view_at (self->rows, table_id);
  g_autoptr (OsyTableChange) change = osy_table_change_new ("seat");

  if (row != NULL) {
    if (!join_group (self, change, row, check_id, error))
      return FALSE;
  } else {
    row = osy_table_work_sit (self, change, table_id,
                              (int)osy_db_rows_int (checks, i, "guest_count"));
    row->check_id = g_strdup (check_id);
    row->seated_at = osy_db_rows_time (checks, i, "created_at");
  }
  if (!osy_table_store_write (self->tx, change, error))
    return FALSE;
  g_ptr_array_unref (self->rows);
  self->rows = osy_table_store_open (self->tx, error);
  return self->rows != NULL && osy_table_work_tell (self, table_id, error);
}

gboolean
osy_table_work_seat_checks (OsyTableWork *self, GError **error)
{
  g_autoptr (OsyDbRows) checks = osy_table_store_unseated (self->tx, error);

  if (checks == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (checks); i++)
    if (!seat_check (self, checks, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
load (OsyTableWork *self, GError **error)
{
  g_autoptr (OsyDbRows) tables = osy_table_store_tables (self->tx, NULL, error);

  self->now = osy_clock_now ();
  self->rows = tables != NULL ? osy_table_store_open (self->tx, error) : NULL;
  if (self->rows == NULL)
    return FALSE;
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < osy_db_rows_count (tables); i++)
    g_hash_table_insert (self->numbers, g_strdup (osy_db_rows_text (tables, i, "id")),
                         g_strdup (osy_db_rows_text (tables, i, "number")));
  return TRUE;
}

gboolean
osy_table_work_begin (OsyTableWork *self, GError **error)
{
  return osy_principal_check (self->call->principal, OSY_PERM_ORDER_WRITE, error) &&
         osy_floor_store_lock (self->tx, error) && load (self, error) &&
         osy_table_work_seat_checks (self, error);
}

static gboolean
check_version (OsyTableWork *work, const OsyTableAct *act, GError **error)
{
  if (act->if_version == 0)
    return TRUE;
  g_autoptr (GPtrArray) tables = osy_table_view_load (work->tx, act->table_id, error);
  if (tables == NULL)
    return FALSE;
  const OsyTable *table = tables->pdata[0];
  if (table->version == act->if_version)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "Something was done at this table meanwhile.");
  JsonNode *version = json_node_new (JSON_NODE_VALUE);
  json_node_set_int (version, table->version);
  osy_error_set_extra (refusal, "current_version", version);
  osy_error_set_extra (refusal, "table", osy_json_take_object (osy_table_to_json (table)));
  g_propagate_error (error, refusal);
  return FALSE;
}

static gboolean
refuse (OsyErrorCode code, const char *message, GError **error)
{
  g_set_error_literal (error, OSY_ERROR, code, message);
  return FALSE;
}

gboolean
osy_table_work_begin_act (OsyTableWork *work, const OsyTableAct *act, GError **error)
{
  if (!osy_table_work_begin (work, error))
    return FALSE;
  if (!g_hash_table_contains (work->numbers, act->table_id) ||
      (act->to_table != NULL && !g_hash_table_contains (work->numbers, act->to_table)))
    return refuse (OSY_ERROR_NOT_FOUND, "There is no such table.", error);
  if (g_strcmp0 (act->table_id, act->to_table) == 0)
    return refuse (OSY_ERROR_INVALID_REQUEST, "That is the same table.", error);
  return check_version (work, act, error);
}

OsySeatingRow *
osy_table_work_seated (OsyTableWork *work, const OsyTableAct *act, GError **error)
{
  if (!osy_table_work_begin_act (work, act, error))
    return NULL;
  OsySeatingRow *row = osy_table_view_at (work->rows, act->table_id);
  if (row == NULL)
    osy_table_work_refuse (work, act->table_id, "Nobody sits at this table.", error);
  return row;
}

OsySeatingRow *
osy_table_work_touch (OsyTableWork *work, OsyTableChange *change, const OsySeatingRow *row)
{
  OsySeatingRow *after = osy_table_change_add (change, row);

  after->last_act_at = work->now;
  return after;
}

/* ---- carrying out ---- */

/* The open seatings as they are to be. */
static GPtrArray *
rows_after (const OsyTableWork *self, const OsyTableChange *change)
{
  GPtrArray *after = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_seating_row_free);

  for (guint i = 0; i < self->rows->len; i++) {
    const OsySeatingRow *row = self->rows->pdata[i];
    if (osy_table_change_find (change, row->id) == NULL)
      g_ptr_array_add (after, osy_seating_row_copy (row));
  }
  for (guint i = 0; i < change->pairs->len; i++) {
    const OsySeatingPair *pair = change->pairs->pdata[i];
    if (pair->after != NULL && pair->after->ended_at == 0)
      g_ptr_array_add (after, osy_seating_row_copy (pair->after));
  }
  return after;
}

static gboolean
may_stand (OsyTableWork *self, GPtrArray *after, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < after->len; i++) {
    OsySeatingRow *row = after->pdata[i];
    if (!g_hash_table_contains (self->numbers, row->table_id)) {
      g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                           "That table is not on the plan any more.");
      return FALSE;
    }
    if (!g_hash_table_add (taken, row->table_id))
      return osy_table_work_refuse (self, row->table_id, "Somebody sits at that table.", error);
    const OsySeatingRow *root = osy_table_view_root (after, row);
    if (root == NULL || root->merged_into != NULL)
      return osy_table_work_refuse (
          self, row->table_id, "The table it was merged with is cleared or merged anew.", error);
  }
  return TRUE;
}

static void
add_group (GHashTable *tables, GPtrArray *rows, const char *seating_id)
{
  OsySeatingRow *row = osy_table_view_by_id (rows, seating_id);
  OsySeatingRow *root = row != NULL ? osy_table_view_root (rows, row) : NULL;

  for (guint i = 0; root != NULL && i < rows->len; i++)
    if (osy_table_view_root (rows, rows->pdata[i]) == root)
      g_hash_table_add (tables, ((OsySeatingRow *)rows->pdata[i])->table_id);
}

/* Tables that show something else now: those of every group that was touched, before and after. */
static GHashTable *
touched_tables (const OsyTableWork *self, const OsyTableChange *change, GPtrArray *after)
{
  GHashTable *tables = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < change->pairs->len; i++) {
    const OsySeatingPair *pair = change->pairs->pdata[i];
    const char *id = pair->before != NULL ? pair->before->id : pair->after->id;
    add_group (tables, self->rows, id);
    add_group (tables, after, id);
  }
  return tables;
}

static gboolean
tell_tables (OsyTableWork *self, GHashTable *tables, OsyTableDone *done, GError **error)
{
  g_autoptr (GList) ids = g_list_sort (g_hash_table_get_keys (tables), (GCompareFunc)g_strcmp0);

  for (GList *l = ids; l != NULL; l = l->next)
    if (!osy_table_work_tell (self, l->data, error))
      return FALSE;
  g_autoptr (GPtrArray) all = osy_table_view_load (self->tx, NULL, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len;)
    if (g_hash_table_contains (tables, ((OsyTable *)all->pdata[i])->table_id))
      i++;
    else
      g_ptr_array_remove_index (all, i);
  done->tables = g_steal_pointer (&all);
  return TRUE;
}

static gboolean
keep_act (OsyTableWork *self,
          const OsyTableChange *change,
          const char *undoes,
          const char *id,
          GError **error)
{
  g_autoptr (JsonNode) value = osy_table_change_to_json (change);
  const OsyTableActRow act = {id, change->kind, osy_principal_actor (self->call->principal),
                              self->now, value};
  g_autofree char *action =
      g_strdup_printf ("table.%s%s", change->kind, undoes != NULL ? "_undone" : "");
  const OsyAuditEntry entry = {
      .action = action, .object_type = "table_act", .object_id = id, .new_value = value};

  return osy_table_store_add_act (self->tx, &act, error) &&
         (undoes == NULL || osy_table_store_undone (self->tx, undoes, id, error)) &&
         osy_audit_record (self->tx, self->room->ring, self->call, &entry, error);
}

static gboolean
place_party (OsyTableWork *self, const OsyTableChange *change, GError **error)
{
  const OsyPartyStep step = {change->party_type, change->party_id, change->party_from,
                             change->party_to};

  return step.id == NULL || osy_booking_store_step (self->tx, self->call, &step, error);
}

gboolean
osy_table_work_carry_out (OsyTableWork *self,
                          OsyTableChange *change,
                          const char *undoes,
                          OsyTableDone *done,
                          GError **error)
{
  g_autoptr (GPtrArray) after = rows_after (self, change);

  if (!may_stand (self, after, error) || !osy_table_store_write (self->tx, change, error) ||
      !osy_table_places_change (self, after, change, error) || !place_party (self, change, error))
    return FALSE;
  g_autoptr (GHashTable) tables = touched_tables (self, change, after);
  done->act_id = osy_id_new ();
  return keep_act (self, change, undoes, done->act_id, error) &&
         tell_tables (self, tables, done, error);
}
