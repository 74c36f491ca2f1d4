/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of changing a menu: who may, what was seen, and how it is told. */

#include "osy-menu-service.h"

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json-canonical.h"
#include "osy-menu-changes.h"
#include "osy-menu-history.h"
#include "osy-menu-json.h"
#include "osy-menu-store.h"
#include "osy-menu-work.h"
#include "osy-shop-service.h"

static gboolean
not_found (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                       "There is no such entry on the menu.");
  return FALSE;
}

static gboolean
check_version (const OsyMenuChange *change, gint64 version, GError **error)
{
  if (change->if_version == 0 || change->if_version == version)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "It was changed meanwhile; read it again.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), version));
  g_propagate_error (error, refusal);
  return FALSE;
}

/* ---- one entry ---- */

static const char *const object_types[] = {"menu_category", "menu_item", "menu_group"};

/* Writes the draft; tells it as a change of the one entry, and gives it as it is now. */
static gboolean
finish_one (OsyMenuWork *self,
            OsyMenuKind kind,
            const char *id,
            const char *what,
            JsonNode **ret,
            GError **error)
{
  static const char *const verbs[] = {"menu.category", "menu.item", "menu.group"};

  if (!osy_menu_work_finish (self, error))
    return FALSE;
  g_autofree char *action = g_strconcat (verbs[kind], what, NULL);
  g_autoptr (JsonNode) old = osy_menu_json_write_entry (self->draft->old, kind, id, self->now);
  g_autoptr (JsonNode) new = osy_menu_json_write_entry (self->menu, kind, id, self->now);
  OsyMenuNote note = {action, object_types[kind], id, old, new, -1};
  if (!osy_menu_work_note (self, &note, error))
    return FALSE;
  *ret = g_steal_pointer (&new);
  return TRUE;
}

/* Lays the body on a copy of the entry, or on a new one, and puts that. Gives its id. */
static gboolean
put_edited (OsyMenuWork *self, const OsyMenuChange *change, char **id, GError **error)
{
  const OsyMenuEntry *old = osy_menu_find_entry (self->draft->old, change->kind, change->id);
  OsyMenuEdit edit = {.draft = self->draft, .now = self->now, .create = old == NULL};
  OsyMenuEntry *entry =
      old ? osy_menu_entry_copy (change->kind, old) : osy_menu_entry_new (change->kind);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (change->body);

  if (old == NULL)
    entry->id = osy_id_new ();
  osy_menu_edit (&edit, reader, change->kind, entry);
  if (!osy_json_reader_finish (reader, error)) {
    osy_menu_entry_free (change->kind, entry);
    return FALSE;
  }
  *id = g_strdup (entry->id);
  osy_menu_draft_put (self->draft, change->kind, entry, edit.position, "");
  return TRUE;
}

gboolean
osy_menu_service_change (OsyDbTx *tx,
                         const OsyCall *call,
                         OsyMenuRoom *room,
                         const OsyMenuChange *change,
                         JsonNode **ret,
                         GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autofree char *id = NULL;

  if (!osy_menu_work_begin (&self, OSY_PERM_MENU_MANAGE, error))
    return FALSE;
  const OsyMenuEntry *old = osy_menu_find_entry (self.draft->old, change->kind, change->id);
  if (change->id != NULL && old == NULL)
    return not_found (error);
  if (old != NULL && !check_version (change, old->version, error))
    return FALSE;
  if (change->body == NULL) {
    osy_menu_draft_delete (self.draft, change->kind, change->id, "");
    return finish_one (&self, change->kind, change->id, "_deleted", ret, error);
  }
  return put_edited (&self, change, &id, error) &&
         finish_one (&self, change->kind, id, old ? "_updated" : "_created", ret, error);
}

/* ---- sold out ---- */

gint64
osy_menu_business_day_end (gint64 now, const char *zone, int cutoff_minutes)
{
  g_autoptr (GTimeZone) tz = osy_clock_zone (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = tz ? g_date_time_to_timezone (utc, tz) : g_date_time_ref (utc);
  g_autoptr (GDateTime) end = g_date_time_new (
      g_date_time_get_timezone (local), g_date_time_get_year (local), g_date_time_get_month (local),
      g_date_time_get_day_of_month (local), cutoff_minutes / 60, cutoff_minutes % 60, 0);

  if (g_date_time_to_unix (end) * G_USEC_PER_SEC <= now) {
    g_autoptr (GDateTime) next = g_date_time_add_days (end, 1);
    return g_date_time_to_unix (next) * G_USEC_PER_SEC;
  }
  return g_date_time_to_unix (end) * G_USEC_PER_SEC;
}

static gboolean
read_day_end (OsyMenuWork *self, gint64 *ret, GError **error)
{
  g_autoptr (OsyShop) shop =
      osy_shop_service_get (self->tx, osy_db_tx_restaurant (self->tx), error);

  if (shop == NULL)
    return FALSE;
  *ret = osy_menu_business_day_end (self->now, osy_shop_data (shop)->time_zone,
                                    osy_shop_data (shop)->cutoff_minutes);
  return TRUE;
}

static gboolean
settle_stop (OsyMenuWork *self, OsyMenuStop *stop, GError **error)
{
  if (stop->mode == OSY_MENU_SOLD_OUT_TODAY)
    return read_day_end (self, &stop->until, error);
  if (stop->mode != OSY_MENU_SOLD_OUT_UNTIL || stop->until > self->now)
    return TRUE;
  GError *refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "until must lie ahead.");
  osy_error_add_field (refusal, "/until", "OUT_OF_RANGE", "The time must lie ahead.");
  g_propagate_error (error, refusal);
  return FALSE;
}

static const char *
group_of_option (OsyMenu *menu, const char *option_id)
{
  GPtrArray *groups = osy_menu_groups (menu);
  const OsyMenuOption *option = osy_menu_find_option (menu, option_id);

  for (guint i = 0; option != NULL && i < groups->len; i++)
    if (g_ptr_array_find (((OsyMenuGroup *)g_ptr_array_index (groups, i))->options, option, NULL))
      return ((OsyMenuGroup *)g_ptr_array_index (groups, i))->id;
  return NULL;
}

JsonNode *
osy_menu_service_stop (OsyDbTx *tx,
                       const OsyCall *call,
                       OsyMenuRoom *room,
                       const OsyMenuStopping *stopping,
                       GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  OsyMenuStop stop = stopping->stop;
  const char *what = stop.mode == OSY_MENU_FOR_SALE ? "_available" : "_sold_out";
  JsonNode *node = NULL;

  if (!osy_menu_work_begin (&self, OSY_PERM_ORDER_WRITE, error) ||
      !settle_stop (&self, &stop, error))
    return NULL;
  OsyMenuStop *mark = osy_menu_draft_stop (self.draft, stopping->id, stopping->is_option);
  if (mark == NULL) {
    not_found (error);
    return NULL;
  }
  osy_menu_stop_mark (mark, &stop);
  gboolean ok =
      stopping->is_option
          ? finish_one (&self, OSY_MENU_GROUP, group_of_option (self.draft->old, stopping->id),
                        what, &node, error)
          : finish_one (&self, OSY_MENU_ITEM, stopping->id, what, &node, error);
  return ok ? node : NULL;
}

/* ---- many at once ---- */

/* (transfer full) (nullable): the changes that the body asks for. */
static JsonNode *
read_changes (OsyMenuWork *self, const OsyMenuBatch *batch, GError **error)
{
  if (!batch->restores)
    return json_node_ref (batch->body);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (batch->body);
  const char *expect = osy_json_reader_opt_string (reader, "expect", 1, 64);
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return osy_menu_history_changes_to (self->tx, self->draft->old, batch->version, expect, error);
}

static JsonNode *
carry_out (OsyMenuWork *self, const OsyMenuBatch *batch, GError **error)
{
  g_autoptr (JsonNode) body = read_changes (self, batch, error);
  OsyMenuEdit edit = {.draft = self->draft, .now = self->now, .restores = batch->restores};

  if (body == NULL)
    return NULL;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  if (!read_day_end (self, &edit.day_end, error) ||
      !osy_menu_changes_apply (reader, &edit, error) || !osy_menu_work_finish (self, error))
    return NULL;
  g_autoptr (JsonNode) redo =
      osy_menu_changes_between (self->draft->old, self->menu, self->draft->touched, self->now);
  OsyMenuNote note = {batch->restores ? "menu.restored" : "menu.edited",
                      "menu",
                      osy_db_tx_restaurant (self->tx),
                      self->undo,
                      redo,
                      batch->restores ? batch->version : -1};
  if (!osy_menu_work_note (self, &note, error))
    return NULL;
  JsonObject *answer = json_object_new ();
  json_object_set_int_member (answer, "version", osy_menu_version (self->menu));
  json_object_set_member (answer, "undo", g_steal_pointer (&self->undo));
  return osy_json_take_object (answer);
}

/* The key as it is kept: of this caller, and no longer than any other. */
static char *
key_of (const OsyCall *call, const char *key)
{
  const char *user = osy_principal_user_id (call->principal);
  g_autofree char *text = g_strconcat (user ? user : "", " ", key, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

JsonNode *
osy_menu_service_batch (OsyDbTx *tx,
                        const OsyCall *call,
                        OsyMenuRoom *room,
                        OsyMenuBatch *batch,
                        GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autofree char *key = batch->key ? key_of (call, batch->key) : NULL;
  g_autoptr (JsonNode) answer = NULL;
  guint8 sum[32];

  g_autofree char *scope = batch->restores
                               ? g_strdup_printf ("menu.restore %" G_GINT64_FORMAT, batch->version)
                               : g_strdup ("menu.changes");

  osy_json_fingerprint (batch->body, scope, sum);
  g_autoptr (GBytes) fingerprint = g_bytes_new (sum, sizeof sum);
  if (!osy_menu_work_begin (&self, OSY_PERM_MENU_MANAGE, error) ||
      (key != NULL && !osy_menu_store_find_answer (tx, key, fingerprint, &answer, error)))
    return NULL;
  batch->replayed = answer != NULL;
  if (answer != NULL)
    return g_steal_pointer (&answer);
  answer = carry_out (&self, batch, error);
  if (answer == NULL ||
      (key != NULL && !osy_menu_store_keep_answer (tx, key, fingerprint, answer, error)))
    return NULL;
  return g_steal_pointer (&answer);
}

/* ---- rules ---- */

static JsonNode *
write_rules (gboolean origin_required, gint64 version)
{
  JsonObject *object = json_object_new ();

  if (version > 0)
    json_object_set_int_member (object, "version", version);
  json_object_set_boolean_member (object, "origin_required", origin_required);
  return osy_json_take_object (object);
}

JsonNode *
osy_menu_service_set_rules (OsyDbTx *tx,
                            const OsyCall *call,
                            OsyMenuRoom *room,
                            JsonNode *body,
                            GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  gboolean required = osy_json_reader_opt_bool (reader, "origin_required", FALSE);

  if (!osy_json_reader_has (reader, "origin_required"))
    osy_json_reader_fault (reader, "origin_required", "REQUIRED", "Say true or false.");
  if (!osy_json_reader_finish (reader, error) ||
      !osy_menu_work_begin (&self, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  g_autoptr (JsonNode) old = write_rules (self.draft->data->origin_required, 0);
  g_autoptr (JsonNode) new = write_rules (required, 0);
  OsyMenuNote note = {"menu.rules_changed", "menu", osy_db_tx_restaurant (tx), old, new, -1};
  self.draft->data->origin_required = required;
  if (!osy_menu_work_finish (&self, error) || !osy_menu_work_note (&self, &note, error))
    return NULL;
  return write_rules (required, osy_menu_version (self.menu));
}

/* ---- what the stock says ---- */

OsyMenu *
osy_menu_service_load (OsyDbTx *tx, GError **error)
{
  return osy_menu_store_load (tx, error);
}

gboolean
osy_menu_service_lock (OsyDbTx *tx, GError **error)
{
  return osy_menu_store_lock (tx, error);
}

static void
add_left (OsyMenuStock *stock, const OsyMenuLeft *left)
{
  gint64 out = left->out_of_stock ? 1 : 0;

  g_ptr_array_add (left->is_option ? stock->options : stock->items, (char *)left->id);
  if (left->is_option) {
    g_array_append_val (stock->option_outs, out);
    return;
  }
  g_array_append_val (stock->item_outs, out);
  g_array_append_val (stock->lefts, left->left);
}

gboolean
osy_menu_service_set_left (OsyDbTx *tx,
                           const OsyCall *call,
                           OsyMenuRoom *room,
                           GArray *lefts,
                           GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) item_outs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) option_outs = g_array_new (FALSE, FALSE, sizeof (gint64));
  OsyMenuStock stock = {items, numbers, item_outs, options, option_outs};
  gboolean changed = FALSE;

  for (guint i = 0; i < lefts->len; i++)
    add_left (&stock, &g_array_index (lefts, OsyMenuLeft, i));
  if (!osy_menu_store_set_left (tx, &stock, &changed, error))
    return FALSE;
  if (!changed)
    return TRUE;
  self.menu = osy_menu_store_load (tx, error);
  const OsyMenuNote note = {"menu.stock", "menu", osy_db_tx_restaurant (tx), NULL, NULL, -1};
  return self.menu != NULL && osy_menu_work_tell (&self, &note, error);
}

/* ---- reading ---- */

JsonNode *
osy_menu_service_read (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (tx, error);
  OsyMenuView view = {NULL, osy_clock_now (), TRUE};
  return menu ? osy_menu_json_write (menu, &view) : NULL;
}
