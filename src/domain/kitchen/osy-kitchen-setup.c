/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How a kitchen is laid out, as plain data: stations, what goes to which, and as JSON. */

#include "osy-kitchen-setup.h"

static const char *const languages[] = {"ko", "en", NULL};
static const char *const kinds[] = {OSY_ROUTE_CATEGORY, OSY_ROUTE_ITEM, OSY_ROUTE_OPTION, NULL};

/* ---- memory ---- */

OsyKitchenStation *
osy_kitchen_station_new (void)
{
  OsyKitchenStation *self = g_new0 (OsyKitchenStation, 1);

  self->parallel = OSY_KITCHEN_PARALLEL;
  return self;
}

void
osy_kitchen_station_free (OsyKitchenStation *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->language);
  g_free (self->printer_id);
  g_free (self);
}

OsyKitchenRoute *
osy_kitchen_route_new (const char *kind, const char *target_id, const char *station_id)
{
  OsyKitchenRoute *self = g_new0 (OsyKitchenRoute, 1);

  self->kind = g_strdup (kind);
  self->target_id = g_strdup (target_id);
  self->station_id = g_strdup (station_id);
  return self;
}

void
osy_kitchen_route_free (OsyKitchenRoute *self)
{
  g_free (self->kind);
  g_free (self->target_id);
  g_free (self->station_id);
  g_free (self);
}

OsyKitchenUnrouted *
osy_kitchen_unrouted_new (const char *id, const char *name)
{
  OsyKitchenUnrouted *self = g_new0 (OsyKitchenUnrouted, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  return self;
}

static void
unrouted_free (gpointer data)
{
  OsyKitchenUnrouted *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

OsyKitchenSetup *
osy_kitchen_setup_new (void)
{
  OsyKitchenSetup *self = g_new0 (OsyKitchenSetup, 1);

  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_station_free);
  self->routes = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_route_free);
  self->unrouted = g_ptr_array_new_with_free_func (unrouted_free);
  return self;
}

void
osy_kitchen_setup_free (OsyKitchenSetup *self)
{
  g_ptr_array_unref (self->stations);
  g_ptr_array_unref (self->routes);
  g_ptr_array_unref (self->unrouted);
  g_free (self->default_station_id);
  g_free (self);
}

/* ---- asking ---- */

const OsyKitchenStation *
osy_kitchen_setup_find (const OsyKitchenSetup *self, const char *id)
{
  for (guint i = 0; i < self->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->stations, i);
    if (g_strcmp0 (station->id, id) == 0)
      return station;
  }
  return NULL;
}

const OsyKitchenStation *
osy_kitchen_setup_expo (const OsyKitchenSetup *self)
{
  for (guint i = 0; i < self->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->stations, i);
    if (station->is_expo)
      return station;
  }
  return NULL;
}

const OsyKitchenStation *
osy_kitchen_setup_fallback (const OsyKitchenSetup *self)
{
  const OsyKitchenStation *only = NULL;

  if (self->default_station_id != NULL)
    return osy_kitchen_setup_find (self, self->default_station_id);
  for (guint i = 0; i < self->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->stations, i);
    if (station->is_expo)
      continue;
    if (only != NULL)
      return NULL;
    only = station;
  }
  return only;
}

static const OsyKitchenStation *
find_route (const OsyKitchenSetup *self, const char *kind, const char *target_id)
{
  for (guint i = 0; target_id != NULL && i < self->routes->len; i++) {
    const OsyKitchenRoute *route = g_ptr_array_index (self->routes, i);
    if (g_str_equal (route->kind, kind) && g_str_equal (route->target_id, target_id))
      return osy_kitchen_setup_find (self, route->station_id);
  }
  return NULL;
}

static const OsyKitchenStation *
find_named (const OsyKitchenSetup *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->stations, i);
    if (!station->is_expo && g_str_equal (station->name, name))
      return station;
  }
  return NULL;
}

const OsyKitchenStation *
osy_kitchen_setup_route (const OsyKitchenSetup *self, const OsyKitchenWay *way)
{
  const OsyKitchenStation *station = NULL;

  for (guint i = 0; station == NULL && i < way->option_ids->len; i++)
    station = find_route (self, OSY_ROUTE_OPTION, g_ptr_array_index (way->option_ids, i));
  if (station == NULL)
    station = find_route (self, OSY_ROUTE_ITEM, way->item_id);
  if (station == NULL)
    station = find_named (self, way->station);
  if (station == NULL)
    station = find_route (self, OSY_ROUTE_CATEGORY, way->category_id);
  return station;
}

/* ---- JSON ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonObject *
station_to_json (const OsyKitchenStation *station)
{
  JsonObject *object = json_object_new ();

  set_text (object, "id", station->id);
  set_text (object, "name", station->name);
  json_object_set_int_member (object, "position", station->position);
  set_text (object, "language", station->language);
  json_object_set_boolean_member (object, "is_expo", station->is_expo);
  set_text (object, "printer_id", station->printer_id);
  json_object_set_int_member (object, "parallel", station->parallel);
  json_object_set_int_member (object, "dish_minutes", station->dish_minutes);
  return object;
}

static JsonArray *
routes_to_json (const OsyKitchenSetup *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->routes->len; i++) {
    const OsyKitchenRoute *route = g_ptr_array_index (self->routes, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "kind", route->kind);
    json_object_set_string_member (object, "target_id", route->target_id);
    json_object_set_string_member (object, "station_id", route->station_id);
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_kitchen_setup_to_json (const OsyKitchenSetup *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *stations = json_array_new ();
  JsonArray *unrouted = json_array_new ();

  for (guint i = 0; i < self->stations->len; i++)
    json_array_add_object_element (stations,
                                   station_to_json (g_ptr_array_index (self->stations, i)));
  for (guint i = 0; i < self->unrouted->len; i++) {
    const OsyKitchenUnrouted *item = g_ptr_array_index (self->unrouted, i);
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "id", item->id);
    json_object_set_string_member (row, "name", item->name);
    json_array_add_object_element (unrouted, row);
  }
  json_object_set_int_member (object, "version", self->version);
  json_object_set_array_member (object, "stations", stations);
  json_object_set_array_member (object, "routes", routes_to_json (self));
  set_text (object, "default_station_id", self->default_station_id);
  json_object_set_boolean_member (object, "auto_fire", self->auto_fire);
  json_object_set_array_member (object, "unrouted", unrouted);
  return osy_json_take_object (object);
}

static void
read_station (OsyJsonReader *reader, guint i, GPtrArray *stations)
{
  OsyKitchenStation *station = osy_kitchen_station_new ();

  station->id = g_strdup (osy_json_reader_opt_id (reader, "id"));
  station->name = g_strdup (osy_json_reader_string (reader, "name", 1, 40));
  station->position = osy_json_reader_opt_int (reader, "position", 0, 1000, i);
  station->language = g_strdup (osy_json_reader_enum (reader, "language", languages, "ko"));
  station->is_expo = osy_json_reader_opt_bool (reader, "is_expo", FALSE);
  station->printer_id = g_strdup (osy_json_reader_opt_id (reader, "printer_id"));
  station->parallel = osy_json_reader_opt_int (reader, "parallel", 1, OSY_KITCHEN_MAX_PARALLEL,
                                               OSY_KITCHEN_PARALLEL);
  station->dish_minutes =
      osy_json_reader_opt_int (reader, "dish_minutes", 0, OSY_KITCHEN_MAX_DISH_MINUTES, 0);
  g_ptr_array_add (stations, station);
}

static void
read_route (OsyJsonReader *reader, GPtrArray *routes)
{
  const char *kind = osy_json_reader_enum (reader, "kind", kinds, NULL);
  const char *target = osy_json_reader_id (reader, "target_id");
  const char *station = osy_json_reader_id (reader, "station_id");

  g_ptr_array_add (routes, osy_kitchen_route_new (kind, target, station));
}

OsyKitchenSetup *
osy_kitchen_setup_read (OsyJsonReader *reader)
{
  OsyKitchenSetup *self = osy_kitchen_setup_new ();

  self->version = osy_json_reader_opt_int (reader, "version", 0, G_MAXINT64, 0);
  guint n = osy_json_reader_array (reader, "stations", 0, OSY_KITCHEN_MAX_STATIONS);
  for (guint i = 0; i < n; i++)
    read_station (osy_json_reader_element (reader, "stations", i), i, self->stations);
  n = osy_json_reader_opt_array (reader, "routes", OSY_KITCHEN_MAX_ROUTES);
  for (guint i = 0; i < n; i++)
    read_route (osy_json_reader_element (reader, "routes", i), self->routes);
  self->default_station_id = g_strdup (osy_json_reader_opt_id (reader, "default_station_id"));
  self->auto_fire = osy_json_reader_opt_bool (reader, "auto_fire", FALSE);
  n = osy_json_reader_opt_array (reader, "unrouted", 10000);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "unrouted", i);
    const char *id = osy_json_reader_id (row, "id");
    g_ptr_array_add (self->unrouted,
                     osy_kitchen_unrouted_new (id, osy_json_reader_string (row, "name", 0, 1000)));
  }
  return self;
}

OsyKitchenSetup *
osy_kitchen_setup_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  g_autoptr (OsyKitchenSetup) self = osy_kitchen_setup_read (reader);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
