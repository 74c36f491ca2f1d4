/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What goes with every change of a menu: an audit row, an event, and word to the cache. */

#include "osy-audit-service.h"
#include "osy-event-service.h"
#include "osy-menu-service.h"

typedef struct {
  OsyMenuCache *cache;
  char *restaurant_id;
} Invalidation;

static void
invalidation_free (gpointer data)
{
  Invalidation *invalidation = data;

  g_object_unref (invalidation->cache);
  g_free (invalidation->restaurant_id);
  g_free (invalidation);
}

static gboolean
invalidate_cb (gpointer data)
{
  Invalidation *invalidation = data;

  osy_menu_cache_invalidate (invalidation->cache, invalidation->restaurant_id);
  return G_SOURCE_REMOVE;
}

static gboolean
emit_changed (OsyDbTx *tx, const OsyCall *call, const OsyMenuNote *note, GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = json_node_new (JSON_NODE_OBJECT);
  OsyEventDraft draft = {.type = "menu.changed",
                         .aggregate_type = "menu",
                         .aggregate_id = osy_db_tx_restaurant (tx),
                         .aggregate_seq = note->version,
                         .payload = payload};

  json_object_set_int_member (object, "version", note->version);
  json_object_set_string_member (object, "change", note->action);
  json_object_set_string_member (object, "object_type", note->object_type);
  json_object_set_string_member (object, "object_id", note->object_id);
  json_node_take_object (payload, object);
  return osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_menu_note_change (OsyDbTx *tx,
                      const OsyCall *call,
                      OsyMenuRoom *room,
                      const OsyMenuNote *note,
                      GError **error)
{
  OsyAuditEntry entry = {note->action, note->object_type, note->object_id, note->old_value,
                         note->new_value};

  if (!osy_audit_record (tx, room->ring, call, &entry, error) ||
      !emit_changed (tx, call, note, error))
    return FALSE;
  if (room->cache != NULL) {
    Invalidation *invalidation = g_new0 (Invalidation, 1);
    invalidation->cache = g_object_ref (room->cache);
    invalidation->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
    osy_db_tx_on_commit (tx, invalidate_cb, invalidation, invalidation_free);
  }
  return TRUE;
}
