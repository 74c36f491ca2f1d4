/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* All tickets of a kitchen with its stations and counts, as JSON. */

#include "osy-clock.h"
#include "osy-kitchen-setup.h"
#include "osy-kitchen-ticket.h"

#define MAX_ROWS 10000

void
osy_kitchen_board_free (OsyKitchenBoard *self)
{
  g_clear_pointer (&self->tickets, g_ptr_array_unref);
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_clear_pointer (&self->all_day, g_ptr_array_unref);
  g_free (self);
}

JsonNode *
osy_kitchen_board_to_json (const OsyKitchenBoard *self)
{
  g_autofree char *now = osy_clock_format (self->server_time);
  JsonObject *object = json_object_new ();
  JsonArray *tickets = json_array_new ();
  JsonArray *stations = json_array_new ();
  JsonArray *all_day = json_array_new ();

  for (guint i = 0; i < self->tickets->len; i++)
    json_array_add_element (tickets,
                            osy_kitchen_ticket_to_json (g_ptr_array_index (self->tickets, i)));
  for (guint i = 0; i < self->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->stations, i);
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "id", station->id);
    json_object_set_string_member (row, "name", station->name);
    json_object_set_string_member (row, "language", station->language);
    json_object_set_boolean_member (row, "is_expo", station->is_expo);
    json_object_set_int_member (row, "open", station->open);
    json_object_set_int_member (row, "late", station->late);
    json_array_add_object_element (stations, row);
  }
  for (guint i = 0; i < self->all_day->len; i++)
    json_array_add_element (all_day,
                            osy_kitchen_count_to_json (g_ptr_array_index (self->all_day, i)));
  json_object_set_array_member (object, "tickets", tickets);
  json_object_set_array_member (object, "stations", stations);
  json_object_set_array_member (object, "all_day", all_day);
  json_object_set_string_member (object, "server_time", now);
  return osy_json_take_object (object);
}

static void
read_station (OsyJsonReader *reader, GPtrArray *stations)
{
  OsyKitchenStation *station = osy_kitchen_station_new ();

  station->id = g_strdup (osy_json_reader_id (reader, "id"));
  station->name = g_strdup (osy_json_reader_string (reader, "name", 0, 100));
  station->language = g_strdup (osy_json_reader_opt_string (reader, "language", 0, 10));
  station->is_expo = osy_json_reader_opt_bool (reader, "is_expo", FALSE);
  station->open = osy_json_reader_opt_int (reader, "open", 0, G_MAXINT32, 0);
  station->late = osy_json_reader_opt_int (reader, "late", 0, G_MAXINT32, 0);
  g_ptr_array_add (stations, station);
}

static gboolean
read_tickets (JsonNode *node, GPtrArray *tickets, GError **error)
{
  JsonArray *array = json_object_get_array_member (json_node_get_object (node), "tickets");

  for (guint i = 0; i < json_array_get_length (array); i++) {
    OsyKitchenTicket *ticket =
        osy_kitchen_ticket_from_json (json_array_get_element (array, i), error);
    if (ticket == NULL)
      return FALSE;
    g_ptr_array_add (tickets, ticket);
  }
  return TRUE;
}

OsyKitchenBoard *
osy_kitchen_board_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyKitchenBoard) self = g_new0 (OsyKitchenBoard, 1);

  osy_json_reader_ignore_unknown (reader);
  self->tickets = g_ptr_array_new_with_free_func (g_object_unref);
  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_kitchen_station_free);
  osy_json_reader_array (reader, "tickets", 0, MAX_ROWS);
  guint n = osy_json_reader_array (reader, "stations", 0, MAX_ROWS);
  for (guint i = 0; i < n; i++)
    read_station (osy_json_reader_element (reader, "stations", i), self->stations);
  self->server_time = osy_json_reader_opt_time (reader, "server_time");
  if (!osy_json_reader_finish (reader, error) || !read_tickets (node, self->tickets, error))
    return NULL;
  self->all_day = osy_kitchen_count_all (self->tickets);
  return g_steal_pointer (&self);
}
