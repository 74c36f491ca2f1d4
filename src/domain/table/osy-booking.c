/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bookings and those who wait, as plain data and as JSON. */

#include "osy-booking.h"

#include "osy-clock.h"
#include "osy-mask.h"

#define MAX_LIST 100
#define MAX_TEXT 500

/* ---- memory ---- */

OsyBooking *
osy_booking_new (void)
{
  OsyBooking *self = g_new0 (OsyBooking, 1);

  self->minutes = OSY_BOOKING_DEFAULT_MINUTES;
  self->status = OSY_BOOKING_BOOKED;
  self->table_ids = g_new0 (char *, 1);
  self->conflicts = g_new0 (char *, 1);
  return self;
}

void
osy_booking_free (OsyBooking *self)
{
  g_free (self->id);
  g_strfreev (self->table_ids);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->note);
  g_free (self->guest_id);
  g_strfreev (self->conflicts);
  g_free (self);
}

OsyWaiting *
osy_waiting_new (void)
{
  OsyWaiting *self = g_new0 (OsyWaiting, 1);

  self->status = OSY_WAITING_WAITING;
  return self;
}

void
osy_waiting_free (OsyWaiting *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->note);
  g_free (self->guest_id);
  g_free (self);
}

/* ---- time ---- */

gboolean
osy_booking_is_late (const OsyBooking *self, gint64 now)
{
  return g_str_equal (self->status, OSY_BOOKING_BOOKED) && now > self->at;
}

gboolean
osy_booking_is_shown (const OsyBooking *self, gint64 now)
{
  return g_str_equal (self->status, OSY_BOOKING_BOOKED) &&
         now >= self->at - OSY_BOOKING_SHOWN_MINUTES * G_TIME_SPAN_MINUTE &&
         now < self->at + self->minutes * G_TIME_SPAN_MINUTE;
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

static void
set_strings (JsonObject *object, const char *name, GStrv values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

static void
set_person (JsonObject *object, const char *name, const char *phone)
{
  g_autofree char *masked_name = osy_mask_name (name);
  g_autofree char *masked_phone = osy_mask_phone (phone);

  set_opt_string (object, "name", masked_name);
  set_opt_string (object, "phone", masked_phone);
}

JsonObject *
osy_booking_to_json (const OsyBooking *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  set_time (object, "at", self->at);
  json_object_set_int_member (object, "minutes", self->minutes);
  json_object_set_int_member (object, "guest_count", self->guest_count);
  set_strings (object, "table_ids", self->table_ids);
  set_person (object, self->name, self->phone);
  set_opt_string (object, "note", self->note);
  set_opt_string (object, "guest_id", self->guest_id);
  json_object_set_string_member (object, "status", self->status);
  set_strings (object, "conflicts", self->conflicts);
  json_object_set_int_member (object, "version", self->version);
  return object;
}

JsonObject *
osy_waiting_to_json (const OsyWaiting *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_int_member (object, "guest_count", self->guest_count);
  set_person (object, self->name, self->phone);
  set_opt_string (object, "note", self->note);
  set_opt_string (object, "guest_id", self->guest_id);
  json_object_set_string_member (object, "status", self->status);
  set_time (object, "created_at", self->created_at);
  set_time (object, "called_at", self->called_at);
  json_object_set_int_member (object, "version", self->version);
  return object;
}

/* ---- reading ---- */

static GStrv
read_strings (OsyJsonReader *reader, const char *name)
{
  guint n = osy_json_reader_opt_array (reader, name, MAX_LIST);
  GStrv values = g_new0 (char *, n + 1);

  for (guint i = 0, k = 0; i < n; i++) {
    const char *text = osy_json_reader_element_string (reader, name, i, 1, 64);
    if (text != NULL)
      values[k++] = g_strdup (text);
  }
  return values;
}

static char *
read_text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 1, MAX_TEXT));
}

void
osy_booking_read (OsyBooking *self, OsyJsonReader *reader)
{
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->at = osy_json_reader_opt_time (reader, "at");
  self->minutes = (int)osy_json_reader_int (reader, "minutes", 1, OSY_BOOKING_MAX_MINUTES);
  self->guest_count = (int)osy_json_reader_int (reader, "guest_count", 0, G_MAXINT32);
  g_strfreev (self->table_ids);
  self->table_ids = read_strings (reader, "table_ids");
  self->name = read_text (reader, "name");
  self->phone = read_text (reader, "phone");
  self->note = read_text (reader, "note");
  self->guest_id = read_text (reader, "guest_id");
  self->status = g_intern_string (osy_json_reader_string (reader, "status", 1, 20));
  g_strfreev (self->conflicts);
  self->conflicts = read_strings (reader, "conflicts");
  self->version = osy_json_reader_int (reader, "version", 0, G_MAXINT64);
}

void
osy_waiting_read (OsyWaiting *self, OsyJsonReader *reader)
{
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->guest_count = (int)osy_json_reader_int (reader, "guest_count", 0, G_MAXINT32);
  self->name = read_text (reader, "name");
  self->phone = read_text (reader, "phone");
  self->note = read_text (reader, "note");
  self->guest_id = read_text (reader, "guest_id");
  self->status = g_intern_string (osy_json_reader_string (reader, "status", 1, 20));
  self->created_at = osy_json_reader_opt_time (reader, "created_at");
  self->called_at = osy_json_reader_opt_time (reader, "called_at");
  self->version = osy_json_reader_int (reader, "version", 0, G_MAXINT64);
}
