/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One gesture, one batch, one step of undo. */

#include "osc-menu-batch.h"

#include "osc-menu-draft.h"
#include "osc-menu-entry.h"
#include "osy-id.h"

static JsonNode *
take_changes (JsonArray *changes)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, changes);
  return node;
}

static void
add_delete (JsonArray *changes, const char *kind, const OsyMenuEntry *entry)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "kind", kind);
  json_object_set_string_member (change, "id", entry->id);
  if (entry->digest != NULL)
    json_object_set_string_member (change, "expect", entry->digest);
  json_object_set_null_member (change, "entry");
  json_array_add_object_element (changes, change);
}

JsonNode *
osc_menu_batch_delete_item (OsyMenu *menu, const char *id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, id);
  JsonArray *changes;

  if (item == NULL)
    return NULL;
  changes = json_array_new ();
  add_delete (changes, OSC_DRAFT_ITEM, &item->head);
  return take_changes (changes);
}

JsonNode *
osc_menu_batch_delete_category (OsyMenu *menu, const char *id)
{
  const OsyMenuCategory *category = osy_menu_find_category (menu, id);
  JsonArray *changes;

  if (category == NULL)
    return NULL;
  changes = json_array_new ();
  for (guint i = 0; i < category->items->len; i++)
    add_delete (changes, OSC_DRAFT_ITEM,
                &((OsyMenuItem *)g_ptr_array_index (category->items, i))->head);
  add_delete (changes, OSC_DRAFT_CATEGORY, &category->head);
  return take_changes (changes);
}

static gboolean
is_taken (const OsyMenuCategory *category, const char *name)
{
  for (guint i = 0; i < category->items->len; i++)
    if (g_strcmp0 (((OsyMenuItem *)g_ptr_array_index (category->items, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

static char *
free_name (const OsyMenuCategory *category, const char *name)
{
  for (guint i = 2;; i++) {
    g_autofree char *wanted = g_strdup_printf ("%s %u", name, i);

    if (!is_taken (category, wanted))
      return g_steal_pointer (&wanted);
  }
}

JsonNode *
osc_menu_batch_copy_item (OsyMenu *menu, const char *id, char **new_id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, id);
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new (menu, OSC_DRAFT_ITEM, id);
  JsonArray *changes = json_array_new ();
  JsonObject *change = json_object_new ();
  JsonObject *entry;

  json_array_add_object_element (changes, change);
  g_autoptr (JsonNode) batch = take_changes (changes);
  if (draft == NULL)
    return NULL;
  g_autofree char *name = free_name (osy_menu_find_category (menu, item->category_id), item->name);
  *new_id = osy_id_new ();
  entry = osc_menu_entry_copy (osc_menu_draft_root (draft));
  osc_menu_entry_set_text (entry, "id", *new_id);
  osc_menu_entry_set_text (entry, "name", name);
  osc_menu_entry_set_text (entry, "code", "");
  json_object_set_string_member (change, "kind", OSC_DRAFT_ITEM);
  json_object_set_string_member (change, "id", *new_id);
  json_object_set_object_member (change, "entry", entry);
  json_object_set_int_member (change, "position", osc_menu_batch_place (menu, id, NULL) + 1);
  return g_steal_pointer (&batch);
}

/* The list that @id stands in. @item: (out): set when it is an item. */
static GPtrArray *
list_of (OsyMenu *menu, const char *id, const OsyMenuItem **item)
{
  *item = osy_menu_find_item (menu, id);
  if (*item != NULL)
    return osy_menu_find_category (menu, (*item)->category_id)->items;
  return osy_menu_find_category (menu, id) != NULL ? osy_menu_categories (menu) : NULL;
}

int
osc_menu_batch_place (OsyMenu *menu, const char *id, guint *of)
{
  const OsyMenuItem *item;
  GPtrArray *list = id != NULL ? list_of (menu, id, &item) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    if (g_strcmp0 (((OsyMenuEntry *)g_ptr_array_index (list, i))->id, id) == 0) {
      if (of != NULL)
        *of = list->len;
      return (int)i;
    }
  return -1;
}

JsonNode *
osc_menu_batch_order (OsyMenu *menu, const char *id, guint to)
{
  const OsyMenuItem *item;
  GPtrArray *list = list_of (menu, id, &item);
  int from = osc_menu_batch_place (menu, id, NULL);
  JsonArray *changes;
  JsonObject *change;

  if (from < 0 || to >= list->len || (guint)from == to)
    return NULL;
  g_autoptr (GPtrArray) order = g_ptr_array_copy (list, NULL, NULL);
  gpointer moved = g_ptr_array_index (order, from);
  change = json_object_new ();
  changes = json_array_new ();
  g_ptr_array_set_free_func (order, NULL);
  g_ptr_array_remove_index (order, (guint)from);
  g_ptr_array_insert (order, (int)to, moved);
  json_object_set_string_member (change, "kind", "order");
  json_object_set_string_member (change, "of", item != NULL ? OSC_DRAFT_ITEM : OSC_DRAFT_CATEGORY);
  if (item != NULL)
    json_object_set_string_member (change, "category_id", item->category_id);
  for (guint i = 0; i < order->len; i++)
    json_array_add_string_element (osc_menu_entry_list (change, "ids"),
                                   ((OsyMenuEntry *)g_ptr_array_index (order, i))->id);
  json_array_add_object_element (changes, change);
  return take_changes (changes);
}

JsonNode *
osc_menu_batch_move_item (OsyMenu *menu, const char *id, const char *category_id)
{
  g_autoptr (OscMenuDraft) draft = osc_menu_draft_new (menu, OSC_DRAFT_ITEM, id);

  if (draft == NULL || osy_menu_find_category (menu, category_id) == NULL)
    return NULL;
  osc_menu_entry_set_text (osc_menu_draft_root (draft), "category_id", category_id);
  return osc_menu_draft_is_dirty (draft) ? osc_menu_draft_changes (draft) : NULL;
}
