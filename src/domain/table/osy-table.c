/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tables and who sits at them, as plain data and as JSON. */

#include "osy-table.h"

#include "osy-clock.h"

#define MAX_TABLES 2000
#define MAX_LIST 1000

static const char *const states[OSY_N_TABLE_STATES + 1] = {"FREE", "SEATED", "DINING", "BILL",
                                                           "CLEAN"};

const char *
osy_table_state_name (OsyTableState state)
{
  g_return_val_if_fail (state < OSY_N_TABLE_STATES, NULL);
  return states[state];
}

/* ---- memory ---- */

OsySeating *
osy_seating_new (void)
{
  OsySeating *self = g_new0 (OsySeating, 1);

  self->table_ids = g_new0 (char *, 1);
  return self;
}

void
osy_seating_free (OsySeating *self)
{
  g_free (self->id);
  g_free (self->check_id);
  g_strfreev (self->table_ids);
  g_free (self->moved_from);
  g_free (self);
}

OsyTable *
osy_table_new (void)
{
  return g_new0 (OsyTable, 1);
}

void
osy_table_free (OsyTable *self)
{
  g_free (self->table_id);
  g_free (self->number);
  g_free (self->floor_id);
  g_clear_pointer (&self->seating, osy_seating_free);
  g_free (self);
}

OsyTableRoom *
osy_table_room_new (void)
{
  OsyTableRoom *self = g_new0 (OsyTableRoom, 1);

  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_table_free);
  self->bookings = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_booking_free);
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_waiting_free);
  return self;
}

void
osy_table_room_free (OsyTableRoom *self)
{
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->bookings);
  g_ptr_array_unref (self->waiting);
  g_free (self);
}

OsyTableState
osy_seating_state (const OsySeating *self)
{
  if (self == NULL)
    return OSY_TABLE_FREE;
  if (self->paid_at != 0)
    return OSY_TABLE_CLEAN;
  if (self->bill_requested_at != 0)
    return OSY_TABLE_BILL;
  return self->ordered_at != 0 ? OSY_TABLE_DINING : OSY_TABLE_SEATED;
}

/* ---- writing ---- */

static void
set_opt_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_opt_string (object, name, text);
}

static JsonObject *
seating_to_json (const OsySeating *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *ids = json_array_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_int_member (object, "guest_count", self->guest_count);
  set_time (object, "seated_at", self->seated_at);
  set_time (object, "last_act_at", self->last_act_at);
  set_time (object, "ordered_at", self->ordered_at);
  set_time (object, "bill_requested_at", self->bill_requested_at);
  set_time (object, "paid_at", self->paid_at);
  set_opt_string (object, "check_id", self->check_id);
  json_object_set_int_member (object, "total", self->total);
  json_object_set_int_member (object, "owed", self->owed);
  for (guint i = 0; self->table_ids[i] != NULL; i++)
    json_array_add_string_element (ids, self->table_ids[i]);
  json_object_set_array_member (object, "table_ids", ids);
  set_opt_string (object, "moved_from", self->moved_from);
  return object;
}

JsonObject *
osy_table_to_json (const OsyTable *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "table_id", self->table_id);
  json_object_set_string_member (object, "number", self->number);
  json_object_set_string_member (object, "floor_id", self->floor_id);
  if (self->seats > 0)
    json_object_set_int_member (object, "seats", self->seats);
  json_object_set_string_member (object, "state", osy_table_state_name (self->state));
  json_object_set_int_member (object, "version", self->version);
  if (self->seating != NULL)
    json_object_set_object_member (object, "seating", seating_to_json (self->seating));
  return object;
}

JsonNode *
osy_table_room_to_json (const OsyTableRoom *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *tables = json_array_new ();
  JsonArray *bookings = json_array_new ();
  JsonArray *waiting = json_array_new ();

  for (guint i = 0; i < self->tables->len; i++)
    json_array_add_object_element (tables, osy_table_to_json (g_ptr_array_index (self->tables, i)));
  for (guint i = 0; i < self->bookings->len; i++)
    json_array_add_object_element (bookings,
                                   osy_booking_to_json (g_ptr_array_index (self->bookings, i)));
  for (guint i = 0; i < self->waiting->len; i++)
    json_array_add_object_element (waiting,
                                   osy_waiting_to_json (g_ptr_array_index (self->waiting, i)));
  json_object_set_array_member (object, "tables", tables);
  json_object_set_array_member (object, "bookings", bookings);
  json_object_set_array_member (object, "waiting", waiting);
  set_time (object, "waiting_paused_until", self->paused_until);
  set_time (object, "server_time", self->server_time);
  return osy_json_take_object (object);
}

/* ---- reading ---- */

static OsySeating *
read_seating (OsyJsonReader *reader)
{
  OsySeating *self = osy_seating_new ();

  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->guest_count = (int)osy_json_reader_int (reader, "guest_count", 0, G_MAXINT32);
  self->seated_at = osy_json_reader_opt_time (reader, "seated_at");
  self->last_act_at = osy_json_reader_opt_time (reader, "last_act_at");
  self->ordered_at = osy_json_reader_opt_time (reader, "ordered_at");
  self->bill_requested_at = osy_json_reader_opt_time (reader, "bill_requested_at");
  self->paid_at = osy_json_reader_opt_time (reader, "paid_at");
  self->check_id = g_strdup (osy_json_reader_opt_id (reader, "check_id"));
  self->total = osy_json_reader_int (reader, "total", G_MININT64, G_MAXINT64);
  self->owed = osy_json_reader_int (reader, "owed", G_MININT64, G_MAXINT64);
  guint n = osy_json_reader_array (reader, "table_ids", 1, MAX_TABLES);
  g_strfreev (self->table_ids);
  self->table_ids = g_new0 (char *, n + 1);
  for (guint i = 0, k = 0; i < n; i++) {
    const char *id = osy_json_reader_element_string (reader, "table_ids", i, 36, 36);
    if (id != NULL)
      self->table_ids[k++] = g_strdup (id);
  }
  self->moved_from = g_strdup (osy_json_reader_opt_string (reader, "moved_from", 1, 64));
  return self;
}

static OsyTableState
read_state (OsyJsonReader *reader)
{
  const char *name = osy_json_reader_enum (reader, "state", states, NULL);

  for (guint i = 0; i < OSY_N_TABLE_STATES; i++)
    if (g_strcmp0 (name, states[i]) == 0)
      return i;
  return OSY_TABLE_FREE;
}

static OsyTable *
read_table (OsyJsonReader *reader)
{
  OsyTable *self = osy_table_new ();
  OsyJsonReader *seating = osy_json_reader_opt_object (reader, "seating");

  self->table_id = g_strdup (osy_json_reader_id (reader, "table_id"));
  self->number = g_strdup (osy_json_reader_string (reader, "number", 1, 64));
  self->floor_id = g_strdup (osy_json_reader_id (reader, "floor_id"));
  self->seats = (int)osy_json_reader_opt_int (reader, "seats", 0, G_MAXINT32, 0);
  self->state = read_state (reader);
  self->version = osy_json_reader_int (reader, "version", 0, G_MAXINT64);
  if (seating != NULL)
    self->seating = read_seating (seating);
  return self;
}

OsyTable *
osy_table_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  g_autoptr (OsyTable) self = read_table (reader);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

OsyTableRoom *
osy_table_room_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyTableRoom) self = osy_table_room_new ();

  osy_json_reader_ignore_unknown (reader);
  guint n = osy_json_reader_array (reader, "tables", 0, MAX_TABLES);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->tables, read_table (osy_json_reader_element (reader, "tables", i)));
  n = osy_json_reader_array (reader, "bookings", 0, MAX_LIST);
  for (guint i = 0; i < n; i++) {
    OsyBooking *booking = osy_booking_new ();
    osy_booking_read (booking, osy_json_reader_element (reader, "bookings", i));
    g_ptr_array_add (self->bookings, booking);
  }
  n = osy_json_reader_array (reader, "waiting", 0, MAX_LIST);
  for (guint i = 0; i < n; i++) {
    OsyWaiting *waiting = osy_waiting_new ();
    osy_waiting_read (waiting, osy_json_reader_element (reader, "waiting", i));
    g_ptr_array_add (self->waiting, waiting);
  }
  self->paused_until = osy_json_reader_opt_time (reader, "waiting_paused_until");
  self->server_time = osy_json_reader_opt_time (reader, "server_time");
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
