/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Versions of a menu. What it was is found by taking its changes back one after the other, in
 * memory, each against the menu that it was made on; what then differs from now is one batch. */

#include "osy-menu-history.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-changes.h"
#include "osy-menu-json.h"
#include "osy-menu-store.h"
#include "osy-shop-service.h"

#define DIGITS 16
/* Most changes that are told of one version; how many there were is told besides. */
#define MAX_TOLD 50

/* ---- telling ---- */

typedef struct {
  OsyMenu *from;
  OsyMenu *to;
  gint64 now;
  JsonArray *rows;
  guint count;
} Telling;

static const char *
text_of (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static JsonObject *
add_row (Telling *self, const char *kind, const char *change)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "kind", kind);
  json_object_set_string_member (row, "change", change);
  if (self->count++ < MAX_TOLD)
    json_array_add_object_element (self->rows, row);
  else
    g_clear_pointer (&row, json_object_unref);
  return row;
}

static gboolean
same_member (JsonObject *a, JsonObject *b, const char *name)
{
  JsonNode *one = json_object_get_member (a, name);
  JsonNode *other = json_object_get_member (b, name);

  if (one == NULL || other == NULL)
    return one == other;
  g_autofree char *first = osy_json_print (one);
  g_autofree char *second = osy_json_print (other);
  return g_str_equal (first, second);
}

/* "name" is in "names". */
static JsonArray *
list_members (JsonObject *old, JsonObject *new)
{
  static const char *const members[] = {
      "names",        "prices",  "description",  "origin",      "allergens", "option_group_ids",
      "options",      "min",     "max",          "category_id", "channels",  "visible",
      "kitchen_name", "station", "prep_minutes", "code",        "tax_class", "hours",
      "photo"};
  JsonArray *list = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!same_member (old, new, members[i]))
      json_array_add_string_element (list, members[i]);
  return list;
}

static void
set_row_price (JsonObject *row, const char *name, OsyMenu *menu, const char *id, gint64 now)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, id);
  gint64 won;

  if (item != NULL && osy_menu_price_general (item->prices, now, &won))
    json_object_set_int_member (row, name, won);
}

static void
set_category (JsonObject *row, OsyMenu *menu, const char *id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, id);
  const OsyMenuCategory *category =
      item != NULL ? osy_menu_find_category (menu, item->category_id) : NULL;

  if (category != NULL)
    json_object_set_string_member (row, "category", category->name);
}

static void
tell_changed (Telling *self, JsonObject *row, OsyMenuKind kind, const char *id)
{
  g_autoptr (JsonNode) old = osy_menu_json_write_content (self->from, kind, id);
  g_autoptr (JsonNode) new = osy_menu_json_write_content (self->to, kind, id);
  const char *before = osy_menu_find_entry (self->from, kind, id)->name;

  json_object_set_array_member (
      row, "members", list_members (json_node_get_object (old), json_node_get_object (new)));
  if (g_strcmp0 (before, osy_menu_find_entry (self->to, kind, id)->name) != 0)
    json_object_set_string_member (row, "name_before", before);
  set_row_price (row, "price_before", self->from, id, self->now);
}

static void
tell_entry (Telling *self, const char *name, OsyMenuKind kind, const char *id)
{
  const OsyMenuEntry *old = osy_menu_find_entry (self->from, kind, id);
  const OsyMenuEntry *new = osy_menu_find_entry (self->to, kind, id);

  const OsyMenuEntry *known = new != NULL ? new : old;

  if (known == NULL)
    return;
  JsonObject *row = add_row (self, name,
                             old == NULL   ? "ADDED"
                             : new == NULL ? "DELETED"
                                           : "CHANGED");
  if (row == NULL)
    return;
  json_object_set_string_member (row, "id", id);
  json_object_set_string_member (row, "name", known->name);
  set_category (row, new != NULL ? self->to : self->from, id);
  if (old != NULL && new != NULL)
    tell_changed (self, row, kind, id);
  set_row_price (row, "price", new != NULL ? self->to : self->from, id, self->now);
}

static void
tell_order (Telling *self, JsonObject *change)
{
  JsonObject *row = add_row (self, text_of (change, "of"), "ORDERED");
  const OsyMenuCategory *category =
      osy_menu_find_category (self->to, text_of (change, "category_id"));

  if (row != NULL && category != NULL)
    json_object_set_string_member (row, "name", category->name);
}

static void
tell_change (Telling *self, JsonObject *change)
{
  static const char *const kinds[] = {"category", "item", "option_group"};
  const char *kind = text_of (change, "kind");

  if (g_strcmp0 (kind, "order") == 0)
    tell_order (self, change);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kind, kinds[i]) == 0)
      tell_entry (self, kind, (OsyMenuKind)i, text_of (change, "id"));
}

static JsonArray *
changes_of (JsonNode *changes)
{
  return json_object_get_array_member (json_node_get_object (changes), "changes");
}

/* What @changes did, for people: rows {kind, change, id?, name?, …} of openapi.yaml's MenuTold.
 * @count: (out): how many there are, of which the first are told. Marks are passed over. */
static JsonNode *
tell (OsyMenu *from, OsyMenu *to, JsonNode *changes, gint64 now, guint *count)
{
  Telling self = {from, to, now, json_array_new (), 0};
  JsonArray *list = changes_of (changes);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < json_array_get_length (list); i++)
    tell_change (&self, json_array_get_object_element (list, i));
  *count = self.count;
  json_node_take_array (node, self.rows);
  return node;
}

/* Takes sold-out marks out, in place: the rest keeps those that are there. Returns: how many
 * changes are left. */
static guint
without_marks (JsonNode *changes)
{
  JsonArray *list = changes_of (changes);

  for (guint i = json_array_get_length (list); i-- > 0;)
    if (g_strcmp0 (text_of (json_array_get_object_element (list, i), "kind"), "stop") == 0)
      json_array_remove_element (list, i);
  return json_array_get_length (list);
}

/* ---- keeping ---- */

gboolean
osy_menu_history_keep (OsyMenuWork *self, const OsyMenuNote *note, GError **error)
{
  g_autofree char *printed = osy_json_print (self->undo);
  g_autoptr (JsonNode) own = osy_json_parse (printed, strlen (printed), error);

  if (own == NULL)
    return FALSE;
  if (without_marks (own) == 0)
    return TRUE;
  OsyMenu *old = self->draft->old;
  g_autoptr (JsonNode) redo =
      osy_menu_changes_between (old, self->menu, self->draft->touched, self->now);
  OsyMenuPast past = {.version = osy_menu_version (self->menu),
                      .from_version = osy_menu_version (old),
                      .at = self->now,
                      .actor = osy_principal_actor (self->call->principal),
                      .action = note->action,
                      .restored = note->restored,
                      .undo = own};
  g_autoptr (JsonNode) told = tell (old, self->menu, redo, self->now, &past.count);
  past.told = told;
  return osy_menu_store_keep_version (self->tx, &past, error);
}

/* ---- listing ---- */

static gboolean
set_name (JsonObject *object, OsyDbTx *tx, OsyMenuRoom *room, const char *actor, GError **error)
{
  g_autofree char *name = room->name != NULL ? room->name (tx, room->ring, actor, error) : NULL;

  if (name != NULL)
    json_object_set_string_member (object, "actor_name", name);
  return room->name == NULL || name != NULL;
}

static void
set_time (JsonObject *object, OsyShop *shop, gint64 at)
{
  g_autofree char *text = osy_clock_format (at);
  g_autofree char *day = osy_shop_business_day (shop, at);

  json_object_set_string_member (object, "created_at", text);
  json_object_set_string_member (object, "business_day", day);
}

/* (nullable): NULL with @error */
static JsonObject *
write_row (OsyDbTx *tx,
           OsyMenuRoom *room,
           OsyShop *shop,
           const OsyDbRows *rows,
           guint i,
           GError **error)
{
  JsonObject *object = json_object_new ();
  const char *actor = osy_db_rows_text (rows, i, "actor");
  const char *told = osy_db_rows_text (rows, i, "told");
  JsonNode *changes = osy_json_parse (told, strlen (told), error);

  if (changes == NULL || !set_name (object, tx, room, actor, error)) {
    g_clear_pointer (&changes, json_node_unref);
    json_object_unref (object);
    return NULL;
  }
  json_object_set_int_member (object, "version", osy_db_rows_int (rows, i, "version"));
  json_object_set_int_member (object, "from_version", osy_db_rows_int (rows, i, "from_version"));
  set_time (object, shop, osy_db_rows_time (rows, i, "created_at"));
  json_object_set_string_member (object, "actor", actor);
  json_object_set_string_member (object, "action", osy_db_rows_text (rows, i, "action"));
  if (!osy_db_rows_is_null (rows, i, "restored"))
    json_object_set_int_member (object, "restored", osy_db_rows_int (rows, i, "restored"));
  json_object_set_member (object, "changes", changes);
  json_object_set_int_member (object, "change_count", osy_db_rows_int (rows, i, "told_count"));
  return object;
}

static void
set_next (JsonObject *body, const OsyDbRows *rows, gint64 limit)
{
  if (osy_db_rows_count (rows) > limit) {
    g_autofree char *cursor =
        g_strdup_printf ("%" G_GINT64_FORMAT, osy_db_rows_int (rows, (guint)limit - 1, "version"));
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
}

JsonNode *
osy_menu_history_list (OsyDbTx *tx,
                       const OsyCall *call,
                       OsyMenuRoom *room,
                       const OsyMenuPage *page,
                       GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  g_autoptr (OsyDbRows) rows =
      shop != NULL ? osy_menu_store_list_versions (tx, page->before, page->limit + 1, error) : NULL;
  if (rows == NULL)
    return NULL;
  JsonObject *body = json_object_new ();
  JsonArray *list = json_array_new ();
  g_autoptr (JsonNode) answer = osy_json_take_object (body);
  json_object_set_array_member (body, "versions", list);
  for (guint i = 0; i < MIN (osy_db_rows_count (rows), (guint)page->limit); i++) {
    JsonObject *row = write_row (tx, room, shop, rows, i, error);
    if (row == NULL)
      return NULL;
    json_array_add_object_element (list, row);
  }
  set_next (body, rows, page->limit);
  return g_steal_pointer (&answer);
}

/* ---- back to what was ---- */

/* (transfer full) (nullable): @menu as it was before the change that @undo takes back. */
static OsyMenu *
take_back (OsyMenu *menu, const char *undo, gint64 now, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (undo, strlen (undo), error);

  if (node == NULL)
    return NULL;
  g_autoptr (OsyMenuDraft) draft = osy_menu_draft_new (menu);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  OsyMenuEdit edit = {.draft = draft, .now = now, .restores = TRUE};
  return osy_menu_changes_apply (reader, &edit, error) ? osy_menu_draft_finish (draft, error)
                                                       : NULL;
}

/* Versions that only marked something are not kept: they are like the one before. */
static gboolean
check_known (OsyDbTx *tx, OsyMenu *menu, gint64 version, GError **error)
{
  gint64 newest = osy_menu_version (menu);
  gint64 oldest = -1;

  if (!osy_menu_store_oldest_version (tx, &oldest, error))
    return FALSE;
  if (version <= newest && version >= (oldest >= 0 ? oldest : newest))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                       "What the menu was then is not on record.");
  return FALSE;
}

static OsyMenu *
rewind_to (OsyDbTx *tx, OsyMenu *now_menu, gint64 version, gint64 now, GError **error)
{
  g_autoptr (OsyMenu) menu = g_object_ref (now_menu);

  if (!check_known (tx, menu, version, error))
    return NULL;
  g_autoptr (OsyDbRows) rows = osy_menu_store_undos_after (tx, version, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    g_autoptr (OsyMenu) newer = g_steal_pointer (&menu);
    menu = take_back (newer, osy_db_rows_text (rows, i, "undo"), now, error);
    if (menu == NULL)
      return NULL;
  }
  return g_steal_pointer (&menu);
}

/* Every entry of both may differ. */
static void
touch_all (GHashTable **touched, OsyMenu *menu)
{
  GPtrArray *categories = osy_menu_categories (menu);
  GPtrArray *groups = osy_menu_groups (menu);

  for (guint i = 0; i < groups->len; i++)
    g_hash_table_add (touched[OSY_MENU_GROUP], ((OsyMenuGroup *)groups->pdata[i])->id);
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    g_hash_table_add (touched[OSY_MENU_CATEGORY], category->id);
    for (guint j = 0; j < category->items->len; j++)
      g_hash_table_add (touched[OSY_MENU_ITEM], ((OsyMenuItem *)category->items->pdata[j])->id);
  }
}

static JsonNode *
changes_between (OsyMenu *from, OsyMenu *to, gint64 now)
{
  GHashTable *touched[OSY_MENU_N_KINDS];

  for (guint i = 0; i < OSY_MENU_N_KINDS; i++)
    touched[i] = g_hash_table_new (g_str_hash, g_str_equal);
  touch_all (touched, from);
  touch_all (touched, to);
  JsonNode *changes = osy_menu_changes_between (from, to, touched, now);
  for (guint i = 0; i < OSY_MENU_N_KINDS; i++)
    g_hash_table_unref (touched[i]);
  without_marks (changes);
  return changes;
}

static char *
digest_of (JsonNode *changes)
{
  g_autofree char *text = osy_json_print (changes);
  char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  sum[DIGITS] = '\0';
  return sum;
}

JsonNode *
osy_menu_history_changes_to (OsyDbTx *tx,
                             OsyMenu *menu,
                             gint64 version,
                             const char *expect,
                             GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (OsyMenu) then = rewind_to (tx, menu, version, now, error);

  if (then == NULL)
    return NULL;
  g_autoptr (JsonNode) changes = changes_between (menu, then, now);
  g_autofree char *digest = digest_of (changes);
  if (expect == NULL || g_str_equal (expect, digest))
    return g_steal_pointer (&changes);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                       "The menu was changed meanwhile; compare it again.");
  return NULL;
}

JsonNode *
osy_menu_history_compare (OsyDbTx *tx, const OsyCall *call, gint64 version, GError **error)
{
  gint64 now = osy_clock_now ();
  guint count = 0;

  if (!osy_principal_check (call->principal, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  g_autoptr (OsyMenu) menu = osy_menu_store_load (tx, error);
  g_autoptr (OsyMenu) then = menu != NULL ? rewind_to (tx, menu, version, now, error) : NULL;
  if (then == NULL)
    return NULL;
  g_autoptr (JsonNode) changes = changes_between (menu, then, now);
  g_autofree char *digest = digest_of (changes);
  JsonObject *body = json_object_new ();
  json_object_set_int_member (body, "version", version);
  json_object_set_int_member (body, "current_version", osy_menu_version (menu));
  json_object_set_string_member (body, "expect", digest);
  json_object_set_member (body, "changes", tell (menu, then, changes, now, &count));
  json_object_set_int_member (body, "change_count", count);
  return osy_json_take_object (body);
}
