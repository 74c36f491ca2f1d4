/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu as JSON: the guests' form of the contract and the editor's flat form. */

#include "osy-menu-json.h"

#include "osy-clock.h"
#include "osy-json.h"

/* What is written, and in which form. */
typedef struct {
  OsyMenu *menu;
  const char *channel; /* nullable */
  gint64 now;
  gboolean editor;
  gboolean bare; /* the editor's form of what a person wrote alone: without versions, marks and what
                    the clock changes. Digests are made of it */
} Writing;

static Writing
bare_of (const Writing *self)
{
  return (Writing){.menu = self->menu, .editor = TRUE, .bare = TRUE};
}

static const char *const stop_names[] = {"FOR_SALE", "OPEN", "TODAY", "UNTIL"};

const char *
osy_menu_stop_name (OsyMenuStopMode mode)
{
  return stop_names[mode <= OSY_MENU_SOLD_OUT_UNTIL ? mode : OSY_MENU_FOR_SALE];
}

OsyMenuStopMode
osy_menu_stop_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (stop_names); i++)
    if (g_strcmp0 (stop_names[i], name) == 0)
      return (OsyMenuStopMode)i;
  return OSY_MENU_FOR_SALE;
}

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  if (us == 0)
    return;
  g_autofree char *text = osy_clock_format (us);
  json_object_set_string_member (object, name, text);
}

static void
set_names (JsonObject *object, const char *id, const char *name, const char *name_en)
{
  JsonObject *names = json_object_new ();

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "name", name);
  json_object_set_string_member (names, "ko", name);
  set_text (names, "en", name_en);
  json_object_set_object_member (object, "names", names);
}

static void
set_price (JsonObject *object, GPtrArray *prices, const Writing *view)
{
  gint64 won = 0;
  /* Who edits is told the price that setting "price" would change. */
  gboolean priced = view->editor
                        ? osy_menu_price_general (prices, view->now, &won)
                        : osy_menu_price_at (view->menu, prices, view->channel, view->now, &won);

  if (!priced)
    won = 0;
  if (!view->bare)
    json_object_set_int_member (object, "price", won);
  if (!view->editor)
    return;
  JsonArray *rows = json_array_new ();
  for (guint i = 0; i < prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (prices, i);
    JsonObject *row = json_object_new ();
    set_text (row, "channel", price->channel);
    set_time (row, "valid_from", price->valid_from);
    osy_week_window_write (&price->window, row);
    json_object_set_int_member (row, "price", price->won);
    json_array_add_object_element (rows, row);
  }
  json_object_set_array_member (object, "prices", rows);
}

static void
set_stop (JsonObject *object, const OsyMenuStop *stop, const Writing *view)
{
  gboolean stopped = osy_menu_mark_at (stop, view->now);

  if (view->bare)
    return;
  json_object_set_boolean_member (object, "sold_out", stopped || stop->out_of_stock);
  if (stop->out_of_stock)
    json_object_set_boolean_member (object, "out_of_stock", TRUE);
  if (stopped)
    set_time (object, "sold_out_until", stop->until);
  if (view->editor)
    json_object_set_string_member (object, "sold_out_mode",
                                   osy_menu_stop_name (stopped ? stop->mode : OSY_MENU_FOR_SALE));
}

static JsonArray *write_groups (GPtrArray *groups, const Writing *view);

/* Inside its item for guests, by id for the editor. */
static void
set_groups (JsonObject *object, GPtrArray *groups, const Writing *view)
{
  if (!view->editor) {
    json_object_set_array_member (object, "option_groups", write_groups (groups, view));
    return;
  }
  JsonArray *ids = json_array_new ();
  for (guint i = 0; i < groups->len; i++)
    json_array_add_string_element (ids, ((OsyMenuGroup *)g_ptr_array_index (groups, i))->id);
  json_object_set_array_member (object, "option_group_ids", ids);
}

/* What an editor needs to change an entry: @bare is the entry in the form of that name. */
static void
set_version (JsonObject *object, gint64 version, JsonObject *bare_form)
{
  g_autoptr (JsonNode) node = osy_json_take_object (bare_form);
  g_autofree char *text = osy_json_print (node);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  sum[16] = '\0';
  json_object_set_int_member (object, "version", version);
  json_object_set_string_member (object, "digest", sum);
}

static void
set_hours (JsonObject *object, const GArray *hours)
{
  if (hours->len > 0)
    json_object_set_array_member (object, "hours", osy_week_write (hours));
}

static JsonArray *
write_texts (char **texts)
{
  JsonArray *array = json_array_new ();

  for (char **one = texts; *one != NULL; one++)
    json_array_add_string_element (array, *one);
  return array;
}

static OsyMenuStop
longer_stop (const OsyMenuStop *one, const OsyMenuStop *other, gint64 now)
{
  const OsyMenuStop *longest = osy_menu_mark_at (one, now) ? one : other;

  if (longest == one && osy_menu_mark_at (other, now) &&
      (other->until == 0 || (one->until > 0 && other->until > one->until)))
    longest = other;
  return (OsyMenuStop){longest->mode, longest->until, one->out_of_stock || other->out_of_stock};
}

/* The dish that an option is. Its marks are its own, and told where it is; that it cannot be had is
 * said of the option too, and to guests what must be said of food, for they may not see the dish.
 */
static void
set_dish (JsonObject *object, const OsyMenuOption *option, const Writing *view)
{
  const OsyMenuItem *dish = option->dish;

  set_text (object, "item_id", option->item_id);
  if (dish == NULL || view->bare)
    return;
  if (view->editor) {
    if (osy_menu_stop_at (&dish->stop, view->now))
      json_object_set_boolean_member (object, "sold_out", TRUE);
    return;
  }
  const OsyMenuStop stop = longer_stop (&option->stop, &dish->stop, view->now);
  json_object_remove_member (object, "sold_out_until");
  set_stop (object, &stop, view);
  set_text (object, "origin", dish->origin);
  if (*dish->allergens != NULL)
    json_object_set_array_member (object, "allergens", write_texts (dish->allergens));
}

static JsonObject *
write_option (const OsyMenuOption *option, const Writing *view)
{
  JsonObject *object = json_object_new ();

  set_names (object, option->id, option->name, option->name_en);
  set_price (object, option->prices, view);
  set_stop (object, &option->stop, view);
  set_dish (object, option, view);
  if (option->max > 0)
    json_object_set_int_member (object, "max_quantity", option->max);
  if (view->editor || option->groups->len > 0)
    set_groups (object, option->groups, view);
  return object;
}

static JsonObject *
write_group (const OsyMenuGroup *group, const Writing *view)
{
  JsonObject *object = json_object_new ();
  JsonArray *options = json_array_new ();

  set_names (object, group->id, group->name, group->name_en);
  json_object_set_int_member (object, "min", group->min);
  json_object_set_int_member (object, "max", group->max);
  if (view->editor && !view->bare) {
    const Writing bare = bare_of (view);
    set_version (object, group->version, write_group (group, &bare));
  }
  for (guint i = 0; i < group->options->len; i++)
    json_array_add_object_element (options,
                                   write_option (g_ptr_array_index (group->options, i), view));
  json_object_set_array_member (object, "options", options);
  return object;
}

static JsonArray *
write_groups (GPtrArray *groups, const Writing *view)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < groups->len; i++)
    json_array_add_object_element (array, write_group (g_ptr_array_index (groups, i), view));
  return array;
}

/* Guests are not told of nothing: what is on sale all the same was not counted well. */
static void
set_left (JsonObject *object, const OsyMenuItem *item, const Writing *view)
{
  gboolean known = item->left > 0 || (item->left == 0 && view->editor);

  if (known && !view->bare)
    json_object_set_int_member (object, "left", item->left);
}

static JsonObject *
write_item (const OsyMenuItem *item, const Writing *view)
{
  JsonObject *object = json_object_new ();

  set_names (object, item->id, item->name, item->name_en);
  set_text (object, "description", item->description);
  set_price (object, item->prices, view);
  set_stop (object, &item->stop, view);
  set_left (object, item, view);
  json_object_set_string_member (object, "tax_class", item->tax_free ? "TAX_FREE" : "TAXED");
  json_object_set_array_member (object, "allergens", write_texts (item->allergens));
  set_text (object, "origin", item->origin);
  set_text (object, "station", item->station);
  set_text (object, "photo", item->photo);
  if (item->prep_minutes > 0)
    json_object_set_int_member (object, "prep_minutes", item->prep_minutes);
  set_groups (object, item->groups, view);
  set_hours (object, item->hours);
  if (!view->editor && osy_menu_shut_hours (view->menu, item, view->now) != NULL)
    json_object_set_boolean_member (object, "outside_hours", TRUE);
  if (view->editor) {
    json_object_set_string_member (object, "category_id", item->category_id);
    json_object_set_boolean_member (object, "visible", item->visible);
    set_text (object, "kitchen_name", item->kitchen_name);
    set_text (object, "code", item->code);
    if (item->channels != NULL)
      json_object_set_array_member (object, "channels", write_texts (item->channels));
  }
  if (view->editor && !view->bare) {
    const Writing bare = bare_of (view);
    set_version (object, item->version, write_item (item, &bare));
  }
  return object;
}

static JsonObject *
write_category (const OsyMenuCategory *category, const Writing *view)
{
  JsonObject *object = json_object_new ();

  set_names (object, category->id, category->name, category->name_en);
  if (view->editor)
    json_object_set_boolean_member (object, "visible", category->visible);
  set_hours (object, category->hours);
  if (view->bare)
    return object;
  if (view->editor) {
    const Writing bare = bare_of (view);
    set_version (object, category->version, write_category (category, &bare));
  }
  JsonArray *items = json_array_new ();
  for (guint i = 0; i < category->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);
    if (view->editor || osy_menu_is_offered (view->menu, item, view->channel, view->now))
      json_array_add_object_element (items, write_item (item, view));
  }
  json_object_set_array_member (object, "items", items);
  return object;
}

JsonNode *
osy_menu_json_write (OsyMenu *menu, const OsyMenuView *as)
{
  const Writing writing = {menu, as->channel, as->now, as->editor, FALSE};
  const Writing *view = &writing;
  OsyWeekClock clock = osy_menu_clock (menu);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();
  GPtrArray *categories = osy_menu_categories (menu);

  json_object_set_string_member (object, "restaurant_id", osy_menu_restaurant_id (menu));
  json_object_set_int_member (object, "version", osy_menu_version (menu));
  set_text (object, "time_zone", clock.zone);
  json_object_set_int_member (object, "cutoff_minutes", clock.cutoff);
  if (view->editor)
    json_object_set_boolean_member (object, "origin_required", osy_menu_origin_required (menu));
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    if (view->editor || category->visible)
      json_array_add_object_element (array, write_category (category, view));
  }
  json_object_set_array_member (object, "categories", array);
  if (view->editor)
    json_object_set_array_member (object, "option_groups",
                                  write_groups (osy_menu_groups (menu), view));
  return osy_json_take_object (object);
}

static void
set_position (JsonObject *object, GPtrArray *siblings, gconstpointer entry)
{
  guint index;

  if (g_ptr_array_find (siblings, entry, &index))
    json_object_set_int_member (object, "position", index);
}

JsonNode *
osy_menu_json_write_entry (OsyMenu *menu, OsyMenuKind kind, const char *id, gint64 now)
{
  const Writing view = {menu, NULL, now, TRUE, FALSE};
  const OsyMenuEntry *entry = osy_menu_find_entry (menu, kind, id);
  JsonObject *object = NULL;

  if (entry != NULL && kind == OSY_MENU_CATEGORY) {
    object = write_category ((const OsyMenuCategory *)entry, &view);
    json_object_remove_member (object, "items");
    set_position (object, osy_menu_categories (menu), entry);
  } else if (entry != NULL && kind == OSY_MENU_ITEM) {
    const OsyMenuItem *item = (const OsyMenuItem *)entry;
    object = write_item (item, &view);
    set_position (object, osy_menu_find_category (menu, item->category_id)->items, entry);
  } else if (entry != NULL) {
    object = write_group ((const OsyMenuGroup *)entry, &view);
  }
  return object ? osy_json_take_object (object) : NULL;
}

JsonNode *
osy_menu_json_write_content (OsyMenu *menu, OsyMenuKind kind, const char *id)
{
  const Writing bare = {.menu = menu, .editor = TRUE, .bare = TRUE};
  const OsyMenuEntry *entry = osy_menu_find_entry (menu, kind, id);
  JsonObject *object = NULL;

  if (entry == NULL)
    return NULL;
  switch (kind) {
  case OSY_MENU_CATEGORY:
    object = write_category ((const OsyMenuCategory *)entry, &bare);
    json_object_remove_member (object, "items");
    break;
  case OSY_MENU_ITEM: object = write_item ((const OsyMenuItem *)entry, &bare); break;
  case OSY_MENU_GROUP: object = write_group ((const OsyMenuGroup *)entry, &bare); break;
  }
  return osy_json_take_object (object);
}
