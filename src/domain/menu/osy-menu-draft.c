/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu being changed in memory. Entries keep their address while they are written over, so that
 * who names a group by pointer goes on doing so. */

#include "osy-menu-draft.h"

#include <string.h>

#include "osy-error.h"

static const gsize sizes[] = {sizeof (OsyMenuCategory), sizeof (OsyMenuItem),
                              sizeof (OsyMenuGroup)};

/* ---- copying a menu ---- */

static void
index_entry (OsyMenuDraft *self, OsyMenuKind kind, gpointer entry)
{
  g_hash_table_insert (self->entries[kind], ((OsyMenuEntry *)entry)->id, entry);
}

/* Groups named by pointer become this draft's own of the same ids. One that was deleted meanwhile
 * stays named, and is found out in the end. */
static void
relink (OsyMenuDraft *self, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    gpointer own = osy_menu_draft_find (self, OSY_MENU_GROUP, group->id);
    if (own != NULL)
      g_ptr_array_index (groups, i) = own;
  }
}

static int
by_channel_and_time (gconstpointer a, gconstpointer b)
{
  const OsyMenuPrice *one = *(const OsyMenuPrice *const *)a;
  const OsyMenuPrice *other = *(const OsyMenuPrice *const *)b;
  int order = g_strcmp0 (one->channel, other->channel);

  if (order == 0)
    order = (one->valid_from > other->valid_from) - (one->valid_from < other->valid_from);
  return order != 0 ? order : osy_week_window_compare (&one->window, &other->window);
}

/* Makes lists of @entry this draft's own, and alike whoever wrote them: prices in the order in
 * which the tables give them. */
static void
adopt (OsyMenuDraft *self, OsyMenuKind kind, gpointer entry)
{
  if (kind == OSY_MENU_ITEM) {
    relink (self, ((OsyMenuItem *)entry)->groups);
    g_ptr_array_sort (((OsyMenuItem *)entry)->prices, by_channel_and_time);
  }
  if (kind != OSY_MENU_GROUP)
    return;
  GPtrArray *options = ((OsyMenuGroup *)entry)->options;
  for (guint i = 0; i < options->len; i++) {
    OsyMenuOption *option = g_ptr_array_index (options, i);
    relink (self, option->groups);
    g_ptr_array_sort (option->prices, by_channel_and_time);
  }
}

static void
copy_category (OsyMenuDraft *self, const OsyMenuCategory *old)
{
  OsyMenuCategory *category = osy_menu_category_copy (old);

  g_ptr_array_add (self->data->categories, category);
  index_entry (self, OSY_MENU_CATEGORY, category);
  for (guint i = 0; i < old->items->len; i++) {
    OsyMenuItem *item = osy_menu_item_copy (g_ptr_array_index (old->items, i));
    g_ptr_array_add (category->items, item);
    index_entry (self, OSY_MENU_ITEM, item);
    adopt (self, OSY_MENU_ITEM, item);
  }
}

OsyMenuDraft *
osy_menu_draft_new (OsyMenu *menu)
{
  OsyMenuDraft *self = g_new0 (OsyMenuDraft, 1);
  GPtrArray *groups = osy_menu_groups (menu);
  GPtrArray *categories = osy_menu_categories (menu);

  self->old = g_object_ref (menu);
  self->data = osy_menu_data_new (osy_menu_restaurant_id (menu), osy_menu_version (menu) + 1);
  self->data->time_zone = g_strdup (osy_menu_clock (menu).zone);
  self->data->cutoff_minutes = osy_menu_clock (menu).cutoff;
  self->data->origin_required = osy_menu_origin_required (menu);
  for (guint kind = 0; kind < OSY_MENU_N_KINDS; kind++) {
    self->entries[kind] = g_hash_table_new (g_str_hash, g_str_equal);
    self->touched[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    self->loose[kind] = g_ptr_array_new ();
  }
  for (guint i = 0; i < groups->len; i++) {
    g_ptr_array_add (self->data->groups, osy_menu_group_copy (g_ptr_array_index (groups, i)));
    index_entry (self, OSY_MENU_GROUP, g_ptr_array_index (self->data->groups, i));
  }
  for (guint i = 0; i < groups->len; i++)
    adopt (self, OSY_MENU_GROUP, g_ptr_array_index (self->data->groups, i));
  for (guint i = 0; i < categories->len; i++)
    copy_category (self, g_ptr_array_index (categories, i));
  return self;
}

void
osy_menu_draft_free (OsyMenuDraft *self)
{
  if (self == NULL)
    return;
  for (guint kind = 0; kind < OSY_MENU_N_KINDS; kind++) {
    g_hash_table_unref (self->entries[kind]);
    g_hash_table_unref (self->touched[kind]);
    for (guint i = 0; i < self->loose[kind]->len; i++)
      osy_menu_entry_free ((OsyMenuKind)kind, g_ptr_array_index (self->loose[kind], i));
    g_ptr_array_unref (self->loose[kind]);
  }
  g_clear_pointer (&self->data, osy_menu_data_free);
  g_object_unref (self->old);
  g_free (self);
}

/* ---- entries ---- */

OsyMenuEntry *
osy_menu_draft_find (OsyMenuDraft *self, OsyMenuKind kind, const char *id)
{
  return id ? g_hash_table_lookup (self->entries[kind], id) : NULL;
}

static OsyMenuCategory *
find_category (OsyMenuDraft *self, const char *id)
{
  return (OsyMenuCategory *)osy_menu_draft_find (self, OSY_MENU_CATEGORY, id);
}

/* Where @entry belongs; the items of a deleted category have no such list. */
static GPtrArray *
home_of (OsyMenuDraft *self, OsyMenuKind kind, gconstpointer entry)
{
  if (kind != OSY_MENU_ITEM)
    return kind == OSY_MENU_GROUP ? self->data->groups : self->data->categories;
  const OsyMenuCategory *category = find_category (self, ((const OsyMenuItem *)entry)->category_id);
  return category ? category->items : NULL;
}

/* The list that holds @entry. */
static GPtrArray *
list_of (OsyMenuDraft *self, OsyMenuKind kind, gconstpointer entry)
{
  GPtrArray *home = home_of (self, kind, entry);
  GPtrArray *deleted = self->loose[OSY_MENU_CATEGORY];

  if (home != NULL && g_ptr_array_find (home, entry, NULL))
    return home;
  for (guint i = 0; kind == OSY_MENU_ITEM && i < deleted->len; i++) {
    GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (deleted, i))->items;
    if (g_ptr_array_find (items, entry, NULL))
      return items;
  }
  return self->loose[kind];
}

void
osy_menu_draft_announce (OsyMenuDraft *self, OsyMenuKind kind, const char *id)
{
  if (osy_menu_draft_find (self, kind, id) != NULL)
    return;
  OsyMenuEntry *entry = osy_menu_entry_new (kind);
  entry->id = g_strdup (id);
  g_ptr_array_add (self->loose[kind], entry);
  index_entry (self, kind, entry);
}

static void
swap (gpointer a, gpointer b, gsize size)
{
  g_autofree void *kept = g_memdup2 (a, size);

  memcpy (a, b, size);
  memcpy (b, kept, size);
}

/* Gives @have the content of @entry, and the other way round. */
static void
write_over (OsyMenuKind kind, OsyMenuEntry *have, OsyMenuEntry *entry)
{
  swap (have, entry, sizes[kind]);
  /* A category's items are nobody's but its own. */
  if (kind == OSY_MENU_CATEGORY)
    swap (&((OsyMenuCategory *)have)->items, &((OsyMenuCategory *)entry)->items,
          sizeof (GPtrArray *));
}

static void
move (GPtrArray *from, GPtrArray *to, gpointer entry, gint64 position)
{
  guint at;

  if ((from == to && position < 0) || !g_ptr_array_find (from, entry, &at))
    return;
  g_ptr_array_steal_index (from, at);
  g_ptr_array_insert (to, position >= 0 ? (int)MIN (position, (gint64)to->len) : -1, entry);
}

static void
touch (OsyMenuDraft *self, OsyMenuKind kind, const char *id, const char *where)
{
  g_hash_table_insert (self->touched[kind], g_strdup (id), g_strdup (where));
}

void
osy_menu_draft_put (OsyMenuDraft *self,
                    OsyMenuKind kind,
                    OsyMenuEntry *entry,
                    gint64 position,
                    const char *where)
{
  osy_menu_draft_announce (self, kind, entry->id);
  OsyMenuEntry *have = osy_menu_draft_find (self, kind, entry->id);
  GPtrArray *from = list_of (self, kind, have);
  gint64 version = from == self->loose[kind] ? 1 : have->version + 1;

  write_over (kind, have, entry);
  have->version = version;
  adopt (self, kind, have);
  touch (self, kind, have->id, where);
  g_hash_table_replace (self->entries[kind], have->id, have);
  GPtrArray *home = home_of (self, kind, have);
  move (from, home ? home : from, have, position);
  osy_menu_entry_free (kind, entry);
}

void
osy_menu_draft_delete (OsyMenuDraft *self, OsyMenuKind kind, const char *id, const char *where)
{
  OsyMenuEntry *entry = osy_menu_draft_find (self, kind, id);

  g_return_if_fail (entry != NULL);
  touch (self, kind, id, where);
  move (list_of (self, kind, entry), self->loose[kind], entry, -1);
  g_hash_table_remove (self->entries[kind], id);
}

gboolean
osy_menu_draft_order (OsyMenuDraft *self, const char *category_id, GPtrArray *ids)
{
  OsyMenuKind kind = category_id ? OSY_MENU_ITEM : OSY_MENU_CATEGORY;
  const OsyMenuCategory *category = find_category (self, category_id);
  GPtrArray *list = category ? category->items : self->data->categories;
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  if ((category_id != NULL && category == NULL) || ids->len != list->len)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    gpointer entry = osy_menu_draft_find (self, kind, g_ptr_array_index (ids, i));
    if (entry == NULL || g_ptr_array_find (sorted, entry, NULL) ||
        !g_ptr_array_find (list, entry, NULL))
      return FALSE;
    g_ptr_array_add (sorted, entry);
  }
  if (sorted->len > 0)
    memcpy (list->pdata, sorted->pdata, sorted->len * sizeof (gpointer));
  return TRUE;
}

OsyMenuStop *
osy_menu_draft_stop (OsyMenuDraft *self, const char *id, gboolean is_option)
{
  OsyMenuItem *item = (OsyMenuItem *)osy_menu_draft_find (self, OSY_MENU_ITEM, id);

  if (!is_option)
    return item ? &item->stop : NULL;
  for (guint i = 0; i < self->data->groups->len; i++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (self->data->groups, i))->options;
    for (guint j = 0; j < options->len; j++) {
      OsyMenuOption *option = g_ptr_array_index (options, j);
      if (g_strcmp0 (option->id, id) == 0)
        return &option->stop;
    }
  }
  return NULL;
}

/* ---- whether it is a menu ---- */

static gboolean
conflict (const char *where,
          const char *member,
          const char *code,
          const char *detail,
          GError **error)
{
  g_autofree char *pointer = g_strconcat (where ? where : "", member, NULL);
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_CONFLICT, detail);

  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* What only one entry may have. */
typedef struct {
  OsyMenuKind kind;
  const char *member;
  const char *detail;
} Single;

static const Single category_name = {OSY_MENU_CATEGORY, "/name", "Another category has this name."};
static const Single item_name = {OSY_MENU_ITEM, "/name",
                                 "Another item of this category has this name."};
static const Single item_code = {OSY_MENU_ITEM, "/code", "Another item has this code."};

/* @seen: text → id of the entry that has it. */
static gboolean
check_single (OsyMenuDraft *self,
              GHashTable *seen,
              const Single *single,
              const char *text,
              const char *id,
              GError **error)
{
  const char *first = g_hash_table_lookup (seen, text);
  GHashTable *touched = self->touched[single->kind];

  if (first == NULL) {
    g_hash_table_insert (seen, (gpointer)text, (gpointer)id);
    return TRUE;
  }
  const char *where = g_hash_table_lookup (touched, id);
  return conflict (where ? where : g_hash_table_lookup (touched, first), single->member, "TAKEN",
                   single->detail, error);
}

static gboolean
check_groups (OsyMenuDraft *self, GPtrArray *groups, GError **error)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    if (osy_menu_draft_find (self, OSY_MENU_GROUP, group->id) == NULL)
      return conflict (g_hash_table_lookup (self->touched[OSY_MENU_GROUP], group->id), "/id",
                       "IN_USE", "The option group is still in use; take it off first.", error);
  }
  return TRUE;
}

static gboolean
check_items (OsyMenuDraft *self, GPtrArray *items, GHashTable *codes, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (items, i);
    if (!check_single (self, names, &item_name, item->name, item->id, error) ||
        (item->code != NULL &&
         !check_single (self, codes, &item_code, item->code, item->id, error)) ||
        !check_groups (self, item->groups, error))
      return FALSE;
  }
  return TRUE;
}

/* (nullable): the first item that offers @group itself. */
static const OsyMenuItem *
find_user (OsyMenuDraft *self, const OsyMenuGroup *group)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries[OSY_MENU_ITEM]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_ptr_array_find (((const OsyMenuItem *)value)->groups, group, NULL))
      return value;
  return NULL;
}

/* The dish is gone, or never came. */
static gboolean
refuse_lost (OsyMenuDraft *self,
             const OsyMenuGroup *group,
             const OsyMenuOption *option,
             GError **error)
{
  const OsyMenuItem *user = find_user (self, group);
  const char *where = g_hash_table_lookup (self->touched[OSY_MENU_ITEM], option->item_id);
  g_autofree char *detail = g_strdup_printf (
      "“%s” of “%s” is this item%s%s%s; take it out there first.", option->name, group->name,
      user ? ", in the combo “" : "", user ? user->name : "", user ? "”" : "");

  return conflict (where ? where : g_hash_table_lookup (self->touched[OSY_MENU_GROUP], group->id),
                   "/id", "IN_USE", detail, error);
}

static gboolean
check_dish (OsyMenuDraft *self,
            const OsyMenuGroup *group,
            const OsyMenuOption *option,
            GError **error)
{
  const OsyMenuItem *dish =
      (const OsyMenuItem *)osy_menu_draft_find (self, OSY_MENU_ITEM, option->item_id);

  if (option->item_id == NULL)
    return TRUE;
  if (dish == NULL)
    return refuse_lost (self, group, option, error);
  if (!osy_menu_groups_have_dishes (dish->groups))
    return TRUE;
  const char *where = g_hash_table_lookup (self->touched[OSY_MENU_GROUP], group->id);
  g_autofree char *detail = g_strdup_printf (
      "“%s” is a combo itself, so it cannot be a choice of “%s”.", dish->name, group->name);
  return conflict (where ? where : g_hash_table_lookup (self->touched[OSY_MENU_ITEM], dish->id),
                   where ? "/options" : "/option_group_ids", "COMBO", detail, error);
}

static gboolean
check_options (OsyMenuDraft *self, const OsyMenuGroup *group, GError **error)
{
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    if (!check_groups (self, option->groups, error) || !check_dish (self, group, option, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check (OsyMenuDraft *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *deleted = self->loose[OSY_MENU_CATEGORY];

  for (guint i = 0; i < deleted->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (deleted, i);
    if (category->items->len > 0)
      return conflict (g_hash_table_lookup (self->touched[OSY_MENU_CATEGORY], category->id),
                       "/items", "NOT_EMPTY",
                       "The category still has items; move or delete them first.", error);
  }
  for (guint i = 0; i < self->data->categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (self->data->categories, i);
    if (!check_single (self, names, &category_name, category->name, category->id, error) ||
        !check_items (self, category->items, codes, error))
      return FALSE;
  }
  for (guint i = 0; i < self->data->groups->len; i++)
    if (!check_options (self, g_ptr_array_index (self->data->groups, i), error))
      return FALSE;
  return TRUE;
}

OsyMenu *
osy_menu_draft_finish (OsyMenuDraft *self, GError **error)
{
  if (!check (self, error))
    return NULL;
  return osy_menu_new (g_steal_pointer (&self->data), error);
}
