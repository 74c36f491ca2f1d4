/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of the plan: it changes while the service runs, and nobody's table goes from under them. */

#include "osy-floor-service.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-floor-changes.h"
#include "osy-floor-store.h"
#include "osy-picture.h"
#include "osy-table-store.h"

OsyFloorPlan *
osy_floor_service_read (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_floor_store_load (tx, error);
}

/* ---- tables in use ---- */

static JsonArray *
tables_lost (OsyDbTx *tx, const OsyFloorPlan *was, const OsyFloorPlan *now, GError **error)
{
  g_autoptr (OsyDbRows) taken = osy_table_store_taken (tx, error);

  if (taken == NULL)
    return NULL;
  JsonArray *lost = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (taken); i++) {
    const char *id = osy_db_rows_text (taken, i, "table_id");
    const OsyPiece *old = osy_floor_plan_piece (was, id);
    const OsyPiece *piece = osy_floor_plan_piece (now, id);
    if (old != NULL && (piece == NULL || piece->number == NULL))
      json_array_add_string_element (lost, old->number);
  }
  return lost;
}

static gboolean
check_in_use (OsyDbTx *tx, const OsyFloorPlan *was, const OsyFloorPlan *now, GError **error)
{
  JsonArray *lost = tables_lost (tx, was, now, error);

  if (lost == NULL)
    return FALSE;
  JsonNode *tables = json_node_new (JSON_NODE_ARRAY);
  guint n = json_array_get_length (lost);
  g_autofree char *first = n > 0 ? g_strdup (json_array_get_string_element (lost, 0)) : NULL;
  json_node_take_array (tables, lost);
  if (n == 0) {
    json_node_unref (tables);
    return TRUE;
  }
  GError *refusal = g_error_new (OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                                 "Somebody sits at table %s; it can go once it is cleared.", first);
  osy_error_set_extra (refusal, "tables", tables);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* ---- changing ---- */

static gboolean
tell (OsyDbTx *tx,
      const OsyCall *call,
      OsyTableContext *room,
      const OsyAuditEntry *entry,
      gint64 version,
      GError **error)
{
  const OsyEventDraft draft = {.type = "floor.changed",
                               .aggregate_type = "floor",
                               .aggregate_id = osy_db_tx_restaurant (tx),
                               .aggregate_seq = version};

  return osy_audit_record (tx, room->ring, call, entry, error) &&
         osy_event_emit (tx, call, &draft, error);
}

JsonNode *
osy_floor_service_change (OsyDbTx *tx,
                          const OsyCall *call,
                          OsyTableContext *room,
                          JsonNode *body,
                          GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  if (!osy_principal_check (call->principal, OSY_PERM_TABLE_MANAGE, error) ||
      !osy_floor_store_lock (tx, error))
    return NULL;
  g_autoptr (OsyFloorPlan) was = osy_floor_store_load (tx, error);
  if (was == NULL)
    return NULL;
  g_autoptr (OsyFloorPlan) now = osy_floor_plan_copy (was);
  if (!osy_floor_changes_apply (reader, now, error) || !check_in_use (tx, was, now, error) ||
      !osy_floor_store_write (tx, was, now, error))
    return NULL;
  g_autoptr (JsonNode) undo = osy_floor_changes_between (now, was);
  const OsyAuditEntry entry = {"floor.changed", "floor", osy_db_tx_restaurant (tx), undo, body};
  if (!tell (tx, call, room, &entry, now->version, error))
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_int_member (answer, "version", now->version);
  json_object_set_member (answer, "undo", g_steal_pointer (&undo));
  return osy_json_take_object (answer);
}

/* ---- the picture ---- */

static gboolean
check_floor (const OsyFloorPlan *plan, const char *floor_id, GError **error)
{
  if (osy_floor_plan_floor (plan, floor_id) != NULL)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such floor.");
  return FALSE;
}

static gboolean
store_photo (OsyDbTx *tx, const char *floor_id, GBytes *content, GError **error)
{
  gboolean deleted = FALSE;

  if (content != NULL)
    return osy_floor_store_put_photo (tx, floor_id, osy_floor_photo_type (content), content,
                                      osy_clock_now (), error);
  if (!osy_floor_store_delete_photo (tx, floor_id, &deleted, error))
    return FALSE;
  if (!deleted)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "This floor has no picture.");
  return deleted;
}

gboolean
osy_floor_service_put_photo (OsyDbTx *tx,
                             const OsyCall *call,
                             OsyTableContext *room,
                             const char *floor_id,
                             GBytes *content,
                             GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_TABLE_MANAGE, error) ||
      !osy_floor_store_lock (tx, error))
    return FALSE;
  g_autoptr (OsyFloorPlan) plan = osy_floor_store_load (tx, error);
  if (plan == NULL || !check_floor (plan, floor_id, error) ||
      !store_photo (tx, floor_id, content, error))
    return FALSE;
  g_autoptr (OsyFloorPlan) now = osy_floor_plan_copy (plan);
  now->version++;
  const OsyAuditEntry entry = {.action =
                                   content != NULL ? "floor.photo_put" : "floor.photo_deleted",
                               .object_type = "floor",
                               .object_id = floor_id};
  return osy_floor_store_write (tx, plan, now, error) &&
         tell (tx, call, room, &entry, now->version, error);
}

/* The bounds keep what decodes it later from running out of memory. */
const char *
osy_floor_photo_type (GBytes *content)
{
  OsyPicture picture;

  return g_bytes_get_size (content) <= OSY_FLOOR_PHOTO_MAX &&
                 osy_picture_look (content, &picture) && picture.width <= OSY_FLOOR_PHOTO_SIDE &&
                 picture.height <= OSY_FLOOR_PHOTO_SIDE
             ? picture.type
             : NULL;
}
