/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What every change of a menu has in common: one at a time, one version, one audit row, one event,
 * and word to the cache. */

#include "osy-menu-work.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-menu-changes.h"
#include "osy-menu-history.h"
#include "osy-menu-photo.h"
#include "osy-menu-store.h"

void
osy_menu_work_clear (OsyMenuWork *self)
{
  g_clear_pointer (&self->draft, osy_menu_draft_free);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->undo, json_node_unref);
}

gboolean
osy_menu_work_begin (OsyMenuWork *self, OsyPermission permission, GError **error)
{
  self->now = osy_clock_now ();
  if (osy_db_tx_restaurant (self->tx) == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
    return FALSE;
  }
  if (!osy_principal_check (self->call->principal, permission, error) ||
      !osy_menu_store_lock (self->tx, error))
    return FALSE;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (self->tx, error);
  if (menu == NULL)
    return FALSE;
  self->draft = osy_menu_draft_new (menu);
  return TRUE;
}

gboolean
osy_menu_work_finish (OsyMenuWork *self, GError **error)
{
  self->menu = osy_menu_draft_finish (self->draft, error);
  if (self->menu == NULL || !osy_menu_photo_check (self->tx, self->draft, self->menu, error) ||
      !osy_menu_store_write (self->tx, self->draft, self->menu, self->now, error))
    return FALSE;
  self->undo =
      osy_menu_changes_between (self->menu, self->draft->old, self->draft->touched, self->now);
  return TRUE;
}

/* ---- word to others ---- */

typedef struct {
  OsyMenuCache *cache;
  OsyMenu *menu;
} Handover;

static void
handover_free (gpointer data)
{
  Handover *handover = data;

  g_object_unref (handover->cache);
  g_object_unref (handover->menu);
  g_free (handover);
}

static gboolean
hand_over_cb (gpointer data)
{
  Handover *handover = data;

  osy_menu_cache_take (handover->cache, handover->menu);
  return G_SOURCE_REMOVE;
}

static gboolean
emit_changed (OsyMenuWork *self, const OsyMenuNote *note, GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  OsyEventDraft draft = {.type = "menu.changed",
                         .aggregate_type = "menu",
                         .aggregate_id = osy_db_tx_restaurant (self->tx),
                         .aggregate_seq = osy_menu_version (self->menu),
                         .payload = payload};

  json_object_set_int_member (object, "version", osy_menu_version (self->menu));
  json_object_set_string_member (object, "change", note->action);
  json_object_set_string_member (object, "object_type", note->object_type);
  json_object_set_string_member (object, "object_id", note->object_id);
  return osy_event_emit (self->tx, self->call, &draft, error);
}

gboolean
osy_menu_work_tell (OsyMenuWork *self, const OsyMenuNote *note, GError **error)
{
  if (!emit_changed (self, note, error))
    return FALSE;
  if (self->room->cache != NULL) {
    Handover *handover = g_new0 (Handover, 1);
    handover->cache = g_object_ref (self->room->cache);
    handover->menu = g_object_ref (self->menu);
    osy_db_tx_on_commit (self->tx, hand_over_cb, handover, handover_free);
  }
  return TRUE;
}

gboolean
osy_menu_work_note (OsyMenuWork *self, const OsyMenuNote *note, GError **error)
{
  OsyAuditEntry entry = {note->action, note->object_type, note->object_id, note->old_value,
                         note->new_value};

  return osy_menu_history_keep (self, note, error) &&
         osy_audit_record (self->tx, self->room->ring, self->call, &entry, error) &&
         osy_menu_work_tell (self, note, error);
}
