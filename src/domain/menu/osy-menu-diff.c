/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Writes what makes one menu of another as a batch of changes: how every change of a menu gets its
 * inverse. It is made of the two menus alone, whatever steps led from one to the other. */

#include "osy-menu-changes.h"

#include "osy-clock.h"
#include "osy-menu-json.h"

typedef struct {
  OsyMenu *from;
  OsyMenu *to;
  GHashTable *const *touched;
  gint64 now;
  JsonArray *changes;
} Diff;

static char *
digest (const char *text)
{
  char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  sum[16] = '\0';
  return sum;
}

char *
osy_menu_changes_expect_list (GPtrArray *entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    g_string_append_printf (text, "%s\n", ((OsyMenuEntry *)g_ptr_array_index (entries, i))->id);
  return digest (text->str);
}

char *
osy_menu_changes_expect_stop (const OsyMenuStop *stop)
{
  g_autofree char *text =
      g_strdup_printf ("%s %" G_GINT64_FORMAT, osy_menu_stop_name (stop->mode), stop->until);

  return digest (text);
}

static JsonObject *
add_change (Diff *self, const char *kind)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind);
  json_array_add_object_element (self->changes, object);
  return object;
}

/* ---- entries ---- */

static const char *const kinds[] = {"category", "item", "option_group"};

static const char *
digest_in (JsonNode *entry)
{
  return entry ? json_object_get_string_member (json_node_get_object (entry), "digest") : NULL;
}

/* Position counts only where the entry is new in its list; else it is where it is, or is ordered.
 */
static void
diff_entry (Diff *self, OsyMenuKind kind, const char *id, gint64 position)
{
  g_autoptr (JsonNode) old = osy_menu_json_write_entry (self->from, kind, id, self->now);
  g_autoptr (JsonNode) new = osy_menu_json_write_entry (self->to, kind, id, self->now);

  if (g_strcmp0 (digest_in (old), digest_in (new)) == 0)
    return;
  JsonObject *change = add_change (self, kinds[kind]);
  json_object_set_string_member (change, "id", id);
  if (old != NULL)
    json_object_set_string_member (change, "expect", digest_in (old));
  if (old == NULL && position >= 0)
    json_object_set_int_member (change, "position", position);
  if (new != NULL)
    json_object_set_member (change, "entry", g_steal_pointer (&new));
  else
    json_object_set_null_member (change, "entry");
}

static void
diff_deleted (Diff *self, OsyMenuKind kind)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->touched[kind]);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (osy_menu_find_entry (self->to, kind, id) == NULL)
      diff_entry (self, kind, id, -1);
}

/* Those that are there, in their order: who is put at its place then finds all before it. */
static void
diff_list (Diff *self, OsyMenuKind kind, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++) {
    const OsyMenuEntry *entry = g_ptr_array_index (list, i);
    if (g_hash_table_contains (self->touched[kind], entry->id))
      diff_entry (self, kind, entry->id, i);
  }
}

/* ---- orders ---- */

/* The list as it is once the entries are deleted and put: what was, without who is deleted, and
 * with who is new at its place. */
static gboolean
falls_into_place (Diff *self, OsyMenuKind kind, GPtrArray *from, GPtrArray *to)
{
  guint at = 0;

  for (guint i = 0; i < to->len; i++) {
    const OsyMenuEntry *entry = g_ptr_array_index (to, i);
    if (osy_menu_find_entry (self->from, kind, entry->id) == NULL)
      continue;
    while (at < from->len &&
           osy_menu_find_entry (self->to, kind,
                                ((OsyMenuEntry *)g_ptr_array_index (from, at))->id) == NULL)
      at++;
    if (at == from->len ||
        g_strcmp0 (((OsyMenuEntry *)g_ptr_array_index (from, at++))->id, entry->id) != 0)
      return FALSE;
  }
  for (; at < from->len; at++)
    if (osy_menu_find_entry (self->to, kind, ((OsyMenuEntry *)g_ptr_array_index (from, at))->id) !=
        NULL)
      return FALSE;
  return TRUE;
}

/* @category_id: (nullable): whose items; NULL for the categories */
static void
diff_order (Diff *self, const char *category_id, GPtrArray *from, GPtrArray *to)
{
  OsyMenuKind kind = category_id ? OSY_MENU_ITEM : OSY_MENU_CATEGORY;

  if (falls_into_place (self, kind, from, to))
    return;
  g_autofree char *expect = osy_menu_changes_expect_list (from);
  JsonObject *change = add_change (self, "order");
  JsonArray *ids = json_array_new ();
  json_object_set_string_member (change, "of", kinds[kind]);
  if (category_id != NULL)
    json_object_set_string_member (change, "category_id", category_id);
  json_object_set_string_member (change, "expect", expect);
  for (guint i = 0; i < to->len; i++)
    json_array_add_string_element (ids, ((OsyMenuEntry *)g_ptr_array_index (to, i))->id);
  json_object_set_array_member (change, "ids", ids);
}

/* ---- sold-out marks ---- */

static void
diff_stop (Diff *self,
           const char *member,
           const char *id,
           const OsyMenuStop *from,
           const OsyMenuStop *to)
{
  if (from->mode == to->mode && from->until == to->until)
    return;
  g_autofree char *expect = osy_menu_changes_expect_stop (from);
  gboolean stopped = osy_menu_mark_at (to, self->now);
  JsonObject *change = add_change (self, "stop");
  json_object_set_string_member (change, member, id);
  json_object_set_string_member (change, "expect", expect);
  json_object_set_string_member (change, "mode",
                                 osy_menu_stop_name (stopped ? to->mode : OSY_MENU_FOR_SALE));
  if (stopped && to->until > 0) {
    g_autofree char *until = osy_clock_format (to->until);
    json_object_set_string_member (change, "until", until);
  }
}

static void
diff_item_stops (Diff *self, const OsyMenuCategory *category)
{
  for (guint i = 0; i < category->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);
    const OsyMenuItem *old = osy_menu_find_item (self->from, item->id);
    if (old != NULL)
      diff_stop (self, "item_id", item->id, &old->stop, &item->stop);
  }
}

/* An option that another group has now comes with its mark. */
static void
diff_option_stops (Diff *self, const OsyMenuGroup *group)
{
  const OsyMenuGroup *old_group = osy_menu_find_group (self->from, group->id);

  for (guint i = 0; old_group != NULL && i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    const OsyMenuOption *old = osy_menu_find_option (self->from, option->id);
    if (old != NULL && g_ptr_array_find (old_group->options, old, NULL))
      diff_stop (self, "option_id", option->id, &old->stop, &option->stop);
  }
}

JsonNode *
osy_menu_changes_between (OsyMenu *from, OsyMenu *to, GHashTable *const *touched, gint64 now)
{
  Diff self = {from, to, touched, now, json_array_new ()};
  GPtrArray *categories = osy_menu_categories (to);
  GPtrArray *groups = osy_menu_groups (to);
  JsonObject *object = json_object_new ();

  for (guint kind = 0; kind < OSY_MENU_N_KINDS; kind++)
    diff_deleted (&self, (OsyMenuKind)kind);
  diff_list (&self, OSY_MENU_CATEGORY, categories);
  diff_list (&self, OSY_MENU_GROUP, groups);
  for (guint i = 0; i < categories->len; i++)
    diff_list (&self, OSY_MENU_ITEM, ((OsyMenuCategory *)g_ptr_array_index (categories, i))->items);
  diff_order (&self, NULL, osy_menu_categories (from), categories);
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    const OsyMenuCategory *old = osy_menu_find_category (from, category->id);
    if (old != NULL)
      diff_order (&self, category->id, old->items, category->items);
    diff_item_stops (&self, category);
  }
  for (guint i = 0; i < groups->len; i++)
    diff_option_stops (&self, g_ptr_array_index (groups, i));
  json_object_set_array_member (object, "changes", self.changes);
  return osy_json_take_object (object);
}
