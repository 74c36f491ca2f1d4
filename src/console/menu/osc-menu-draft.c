/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A draft: entries as JSON beside how they were read. What differs is the batch. */

#include "osc-menu-draft.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-menu-entry.h"
#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-menu-json.h"
#include "osy-menu-options.h"

typedef struct {
  const char *kind;
  char *id;
  JsonObject *now;
  char *before; /* nullable: as the menu has it; NULL: it is new */
  char *digest; /* nullable */
} Entry;

struct _OscMenuDraft {
  GObject parent;
  OsyMenu *menu;
  Entry *root;        /* of entries */
  GPtrArray *entries; /* of Entry: groups before the root, as they were first looked at */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuDraft, osc_menu_draft, G_TYPE_OBJECT)

static void
entry_free (Entry *entry)
{
  g_free (entry->id);
  json_object_unref (entry->now);
  g_free (entry->before);
  g_free (entry->digest);
  g_free (entry);
}

static Entry *
find (OscMenuDraft *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (g_strcmp0 (entry->id, id) == 0)
      return entry;
  }
  return NULL;
}

static Entry *
add (OscMenuDraft *self, const char *kind, const char *id, JsonObject *now)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = kind;
  entry->id = g_strdup (id);
  entry->now = now;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* ---- how the menu has it ---- */

/* Marks, versions and places are not part of what is edited here. */
static void
strip (JsonObject *object)
{
  static const char *const members[] = {"version",        "digest",        "position", "sold_out",
                                        "sold_out_until", "sold_out_mode", "price",    "items"};

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (object, members[i]))
      json_object_remove_member (object, members[i]);
}

static OsyMenuKind
kind_of (const char *kind)
{
  if (g_str_equal (kind, OSC_DRAFT_ITEM))
    return OSY_MENU_ITEM;
  return g_str_equal (kind, OSC_DRAFT_CATEGORY) ? OSY_MENU_CATEGORY : OSY_MENU_GROUP;
}

/* (transfer full) (nullable). @digest: (out) (transfer full). */
static JsonObject *
read_entry (OsyMenu *menu, const char *kind, const char *id, char **digest)
{
  g_autoptr (JsonNode) node =
      osy_menu_json_write_entry (menu, kind_of (kind), id, osy_clock_now ());
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

  *digest = NULL;
  if (object == NULL)
    return NULL;
  *digest = g_strdup (osc_menu_entry_text (object, "digest"));
  strip (object);
  if (json_object_has_member (object, "options")) {
    JsonArray *options = json_object_get_array_member (object, "options");

    for (guint i = 0; i < json_array_get_length (options); i++)
      strip (json_array_get_object_element (options, i));
  }
  return json_object_ref (object);
}

static Entry *
load (OscMenuDraft *self, const char *kind, const char *id)
{
  g_autofree char *digest = NULL;
  JsonObject *object = read_entry (self->menu, kind, id, &digest);
  Entry *entry = object != NULL ? add (self, kind, id, object) : NULL;

  if (entry == NULL)
    return NULL;
  entry->before = osc_menu_entry_print (entry->now);
  entry->digest = g_steal_pointer (&digest);
  return entry;
}

static gboolean
is_changed (const Entry *entry)
{
  g_autofree char *now = osc_menu_entry_print (entry->now);

  return g_strcmp0 (now, entry->before) != 0;
}

gboolean
osc_menu_draft_is_stale (OscMenuDraft *self, OsyMenu *menu)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);
    g_autofree char *digest = NULL;
    g_autoptr (JsonObject) object = read_entry (menu, entry->kind, entry->id, &digest);
    g_autofree char *there = object != NULL ? osc_menu_entry_print (object) : NULL;

    if (entry->before != NULL && g_strcmp0 (there, entry->before) != 0)
      return TRUE;
  }
  return FALSE;
}

void
osc_menu_draft_rebase (OscMenuDraft *self, OsyMenu *menu)
{
  g_return_if_fail (OSC_IS_MENU_DRAFT (self) && OSY_IS_MENU (menu));

  g_set_object (&self->menu, menu);
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    g_autofree char *digest = NULL;
    g_autoptr (JsonObject) object = read_entry (menu, entry->kind, entry->id, &digest);
    gboolean untouched = entry->before != NULL && !is_changed (entry);

    g_free (entry->before);
    g_free (entry->digest);
    entry->before = object != NULL ? osc_menu_entry_print (object) : NULL;
    entry->digest = g_steal_pointer (&digest);
    if (untouched && object != NULL) {
      json_object_unref (entry->now);
      entry->now = g_steal_pointer (&object);
    }
  }
  osc_menu_draft_touch (self);
}

/* ---- doors ---- */

const char *
osc_menu_draft_kind (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  return self->root->kind;
}

const char *
osc_menu_draft_id (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  return self->root->id;
}

gboolean
osc_menu_draft_is_new (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), FALSE);
  return self->root->before == NULL;
}

/* A new entry that nothing was typed into is not worth a question. */
gboolean
osc_menu_draft_is_dirty (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), FALSE);

  if (osc_menu_draft_is_new (self) && self->entries->len == 1 &&
      *osc_menu_entry_text (self->root->now, "name") == '\0' &&
      *osc_menu_entry_text (self->root->now, "name_en") == '\0' &&
      osc_menu_entry_price (self->root->now, osy_clock_now ()) == NULL)
    return FALSE;
  for (guint i = 0; i < self->entries->len; i++)
    if (is_changed (g_ptr_array_index (self->entries, i)))
      return TRUE;
  return FALSE;
}

JsonObject *
osc_menu_draft_root (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  return self->root->now;
}

JsonObject *
osc_menu_draft_group (OscMenuDraft *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  Entry *entry = find (self, id);

  if (entry == NULL)
    entry = load (self, OSC_DRAFT_GROUP, id);
  return entry != NULL ? entry->now : NULL;
}

void
osc_menu_draft_touch (OscMenuDraft *self)
{
  g_return_if_fail (OSC_IS_MENU_DRAFT (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- groups ---- */

GStrv
osc_menu_draft_group_ids (JsonObject *owner)
{
  JsonArray *ids = osc_menu_entry_list (owner, "option_group_ids");
  guint n = json_array_get_length (ids);
  GStrv list = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    list[i] = g_strdup (json_array_get_string_element (ids, i));
  return list;
}

void
osc_menu_draft_set_group_ids (OscMenuDraft *self, JsonObject *owner, const char *const *ids)
{
  g_return_if_fail (OSC_IS_MENU_DRAFT (self) && owner != NULL && ids != NULL);
  JsonArray *array = json_array_new ();

  for (; *ids != NULL; ids++)
    json_array_add_string_element (array, *ids);
  json_object_set_array_member (owner, "option_group_ids", array);
  osc_menu_draft_touch (self);
}

static void
set_id (JsonObject *object)
{
  g_autofree char *id = osy_id_new ();

  json_object_set_string_member (object, "id", id);
}

JsonObject *
osc_menu_draft_add_option (OscMenuDraft *self, JsonObject *group)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && group != NULL, NULL);
  JsonObject *option = json_object_new ();

  set_id (option);
  osc_menu_entry_set_text (option, "name", "");
  osc_menu_entry_list (option, "prices");
  osc_menu_entry_list (option, "option_group_ids");
  json_array_add_object_element (osc_menu_entry_list (group, "options"), option);
  osc_menu_draft_touch (self);
  return option;
}

/* (nullable): *@at is its place. */
static JsonObject *
find_dish (JsonObject *group, const char *id, guint *at)
{
  JsonArray *options = osc_menu_entry_list (group, "options");

  for (*at = 0; *at < json_array_get_length (options); (*at)++) {
    JsonObject *option = json_array_get_object_element (options, *at);

    if (g_strcmp0 (osc_menu_entry_text (option, "item_id"), id) == 0)
      return option;
  }
  return NULL;
}

gboolean
osc_menu_draft_has_dish (JsonObject *group, const char *id)
{
  g_return_val_if_fail (group != NULL && id != NULL, FALSE);
  guint at;

  return find_dish (group, id, &at) != NULL;
}

/* What a new group begins with, and nobody has written on. */
static gboolean
is_untouched (JsonObject *option)
{
  return *osc_menu_entry_text (option, "name") == '\0' &&
         *osc_menu_entry_text (option, "item_id") == '\0' &&
         json_array_get_length (osc_menu_entry_list (option, "prices")) == 0;
}

void
osc_menu_draft_add_dish (OscMenuDraft *self, JsonObject *group, const OsyMenuItem *item)
{
  g_return_if_fail (OSC_IS_MENU_DRAFT (self) && group != NULL && item != NULL);
  JsonArray *options = osc_menu_entry_list (group, "options");

  if (json_array_get_length (options) == 1 &&
      is_untouched (json_array_get_object_element (options, 0)))
    json_array_remove_element (options, 0);
  JsonObject *option = osc_menu_draft_add_option (self, group);
  osc_menu_entry_set_text (option, "name", item->name);
  osc_menu_entry_set_text (option, "name_en", item->name_en != NULL ? item->name_en : "");
  osc_menu_entry_set_text (option, "item_id", item->id);
  osc_menu_draft_touch (self);
}

void
osc_menu_draft_drop_dish (OscMenuDraft *self, JsonObject *group, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_DRAFT (self) && group != NULL && id != NULL);
  guint at;

  if (find_dish (group, id, &at) == NULL)
    return;
  json_array_remove_element (osc_menu_entry_list (group, "options"), at);
  osc_menu_draft_touch (self);
}

const OsyMenuItem *
osc_menu_draft_dish (OscMenuDraft *self, JsonObject *option)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && option != NULL, NULL);
  return osy_menu_find_item (self->menu, osc_menu_entry_text (option, "item_id"));
}

/* A group of its own for this draft. */
static const char *
take_group (OscMenuDraft *self, JsonObject *group)
{
  set_id (group);
  return add (self, OSC_DRAFT_GROUP, osc_menu_entry_text (group, "id"), group)->id;
}

const char *
osc_menu_draft_add_group (OscMenuDraft *self, JsonObject *owner)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && owner != NULL, NULL);
  JsonObject *group = json_object_new ();
  const char *id = take_group (self, group);

  osc_menu_entry_set_text (group, "name", "");
  json_object_set_int_member (group, "min", 1);
  json_object_set_int_member (group, "max", 1);
  json_array_add_string_element (osc_menu_entry_list (owner, "option_group_ids"), id);
  osc_menu_draft_add_option (self, group);
  return id;
}

void
osc_menu_draft_begin_combo (OscMenuDraft *self)
{
  static const char *const names[] = {N_ ("Main"), N_ ("Side"), N_ ("Drink")};

  g_return_if_fail (OSC_IS_MENU_DRAFT (self));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *id = osc_menu_draft_add_group (self, self->root->now);

    osc_menu_entry_set_text (osc_menu_draft_group (self, id), "name", _ (names[i]));
  }
}

const char *
osc_menu_draft_part_group (OscMenuDraft *self, JsonObject *owner, const char *id)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && owner != NULL, NULL);
  JsonObject *old = osc_menu_draft_group (self, id);
  g_auto (GStrv) ids = osc_menu_draft_group_ids (owner);
  JsonObject *group = old != NULL ? osc_menu_entry_copy (old) : NULL;
  JsonArray *options = group != NULL ? osc_menu_entry_list (group, "options") : NULL;
  const char *copy;

  if (group == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (options); i++)
    set_id (json_array_get_object_element (options, i));
  copy = take_group (self, group);
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_strcmp0 (ids[i], id) == 0) {
      g_free (ids[i]);
      ids[i] = g_strdup (copy);
    }
  osc_menu_draft_set_group_ids (self, owner, (const char *const *)ids);
  return copy;
}

static gboolean
has_group (GPtrArray *groups, const char *id)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_strcmp0 (((OsyMenuGroup *)g_ptr_array_index (groups, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* Items and options of other entries of the menu that offer the group. */
static guint
count_others (OscMenuDraft *self, const char *id, gboolean options)
{
  GPtrArray *categories = osy_menu_categories (self->menu);
  GPtrArray *groups = osy_menu_groups (self->menu);
  guint n = 0;

  for (guint i = 0; i < categories->len; i++) {
    GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (categories, i))->items;

    for (guint j = 0; j < items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (items, j);

      n += g_strcmp0 (item->id, self->root->id) != 0 && has_group (item->groups, id);
    }
  }
  for (guint i = 0; options && i < groups->len; i++) {
    GPtrArray *choices = ((OsyMenuGroup *)g_ptr_array_index (groups, i))->options;

    for (guint j = 0; j < choices->len; j++)
      n += has_group (((OsyMenuOption *)g_ptr_array_index (choices, j))->groups, id);
  }
  return n;
}

guint
osc_menu_draft_users (OscMenuDraft *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), 0);
  return count_others (self, id, FALSE) +
         osc_menu_entry_has (self->root->now, "option_group_ids", id);
}

/* ---- what is wrong ---- */

static void
fault (GHashTable *faults,
       const char *group,
       const char *option,
       const char *name,
       const char *text)
{
  g_autoptr (GString) place = g_string_new (NULL);

  if (group != NULL)
    g_string_append_printf (place, "%s/", group);
  if (option != NULL)
    g_string_append_printf (place, "%s/", option);
  g_string_append (place, name);
  g_hash_table_insert (faults, g_strdup (place->str), g_strdup (text));
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));

  return *copy == '\0';
}

static gboolean
is_number (JsonObject *object, const char *name, gint64 most)
{
  gint64 value = osc_menu_entry_int (object, name, -1);

  return value >= 0 && value <= most;
}

static gboolean
check_window (JsonObject *row, const char *place, OsyWeekWindow *window, GHashTable *faults)
{
  gboolean dayless = json_object_has_member (row, "weekdays") &&
                     json_array_get_length (osc_menu_entry_list (row, "weekdays")) == 0;

  if (dayless)
    fault (faults, NULL, NULL, place, _ ("Choose at least one day"));
  else if (!osc_menu_entry_window (row, window))
    fault (faults, NULL, NULL, place, _ ("Write both times like 17:00, or none for all day"));
  else
    return TRUE;
  return FALSE;
}

static void
check_hours (JsonObject *entry, GHashTable *faults)
{
  JsonArray *rows =
      json_object_has_member (entry, "hours") ? osc_menu_entry_list (entry, "hours") : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    g_autofree char *place = g_strdup_printf ("hours/%u", i);
    OsyWeekWindow window;

    check_window (json_array_get_object_element (rows, i), place, &window, faults);
  }
}

/* Whether a price before row @at is of the same place and day on, and holds at some of the times.
 */
static gboolean
overlaps (OscMenuDraft *self, JsonArray *rows, guint at, const OsyWeekWindow *window)
{
  JsonObject *row = json_array_get_object_element (rows, at);

  for (guint i = 0; i < at && window->weekdays != 0; i++) {
    JsonObject *other = json_array_get_object_element (rows, i);
    OsyWeekWindow its;

    if (g_strcmp0 (osc_menu_entry_text (row, "channel"), osc_menu_entry_text (other, "channel")) ==
            0 &&
        g_strcmp0 (osc_menu_entry_text (row, "valid_from"),
                   osc_menu_entry_text (other, "valid_from")) == 0 &&
        osc_menu_entry_window (other, &its) && its.weekdays != 0 &&
        osy_week_windows_overlap (window, &its, osy_menu_clock (self->menu).cutoff))
      return TRUE;
  }
  return FALSE;
}

static void
check_times (OscMenuDraft *self, JsonArray *rows, GHashTable *faults)
{
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    g_autofree char *place = g_strdup_printf ("prices/%u/window", i);
    OsyWeekWindow window;

    if (check_window (json_array_get_object_element (rows, i), place, &window, faults) &&
        overlaps (self, rows, i, &window))
      fault (faults, NULL, NULL, place,
             _ ("Another price holds at some of these times. Let one end where the other begins"));
  }
}

static void
check_prices (JsonObject *item, GHashTable *faults)
{
  JsonArray *rows = osc_menu_entry_list (item, "prices");
  JsonObject *price = osc_menu_entry_price (item, osy_clock_now ());

  if (price == NULL || !is_number (price, "price", OSY_MENU_MAX_PRICE))
    fault (faults, NULL, NULL, "price", _ ("Write the price in won, like 4,500"));
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    g_autofree char *place = g_strdup_printf ("prices/%u", i);
    const char *from = osc_menu_entry_text (row, "valid_from");
    gint64 us;

    if (row != price && !is_number (row, "price", OSY_MENU_MAX_PRICE))
      fault (faults, NULL, NULL, place, _ ("Write the price in won, like 4,500"));
    else if (*from != '\0' && !osy_clock_parse (from, &us))
      fault (faults, NULL, NULL, place, _ ("Write the day like 2026-12-01"));
  }
}

static void
check_item (OscMenuDraft *self, JsonObject *item, GHashTable *faults)
{
  check_prices (item, faults);
  check_times (self, osc_menu_entry_list (item, "prices"), faults);
  if (json_object_has_member (item, "prep_minutes") && !is_number (item, "prep_minutes", 999))
    fault (faults, NULL, NULL, "prep_minutes", _ ("Write minutes as a number, like 9"));
}

static void
check_option (JsonObject *option, const char *group, GHashTable *faults)
{
  const char *id = osc_menu_entry_text (option, "id");
  JsonObject *price = osc_menu_entry_price (option, osy_clock_now ());

  if (is_blank (osc_menu_entry_text (option, "name")))
    fault (faults, group, id, "name", _ ("Give this choice a name"));
  if (price != NULL && !is_number (price, "price", OSY_MENU_MAX_PRICE))
    fault (faults, group, id, "price", _ ("Write the extra in won, like 1,000, or leave it blank"));
}

static void
check_group (JsonObject *group, GHashTable *faults)
{
  const char *id = osc_menu_entry_text (group, "id");
  JsonArray *options = osc_menu_entry_list (group, "options");
  gint64 min = osc_menu_entry_int (group, "min", -1);
  gint64 max = osc_menu_entry_int (group, "max", -1);

  if (is_blank (osc_menu_entry_text (group, "name")))
    fault (faults, id, NULL, "name", _ ("Give these choices a name"));
  if (json_array_get_length (options) == 0)
    fault (faults, id, NULL, "min", _ ("Add at least one choice"));
  else if (min < 0 || max < 1 || max < min)
    fault (faults, id, NULL, "min", _ ("The most must not be less than the least"));
  for (guint i = 0; i < json_array_get_length (options); i++)
    check_option (json_array_get_object_element (options, i), id, faults);
}

/* A group that was looked at and then taken off does not count. */
static gboolean
is_used (OscMenuDraft *self, const Entry *entry)
{
  if (entry == self->root || osc_menu_entry_has (self->root->now, "option_group_ids", entry->id))
    return TRUE;
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *other = g_ptr_array_index (self->entries, i);
    JsonArray *options;

    if (other == entry || other == self->root)
      continue;
    options = osc_menu_entry_list (other->now, "options");
    for (guint j = 0; j < json_array_get_length (options); j++)
      if (osc_menu_entry_has (json_array_get_object_element (options, j), "option_group_ids",
                              entry->id))
        return TRUE;
  }
  return FALSE;
}

GHashTable *
osc_menu_draft_check (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  GHashTable *faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  if (is_blank (osc_menu_entry_text (self->root->now, "name")))
    fault (faults, NULL, NULL, "name", _ ("Give it a name"));
  if (g_str_equal (self->root->kind, OSC_DRAFT_ITEM))
    check_item (self, self->root->now, faults);
  check_hours (self->root->now, faults);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (g_str_equal (entry->kind, OSC_DRAFT_GROUP) && is_changed (entry) && is_used (self, entry))
      check_group (entry->now, faults);
  }
  return faults;
}

/* ---- the batch ---- */

static JsonObject *
change_of (const Entry *entry, JsonObject *now)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "kind", entry->kind);
  json_object_set_string_member (change, "id", entry->id);
  if (entry->before != NULL && *entry->digest != '\0')
    json_object_set_string_member (change, "expect", entry->digest);
  if (now != NULL)
    json_object_set_object_member (change, "entry", now);
  else
    json_object_set_null_member (change, "entry");
  return change;
}

/* Groups that the item offered and nobody offers any more go with it. */
static gboolean
is_left_over (OscMenuDraft *self, const Entry *entry)
{
  return g_str_equal (entry->kind, OSC_DRAFT_GROUP) && entry->before != NULL &&
         !is_used (self, entry) && count_others (self, entry->id, TRUE) == 0;
}

/* Every entry that is put, in the order of the batch. */
static GPtrArray *
list_puts (OscMenuDraft *self)
{
  GPtrArray *puts = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry != self->root && is_changed (entry) && is_used (self, entry))
      g_ptr_array_add (puts, entry);
  }
  if (is_changed (self->root))
    g_ptr_array_add (puts, self->root);
  return puts;
}

/* In the language of the console where it is likely; else the daemon's own words. */
static const char *
words_of (JsonObject *fault)
{
  if (g_str_equal (osc_menu_entry_text (fault, "code"), "TAKEN"))
    return _ ("Another one already has this");
  if (g_str_equal (osc_menu_entry_text (fault, "code"), "COMBO"))
    return _ ("A combo cannot be a choice of a combo");
  return osc_menu_entry_text (fault, "detail");
}

GHashTable *
osc_menu_draft_refusals (OscMenuDraft *self, const GError *error)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && error != NULL, NULL);
  GHashTable *faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonNode *list = osy_error_get_extra (error, "errors");
  JsonArray *rows =
      list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    char *place = osc_menu_draft_place (self, osc_menu_entry_text (row, "pointer"));

    if (place != NULL)
      g_hash_table_insert (faults, place, g_strdup (words_of (row)));
  }
  return faults;
}

JsonNode *
osc_menu_draft_changes (OscMenuDraft *self)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self), NULL);
  g_autoptr (GPtrArray) puts = list_puts (self);
  JsonArray *changes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < puts->len; i++) {
    Entry *entry = g_ptr_array_index (puts, i);

    json_array_add_object_element (changes, change_of (entry, osc_menu_entry_copy (entry->now)));
  }
  for (guint i = 0; i < self->entries->len; i++)
    if (is_left_over (self, g_ptr_array_index (self->entries, i)))
      json_array_add_object_element (changes,
                                     change_of (g_ptr_array_index (self->entries, i), NULL));
  json_node_take_array (node, changes);
  return node;
}

/* "/changes/0/entry/prices/1/price" of what is edited is the place "prices/1". */
static char *
root_place (GStrv parts, guint from)
{
  guint n = g_strv_length (parts);

  if (g_str_equal (parts[n - 1], "en"))
    return g_strdup ("name_en");
  return n > from + 1 ? g_strdup_printf ("%s/%s", parts[from], parts[from + 1])
                      : g_strdup (parts[from]);
}

/* "/changes/0/entry/options/1/name" of a group is the place "<id>/<option id>/name". */
char *
osc_menu_draft_place (OscMenuDraft *self, const char *pointer)
{
  g_return_val_if_fail (OSC_IS_MENU_DRAFT (self) && pointer != NULL, NULL);
  g_autoptr (GPtrArray) puts = list_puts (self);
  g_auto (GStrv) parts = g_strsplit (pointer, "/", -1);
  guint n = g_strv_length (parts);
  guint64 at = n > 2 ? g_ascii_strtoull (parts[2], NULL, 10) : puts->len;
  guint from = n > 3 && g_str_equal (parts[3], "entry") ? 4 : 3;
  const Entry *entry = at < puts->len ? g_ptr_array_index (puts, at) : NULL;

  if (entry == NULL || n <= from)
    return NULL;
  if (entry == self->root)
    return root_place (parts, from);
  if (!g_str_equal (parts[from], "options") || n <= from + 2)
    return g_strdup_printf ("%s/%s", entry->id, parts[n - 1]);
  JsonArray *options = osc_menu_entry_list (entry->now, "options");
  guint option = (guint)g_ascii_strtoull (parts[from + 1], NULL, 10);

  if (option >= json_array_get_length (options))
    return NULL;
  return g_strdup_printf (
      "%s/%s/%s", entry->id,
      osc_menu_entry_text (json_array_get_object_element (options, option), "id"), parts[n - 1]);
}

/* ---- life ---- */

static void
osc_menu_draft_finalize (GObject *object)
{
  OscMenuDraft *self = OSC_MENU_DRAFT (object);

  g_ptr_array_unref (self->entries);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_menu_draft_parent_class)->finalize (object);
}

static void
osc_menu_draft_class_init (OscMenuDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_menu_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
osc_menu_draft_init (OscMenuDraft *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
}

OscMenuDraft *
osc_menu_draft_new (OsyMenu *menu, const char *kind, const char *id)
{
  g_return_val_if_fail (OSY_IS_MENU (menu) && kind != NULL, NULL);
  g_autoptr (OscMenuDraft) self = g_object_new (OSC_TYPE_MENU_DRAFT, NULL);

  self->menu = g_object_ref (menu);
  self->root = id != NULL ? load (self, kind, id) : NULL;
  return self->root != NULL ? g_steal_pointer (&self) : NULL;
}

static JsonObject *
blank (const char *kind, const char *category_id)
{
  JsonObject *entry = json_object_new ();

  set_id (entry);
  osc_menu_entry_set_text (entry, "name", "");
  json_object_set_boolean_member (entry, "visible", TRUE);
  if (g_strcmp0 (kind, OSC_DRAFT_ITEM) != 0)
    return entry;
  osc_menu_entry_set_text (entry, "category_id", category_id != NULL ? category_id : "");
  osc_menu_entry_set_text (entry, "tax_class", "TAXED");
  osc_menu_entry_list (entry, "prices");
  osc_menu_entry_list (entry, "allergens");
  osc_menu_entry_list (entry, "option_group_ids");
  return entry;
}

OscMenuDraft *
osc_menu_draft_new_blank (OsyMenu *menu, const char *kind, const char *category_id)
{
  g_return_val_if_fail (OSY_IS_MENU (menu) && kind != NULL, NULL);
  OscMenuDraft *self = g_object_new (OSC_TYPE_MENU_DRAFT, NULL);
  JsonObject *entry = blank (kind, category_id);

  self->menu = g_object_ref (menu);
  self->root = add (self, kind, osc_menu_entry_text (entry, "id"), entry);
  return self;
}
