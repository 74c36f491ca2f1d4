/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Guests who eat in: a table each, the bill, and a free table again. */

#include "osy-sim-tables.h"

#include "osy-id.h"
#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-choice.h"
#include "osy-sim-guest.h"
#include "osy-sim-till.h"

#define FLOOR "/api/v1/restaurants/me/floor"
#define TABLES 12
#define COLUMNS 4
#define STEP 160
#define SIDE 112
/* Of a hundred who eat, so many want something more before they ask for the bill. */
#define MORE 40

struct _OsySimTables {
  OsySimWorld *world;
  GPtrArray *free; /* of ids that belong to all */
  GHashTable *all; /* set of ids of tables */
};

/* Somebody who is about to do something at a table. */
typedef struct {
  OsySimTables *tables;
  const char *id;
  char *check_id;
  gboolean split; /* each pays for himself */
  gboolean asked; /* for the bill; then they pay and go */
} Party;

static void
party_free (gpointer data)
{
  Party *party = data;

  g_free (party->check_id);
  g_free (party);
}

/* ---- the plan ---- */

static void
know (OsySimTables *self, JsonObject *plan)
{
  JsonArray *floors = json_object_get_array_member (plan, "floors");

  for (guint i = 0; i < json_array_get_length (floors); i++) {
    JsonObject *floor = json_array_get_object_element (floors, i);
    JsonArray *pieces = json_object_get_array_member (floor, "pieces");
    for (guint k = 0; k < json_array_get_length (pieces); k++) {
      JsonObject *piece = json_array_get_object_element (pieces, k);
      char *id = g_strdup (osy_rest_text (piece, "id", ""));
      if (json_object_has_member (piece, "number") && g_hash_table_add (self->all, id))
        g_ptr_array_add (self->free, id);
      else if (!json_object_has_member (piece, "number"))
        g_free (id);
    }
  }
}

static JsonObject *
put (JsonArray *changes, const char *type, const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "op", "PUT");
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "id", id);
  json_array_add_object_element (changes, object);
  return object;
}

static void
put_table (JsonArray *changes, const char *floor_id, guint nth)
{
  g_autofree char *id = osy_id_new ();
  g_autofree char *number = g_strdup_printf ("%u", nth + 1);
  JsonObject *table = put (changes, "piece", id);

  json_object_set_string_member (table, "floor_id", floor_id);
  json_object_set_string_member (table, "kind", "TABLE");
  json_object_set_string_member (table, "shape", nth % 5 == 4 ? "ROUND" : "SQUARE");
  json_object_set_string_member (table, "number", number);
  json_object_set_int_member (table, "seats", nth % 3 == 2 ? 6 : 4);
  json_object_set_int_member (table, "x", 48 + nth % COLUMNS * STEP);
  json_object_set_int_member (table, "y", 48 + nth / COLUMNS * STEP);
  json_object_set_int_member (table, "width", SIDE);
  json_object_set_int_member (table, "height", SIDE);
}

static JsonNode *
default_plan (void)
{
  JsonObject *object = json_object_new ();
  JsonArray *changes = json_array_new ();
  g_autofree char *id = osy_id_new ();
  JsonObject *floor = put (changes, "floor", id);

  json_object_set_string_member (floor, "name", "홀");
  json_object_set_int_member (floor, "width", 96 + COLUMNS * STEP);
  json_object_set_int_member (floor, "height", 96 + TABLES / COLUMNS * STEP);
  for (guint i = 0; i < TABLES; i++)
    put_table (changes, id, i);
  json_object_set_array_member (object, "changes", changes);
  return osy_json_take_object (object);
}

static void read_plan (OsySimTables *self);

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsySimTables *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  if (answer == NULL)
    osy_sim_world_fault (self->world, "POST /floor/changes", error);
  else
    read_plan (self);
}

static void
plan_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsySimTables *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) plan = osy_sim_world_call_finish (self->world, result, &error);

  if (plan == NULL) {
    osy_sim_world_fault (self->world, "GET /floor", error);
    return;
  }
  know (self, json_node_get_object (plan));
  if (json_object_get_int_member (json_node_get_object (plan), "version") > 0)
    return;
  g_autoptr (JsonNode) body = default_plan ();
  OsySimCall call = {.method = "POST", .path = FLOOR "/changes", .body = body, .by_staff = TRUE};
  osy_sim_world_call_async (self->world, &call, drawn_cb, self);
}

static void
read_plan (OsySimTables *self)
{
  OsySimCall call = {.method = "GET", .path = FLOOR, .by_staff = TRUE};

  osy_sim_world_call_async (self->world, &call, plan_cb, self);
}

OsySimTables *
osy_sim_tables_new (OsySimWorld *world)
{
  OsySimTables *self = g_new0 (OsySimTables, 1);

  self->world = world;
  self->free = g_ptr_array_new ();
  self->all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read_plan (self);
  return self;
}

void
osy_sim_tables_free (OsySimTables *self)
{
  g_ptr_array_unref (self->free);
  g_hash_table_unref (self->all);
  g_free (self);
}

/* ---- who eats there ---- */

const char *
osy_sim_tables_take (OsySimTables *self)
{
  if (self->free->len == 0)
    return NULL;
  return g_ptr_array_steal_index (
      self->free, (guint)g_rand_int_range (self->world->rand, 0, (gint32)self->free->len));
}

void
osy_sim_tables_give_back (OsySimTables *self, const char *table_id)
{
  g_ptr_array_add (self->free, (gpointer)table_id);
}

gboolean
osy_sim_tables_are_free (const OsySimTables *self)
{
  return self->free->len == g_hash_table_size (self->all);
}

static void act_cb (gpointer user_data);

static void
pay_cb (gpointer user_data)
{
  Party *party = user_data;

  osy_sim_till_settle (party->tables->world, party->check_id, party->split, act_cb, party,
                       party_free);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Party *party = user_data;
  OsySimTables *self = party->tables;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  /* Somebody else may have moved them, or cleared the table. */
  if (answer != NULL)
    osy_sim_world_count (self->world, party->asked ? "clear" : "request-bill");
  else if (osy_error_is (error, OSY_ERROR_STATE_CONFLICT))
    self->world->overtaken++;
  else
    osy_sim_world_fault (self->world, "an act at a table", error);
  if (!party->asked) {
    party->asked = TRUE;
    osy_sim_world_after (self->world, osy_sim_world_between (self->world, 0.5, 2), pay_cb, party,
                         party_free);
    return;
  }
  osy_sim_tables_give_back (self, party->id);
  party_free (party);
}

static void
act_cb (gpointer user_data)
{
  Party *party = user_data;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autofree char *path = g_strdup_printf ("/api/v1/restaurants/me/tables/%s/%s", party->id,
                                           party->asked ? "clear" : "request-bill");
  OsySimCall call = {.method = "POST", .path = path, .body = body, .by_staff = TRUE};

  /* What came to the table since stays on their check. */
  json_object_set_boolean_member (object, party->asked ? "leave_unpaid" : "on", TRUE);
  osy_sim_world_call_async (party->tables->world, &call, done_cb, party);
}

static void
more_cb (gpointer user_data)
{
  Party *party = user_data;

  osy_sim_guest_again (party->tables->world, party->id, party->check_id);
  party_free (party);
}

void
osy_sim_tables_dine (OsySimTables *self, const char *table_id, const char *check_id, gboolean split)
{
  Party *party = g_new0 (Party, 1);
  gboolean more = !split && osy_sim_chance (self->world->rand, MORE);

  *party = (Party){.tables = self, .id = table_id, .check_id = g_strdup (check_id), .split = split};
  osy_sim_world_after (self->world,
                       more ? osy_sim_world_between (self->world, 4, 9)
                            : osy_sim_world_between (self->world, 10, 20),
                       more ? more_cb : act_cb, party, party_free);
}
