/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A frozen menu: categories, items, shared option groups, and who finds what by id. */

#include "osy-menu.h"

#include <string.h>

#include "osy-error.h"
#include "osy-menu-origin.h"

struct _OsyMenu {
  GObject parent_instance;
  OsyMenuData *data;
  GHashTable *entries[OSY_MENU_N_KINDS]; /* id → OsyMenuEntry, all borrowed from data */
  GHashTable *options;
  gboolean photos; /* some item has one */
};

G_DEFINE_FINAL_TYPE (OsyMenu, osy_menu, G_TYPE_OBJECT)

static void
osy_menu_finalize (GObject *object)
{
  OsyMenu *self = OSY_MENU (object);

  for (guint kind = 0; kind < OSY_MENU_N_KINDS; kind++)
    g_hash_table_unref (self->entries[kind]);
  g_hash_table_unref (self->options);
  g_clear_pointer (&self->data, osy_menu_data_free);
  G_OBJECT_CLASS (osy_menu_parent_class)->finalize (object);
}

static void
osy_menu_class_init (OsyMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_menu_finalize;
}

static void
osy_menu_init (OsyMenu *self)
{
  for (guint kind = 0; kind < OSY_MENU_N_KINDS; kind++)
    self->entries[kind] = g_hash_table_new (g_str_hash, g_str_equal);
  self->options = g_hash_table_new (g_str_hash, g_str_equal);
}

static gboolean
nests_too_deep (const OsyMenuGroup *group, guint depth)
{
  if (depth > OSY_MENU_MAX_DEPTH)
    return TRUE;
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    for (guint j = 0; j < option->groups->len; j++)
      if (nests_too_deep (g_ptr_array_index (option->groups, j), depth + 1))
        return TRUE;
  }
  return FALSE;
}

static gboolean
have_dishes (GPtrArray *groups, guint depth)
{
  for (guint i = 0; depth <= OSY_MENU_MAX_DEPTH && i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    for (guint j = 0; j < group->options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, j);
      if (option->item_id != NULL || have_dishes (option->groups, depth + 1))
        return TRUE;
    }
  }
  return FALSE;
}

gboolean
osy_menu_groups_have_dishes (GPtrArray *groups)
{
  return have_dishes (groups, 1);
}

static gboolean
note_id (GHashTable *table, char *id, gpointer thing, GError **error)
{
  if (id != NULL && g_hash_table_insert (table, id, thing))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
               "The id %s stands twice on the menu; give each entry its own.", id ? id : "(none)");
  return FALSE;
}

static gboolean
index_group (OsyMenu *self, OsyMenuGroup *group, GError **error)
{
  if (!note_id (self->entries[OSY_MENU_GROUP], group->id, group, error))
    return FALSE;
  for (guint i = 0; i < group->options->len; i++) {
    OsyMenuOption *option = g_ptr_array_index (group->options, i);
    if (!note_id (self->options, option->id, option, error))
      return FALSE;
  }
  if (nests_too_deep (group, 1)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "The options of “%s” nest deeper than %d levels; take one level out.", group->name,
                 OSY_MENU_MAX_DEPTH);
    return FALSE;
  }
  return TRUE;
}

static gboolean
index_category (OsyMenu *self, OsyMenuCategory *category, GError **error)
{
  if (!note_id (self->entries[OSY_MENU_CATEGORY], category->id, category, error))
    return FALSE;
  for (guint i = 0; i < category->items->len; i++) {
    OsyMenuItem *item = g_ptr_array_index (category->items, i);
    if (!note_id (self->entries[OSY_MENU_ITEM], item->id, item, error))
      return FALSE;
    self->photos = self->photos || item->photo != NULL;
  }
  return TRUE;
}

/* A guest's menu may lack the dish: who keeps it for combos alone hides it. */
static void
link_dishes (OsyMenu *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->options);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    OsyMenuOption *option = value;
    option->dish = osy_menu_find_item (self, option->item_id);
  }
}

OsyMenu *
osy_menu_new (OsyMenuData *data, GError **error)
{
  g_autoptr (OsyMenu) self = g_object_new (OSY_TYPE_MENU, NULL);

  self->data = data;
  for (guint i = 0; i < data->groups->len; i++)
    if (!index_group (self, g_ptr_array_index (data->groups, i), error))
      return NULL;
  for (guint i = 0; i < data->categories->len; i++)
    if (!index_category (self, g_ptr_array_index (data->categories, i), error))
      return NULL;
  link_dishes (self);
  return g_steal_pointer (&self);
}

const char *
osy_menu_restaurant_id (OsyMenu *self)
{
  return self->data->restaurant_id;
}

gint64
osy_menu_version (OsyMenu *self)
{
  return self->data->version;
}

gboolean
osy_menu_origin_required (OsyMenu *self)
{
  return self->data->origin_required;
}

OsyWeekClock
osy_menu_clock (OsyMenu *self)
{
  return (OsyWeekClock){self->data->time_zone, self->data->cutoff_minutes};
}

gboolean
osy_menu_is_photo_name (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

gboolean
osy_menu_has_photos (OsyMenu *self)
{
  return self->photos;
}

GPtrArray *
osy_menu_categories (OsyMenu *self)
{
  return self->data->categories;
}

GPtrArray *
osy_menu_groups (OsyMenu *self)
{
  return self->data->groups;
}

const OsyMenuEntry *
osy_menu_find_entry (OsyMenu *self, OsyMenuKind kind, const char *id)
{
  return id ? g_hash_table_lookup (self->entries[kind], id) : NULL;
}

const OsyMenuCategory *
osy_menu_find_category (OsyMenu *self, const char *id)
{
  return (const OsyMenuCategory *)osy_menu_find_entry (self, OSY_MENU_CATEGORY, id);
}

const OsyMenuItem *
osy_menu_find_item (OsyMenu *self, const char *id)
{
  return (const OsyMenuItem *)osy_menu_find_entry (self, OSY_MENU_ITEM, id);
}

const OsyMenuGroup *
osy_menu_find_group (OsyMenu *self, const char *id)
{
  return (const OsyMenuGroup *)osy_menu_find_entry (self, OSY_MENU_GROUP, id);
}

const OsyMenuOption *
osy_menu_find_option (OsyMenu *self, const char *id)
{
  return id ? g_hash_table_lookup (self->options, id) : NULL;
}

/* How much it is made for this very case. */
static int
rank_of (const OsyMenuPrice *price)
{
  return (price->channel != NULL ? 2 : 0) + (price->window.weekdays != 0 ? 1 : 0);
}

/* A price of the channel itself beats a general one, whenever each began. */
static gboolean
beats (const OsyMenuPrice *price, const OsyMenuPrice *best)
{
  if (best == NULL)
    return TRUE;
  if (rank_of (price) != rank_of (best))
    return rank_of (price) > rank_of (best);
  if (price->valid_from != best->valid_from)
    return price->valid_from > best->valid_from;
  return price->won < best->won;
}

static gboolean
holds_at (OsyMenu *self, const OsyMenuPrice *price, gint64 now)
{
  OsyWeekClock clock = osy_menu_clock (self);
  OsyClockShopDay day;

  if (price->valid_from > now)
    return FALSE;
  if (price->window.weekdays == 0)
    return TRUE;
  osy_clock_shop_day (now, clock.zone, clock.cutoff, &day);
  return osy_week_window_covers (&price->window, &day, clock.cutoff);
}

gboolean
osy_menu_price_at (OsyMenu *self, GPtrArray *prices, const char *channel, gint64 now, gint64 *ret)
{
  const OsyMenuPrice *best = NULL;

  for (guint i = 0; i < prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (prices, i);
    if (price->channel != NULL && g_strcmp0 (price->channel, channel) != 0)
      continue;
    if (beats (price, best) && holds_at (self, price, now))
      best = price;
  }
  if (best == NULL)
    return FALSE;
  *ret = best->won;
  return TRUE;
}

gboolean
osy_menu_stop_at (const OsyMenuStop *stop, gint64 now)
{
  return stop->out_of_stock || osy_menu_mark_at (stop, now);
}

gboolean
osy_menu_option_stop_at (const OsyMenuOption *option, gint64 now)
{
  return osy_menu_stop_at (&option->stop, now) ||
         (option->dish != NULL && osy_menu_stop_at (&option->dish->stop, now));
}

void
osy_menu_stop_mark (OsyMenuStop *self, const OsyMenuStop *mark)
{
  self->mode = mark->mode;
  self->until = mark->until;
}

gboolean
osy_menu_mark_at (const OsyMenuStop *stop, gint64 now)
{
  switch (stop->mode) {
  case OSY_MENU_FOR_SALE: return FALSE;
  case OSY_MENU_SOLD_OUT_OPEN: return TRUE;
  case OSY_MENU_SOLD_OUT_TODAY:
  case OSY_MENU_SOLD_OUT_UNTIL: return now < stop->until;
  }
  return FALSE;
}

const char *const osy_menu_channels[] = {"COUNTER", "QR", "WEB", "PHONE", "PLATFORM", NULL};

gboolean
osy_menu_keeps_hours (const char *channel)
{
  return channel == NULL || g_str_equal (channel, "QR") || g_str_equal (channel, "WEB");
}

const GArray *
osy_menu_shut_hours (OsyMenu *self, const OsyMenuItem *item, gint64 now)
{
  const OsyMenuCategory *category = osy_menu_find_category (self, item->category_id);
  OsyWeekClock clock = osy_menu_clock (self);

  if (category != NULL && !osy_week_covers (category->hours, &clock, now))
    return category->hours;
  return osy_week_covers (item->hours, &clock, now) ? NULL : item->hours;
}

static gboolean
is_in_channel (const OsyMenuItem *item, const char *channel)
{
  const char *const *channels = (const char *const *)item->channels;

  if (channels == NULL)
    return TRUE;
  if (channel != NULL)
    return g_strv_contains (channels, channel);
  return g_strv_contains (channels, "QR") || g_strv_contains (channels, "WEB");
}

/* Staff can be asked where things come from; a screen cannot. */
static gboolean
lacks_origin (OsyMenu *self, const OsyMenuItem *item, const char *channel)
{
  if (!self->data->origin_required || !osy_menu_keeps_hours (channel))
    return FALSE;
  g_auto (GStrv) missing = osy_menu_origin_missing_in (item);
  return *missing != NULL;
}

gboolean
osy_menu_is_offered (OsyMenu *self, const OsyMenuItem *item, const char *channel, gint64 now)
{
  const OsyMenuCategory *category = osy_menu_find_category (self, item->category_id);
  gint64 won;

  return item->visible && category != NULL && category->visible && is_in_channel (item, channel) &&
         osy_menu_price_at (self, item->prices, channel, now, &won) &&
         !lacks_origin (self, item, channel);
}

static void
look_at_moment (gint64 moment, gint64 now, gint64 *next)
{
  if (moment > now && moment < *next)
    *next = moment;
}

static void
look_at_entry (const OsyMenuStop *stop, GPtrArray *prices, gint64 now, gint64 *next)
{
  look_at_moment (stop->until, now, next);
  for (guint i = 0; i < prices->len; i++)
    look_at_moment (((const OsyMenuPrice *)g_ptr_array_index (prices, i))->valid_from, now, next);
}

static void
add_edges (OsyMenu *self, OsyWeekEdges *edges, const GArray *hours, GPtrArray *prices)
{
  int cutoff = self->data->cutoff_minutes;

  for (guint i = 0; hours != NULL && i < hours->len; i++)
    osy_week_edges_add (edges, &g_array_index (hours, OsyWeekWindow, i), cutoff);
  for (guint i = 0; prices != NULL && i < prices->len; i++)
    osy_week_edges_add (edges, &((const OsyMenuPrice *)g_ptr_array_index (prices, i))->window,
                        cutoff);
}

gint64
osy_menu_next_change (OsyMenu *self, gint64 now)
{
  OsyWeekEdges edges = {0};
  gint64 next = G_MAXINT64;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries[OSY_MENU_CATEGORY]);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_edges (self, &edges, ((const OsyMenuCategory *)value)->hours, NULL);
  g_hash_table_iter_init (&iter, self->entries[OSY_MENU_ITEM]);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const OsyMenuItem *item = value;
    look_at_entry (&item->stop, item->prices, now, &next);
    add_edges (self, &edges, item->hours, item->prices);
  }
  g_hash_table_iter_init (&iter, self->options);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const OsyMenuOption *option = value;
    look_at_entry (&option->stop, option->prices, now, &next);
    add_edges (self, &edges, NULL, option->prices);
  }
  look_at_moment (osy_week_edges_next (&edges, self->data->time_zone, now), now, &next);
  return next;
}
