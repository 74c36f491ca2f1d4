/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A combo is made at several stations: which of them makes what. */

#include "osy-kitchen-parts.h"

#include "osy-json.h"
#include "osy-menu-facts.h"

typedef struct {
  const OsyKitchenSetup *setup;
  GHashTable *facts; /* id → OsyMenuFacts */
  const OsyKitchenStation *home;
  const OsyKitchenStation *here;
  GPtrArray *allergens; /* of the part that is being made: of char* */
  gint64 minutes;
} Parting;

static void
part_free (gpointer data)
{
  OsyKitchenPart *self = data;

  g_free (self->options);
  g_free (self->allergens);
  g_free (self);
}

/* ---- where ---- */

static const OsyKitchenStation *
first_cook (const OsyKitchenSetup *setup)
{
  for (guint i = 0; i < setup->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (setup->stations, i);
    if (!station->is_expo)
      return station;
  }
  return g_ptr_array_index (setup->stations, 0);
}

static const OsyKitchenStation *
find_station (const Parting *self, const OsyKitchenWay *way)
{
  const OsyKitchenStation *station = osy_kitchen_setup_route (self->setup, way);

  if (station == NULL)
    station = osy_kitchen_setup_fallback (self->setup);
  return station != NULL ? station : first_cook (self->setup);
}

/* @dishes: also those that are dishes, which go their own way. */
static void
add_option_ids (GPtrArray *ids, GPtrArray *options, gboolean dishes)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    if (option->item_id != NULL && !dishes)
      continue;
    g_ptr_array_add (ids, option->option_id);
    add_option_ids (ids, option->options, dishes);
  }
}

static const OsyKitchenStation *
station_of_line (const Parting *self, const OsyOrderLine *line)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->facts, line->menu_item_id);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const OsyKitchenWay way = {line->menu_item_id, facts ? facts->category_id : NULL, line->station,
                             ids};

  add_option_ids (ids, line->options, FALSE);
  return find_station (self, &way);
}

static const OsyKitchenStation *
station_of_dish (const Parting *self, const OsyOrderOption *option)
{
  const OsyMenuFacts *facts = g_hash_table_lookup (self->facts, option->item_id);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  const OsyKitchenWay way = {option->item_id, facts ? facts->category_id : NULL,
                             facts ? facts->station : NULL, ids};

  g_ptr_array_add (ids, option->option_id);
  add_option_ids (ids, option->options, TRUE);
  return find_station (self, &way);
}

static gboolean
find_stations (const Parting *self, GPtrArray *options, GPtrArray *stations)
{
  gboolean dishes = FALSE;

  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    if (option->item_id == NULL) {
      dishes |= find_stations (self, option->options, stations);
      continue;
    }
    const OsyKitchenStation *station = station_of_dish (self, option);
    if (!g_ptr_array_find (stations, station, NULL))
      g_ptr_array_add (stations, (gpointer)station);
    dishes = TRUE;
  }
  return dishes;
}

/* ---- what ---- */

static void
add_facts (Parting *self, const OsyMenuFacts *facts)
{
  g_autoptr (JsonNode) node =
      facts && facts->allergens ? json_from_string (facts->allergens, NULL) : NULL;
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    const char *one = json_array_get_string_element (array, i);
    if (!g_ptr_array_find_with_equal_func (self->allergens, one, g_str_equal, NULL))
      g_ptr_array_add (self->allergens, g_strdup (one));
  }
}

static JsonArray *options_here (Parting *self, GPtrArray *options, gboolean all);

static JsonObject *
write_option (Parting *self, const OsyOrderOption *option, gboolean all)
{
  const OsyMenuFacts *dish =
      option->item_id != NULL ? g_hash_table_lookup (self->facts, option->item_id) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "option_id", option->option_id);
  if (option->item_id != NULL)
    json_object_set_string_member (object, "item_id", option->item_id);
  else if (!all && self->here != self->home)
    json_object_set_boolean_member (object, "shared", TRUE);
  json_object_set_string_member (object, "name",
                                 dish && dish->kitchen_name ? dish->kitchen_name : option->name);
  json_object_set_int_member (object, "quantity", option->quantity);
  if (option->options->len > 0)
    json_object_set_array_member (object, "options",
                                  options_here (self, option->options, all || dish != NULL));
  if (dish != NULL) {
    self->minutes = MAX (self->minutes, dish->prep_minutes);
    add_facts (self, dish);
  }
  return object;
}

/* @all: what belongs to a dish that is made here is made with it. */
static JsonArray *
options_here (Parting *self, GPtrArray *options, gboolean all)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    if (all || option->item_id == NULL || station_of_dish (self, option) == self->here)
      json_array_add_object_element (array,
                                     write_option (self, option, all || option->item_id != NULL));
  }
  return array;
}

static char *
print_array (JsonArray *array)
{
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), array);

  json_array_unref (array);
  return osy_json_print (node);
}

static char *
print_allergens (GPtrArray *allergens)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < allergens->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (allergens, i));
  return print_array (array);
}

static OsyKitchenPart *
make_part (Parting *self,
           const OsyOrderLine *line,
           const OsyKitchenStation *station,
           gboolean dishes)
{
  OsyKitchenPart *part = g_new0 (OsyKitchenPart, 1);

  self->here = station;
  self->minutes = station == self->home ? line->prep_minutes : 0;
  self->allergens = g_ptr_array_new_with_free_func (g_free);
  if (station == self->home)
    add_facts (self, g_hash_table_lookup (self->facts, line->menu_item_id));
  part->station = station;
  if (dishes)
    part->options = print_array (options_here (self, line->options, FALSE));
  part->allergens = print_allergens (self->allergens);
  part->minutes = self->minutes;
  g_clear_pointer (&self->allergens, g_ptr_array_unref);
  return part;
}

GPtrArray *
osy_kitchen_parts (const OsyKitchenSetup *setup, GHashTable *facts, const OsyOrderLine *line)
{
  Parting self = {.setup = setup, .facts = facts};
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (GPtrArray) stations = g_ptr_array_new ();

  self.home = station_of_line (&self, line);
  g_ptr_array_add (stations, (gpointer)self.home);
  gboolean dishes = find_stations (&self, line->options, stations);
  for (guint i = 0; i < stations->len; i++)
    g_ptr_array_add (parts, make_part (&self, line, g_ptr_array_index (stations, i), dishes));
  return parts;
}

/* ---- ids, and what counts ---- */

static void
add_dishes (GPtrArray *options, GPtrArray *ids)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);
    if (option->item_id != NULL)
      g_ptr_array_add (ids, option->item_id);
    add_dishes (option->options, ids);
  }
}

void
osy_kitchen_parts_items (const OsyOrderLine *line, GPtrArray *ids)
{
  g_ptr_array_add (ids, line->menu_item_id);
  add_dishes (line->options, ids);
}

static void
drop_shared (JsonArray *options)
{
  for (guint i = 0; i < json_array_get_length (options); i++) {
    JsonObject *option = json_array_get_object_element (options, i);
    if (json_object_has_member (option, "shared"))
      json_object_remove_member (option, "option_id");
    if (json_object_has_member (option, "options"))
      drop_shared (json_object_get_array_member (option, "options"));
  }
}

JsonNode *
osy_kitchen_parts_own (const char *options)
{
  JsonNode *node = json_from_string (options, NULL);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    drop_shared (json_node_get_array (node));
  return node;
}
