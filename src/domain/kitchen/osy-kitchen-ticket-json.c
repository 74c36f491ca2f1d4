/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A ticket as JSON, both ways: what routes answer and events carry. Members that are not set are
 * left out. */

#include "osy-kitchen-ticket.h"

#include "osy-clock.h"
#include "osy-json.h"

#define MAX_ROWS 1000
#define MAX_COUNT 1000000
#define MAX_TEXT 4000

static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY", NULL};
static const char *const stages[] = {OSY_TICKET_PREP, OSY_TICKET_EXPO, NULL};
static const char *const states[] = {OSY_TICKET_OPEN, OSY_TICKET_BUMPED, OSY_TICKET_DONE, NULL};
static const char *const kinds[] = {OSY_CHANGE_ADDED, OSY_CHANGE_VOIDED, OSY_CHANGE_CHANGED,
                                    OSY_CHANGE_MOVED, NULL};
static const char *const courses[] = {OSY_COURSE_HELD, OSY_COURSE_FIRED, OSY_COURSE_DONE, NULL};

typedef struct {
  const char *name;
  gsize offset;
} Field;

#define FIELD(type, name)              \
  {                                    \
#name, G_STRUCT_OFFSET(type, name) \
  }
#define T(name) FIELD (OsyKitchenTicketData, name)
#define L(name) FIELD (OsyKitchenLine, name)

static const Field moments[] = {T (sent_at),    T (promised_at), T (shown_at),
                                T (touched_at), T (bumped_at),   T (timer_from)};
static const Field quantities[] = {L (quantity_sent), L (quantity_waiting), L (quantity_made),
                                   L (quantity_voided)};

static gint64 *
number_at (gconstpointer self, const Field *field)
{
  return (gint64 *)G_STRUCT_MEMBER_P (self, field->offset);
}

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_int (JsonObject *object, const char *name, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_text (object, name, text);
}

static JsonArray *
texts_to_json (char *const *texts)
{
  JsonArray *array = json_array_new ();

  for (char *const *text = texts; *text != NULL; text++)
    json_array_add_string_element (array, *text);
  return array;
}

static JsonArray *
changes_to_json (GPtrArray *changes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < changes->len; i++) {
    const OsyKitchenChange *change = g_ptr_array_index (changes, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "id", change->id);
    json_object_set_string_member (object, "kind", change->kind);
    json_object_set_int_member (object, "quantity", change->quantity);
    set_text (object, "text", change->text);
    set_time (object, "at", change->at);
    set_time (object, "seen_at", change->seen_at);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
options_to_json (GPtrArray *options)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < options->len; i++) {
    const OsyKitchenOption *option = g_ptr_array_index (options, i);
    JsonObject *object = json_object_new ();
    set_text (object, "item_id", option->item_id);
    json_object_set_string_member (object, "name", option->name);
    json_object_set_int_member (object, "quantity", option->quantity);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
set_table (JsonObject *object, const char *id, const char *number)
{
  if (id == NULL && number == NULL)
    return;
  JsonObject *table = json_object_new ();
  set_text (table, "id", id);
  set_text (table, "number", number);
  json_object_set_object_member (object, "table", table);
}

static JsonObject *
line_to_json (const OsyKitchenLine *line)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "line_id", line->line_id);
  json_object_set_string_member (object, "name", line->name);
  set_text (object, "menu_item_id", line->menu_item_id);
  set_text (object, "kitchen_name", line->kitchen_name);
  json_object_set_array_member (object, "options", options_to_json (line->options));
  set_text (object, "note", line->note);
  json_object_set_array_member (object, "allergens", texts_to_json (line->allergens));
  json_object_set_int_member (object, "course", line->course);
  set_int (object, "seat", line->seat);
  set_table (object, line->table_id, line->table_number);
  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++)
    json_object_set_int_member (object, quantities[i].name, *number_at (line, &quantities[i]));
  set_int (object, "prep_minutes", line->prep_minutes);
  json_object_set_array_member (object, "changes", changes_to_json (line->changes));
  return object;
}

static JsonArray *
courses_to_json (GPtrArray *list)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < list->len; i++) {
    const OsyKitchenCourse *course = g_ptr_array_index (list, i);
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "course", course->course);
    json_object_set_string_member (object, "state", course->state);
    set_time (object, "fired_at", course->fired_at);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
set_head (JsonObject *object, const OsyKitchenTicketData *data)
{
  json_object_set_string_member (object, "id", data->id);
  json_object_set_string_member (object, "order_id", data->order_id);
  json_object_set_int_member (object, "order_number", data->order_number);
  json_object_set_string_member (object, "order_type", data->order_type);
  json_object_set_string_member (object, "channel", data->channel);
  json_object_set_string_member (object, "order_status", data->order_status);
  set_table (object, data->table_id, data->table_number);
  json_object_set_array_member (object, "moved_from", texts_to_json (data->moved_from));
  set_int (object, "guest_count", data->guest_count);
  json_object_set_string_member (object, "station_id", data->station_id);
  json_object_set_string_member (object, "stage", data->stage);
  json_object_set_string_member (object, "state", data->state);
  json_object_set_boolean_member (object, "priority", data->priority);
  json_object_set_boolean_member (object, "practice", data->practice);
}

JsonNode *
osy_kitchen_ticket_to_json (OsyKitchenTicket *self)
{
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (self);
  JsonObject *object = json_object_new ();
  JsonArray *lines = json_array_new ();

  set_head (object, data);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    set_time (object, moments[i].name, *number_at (data, &moments[i]));
  json_object_set_int_member (object, "recalled", data->recalled);
  set_text (object, "note", data->note);
  json_object_set_array_member (object, "courses", courses_to_json (data->courses));
  for (guint i = 0; i < data->lines->len; i++)
    json_array_add_object_element (lines, line_to_json (g_ptr_array_index (data->lines, i)));
  json_object_set_array_member (object, "lines", lines);
  json_object_set_array_member (object, "changes", changes_to_json (data->changes));
  json_object_set_int_member (object, "version", data->version);
  return osy_json_take_object (object);
}

/* ---- reading ---- */

static gint64
read_count (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_opt_int (reader, name, 0, MAX_COUNT, 0);
}

static char **
read_texts (OsyJsonReader *reader, const char *name)
{
  guint n = osy_json_reader_opt_array (reader, name, MAX_ROWS);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < n; i++) {
    const char *text = osy_json_reader_element_string (reader, name, i, 0, MAX_TEXT);
    if (text != NULL)
      g_strv_builder_add (texts, text);
  }
  return g_strv_builder_end (texts);
}

static void
read_changes (OsyJsonReader *reader, GPtrArray *changes)
{
  guint n = osy_json_reader_opt_array (reader, "changes", MAX_ROWS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "changes", i);
    OsyKitchenChange *change = g_new0 (OsyKitchenChange, 1);
    change->id = g_strdup (osy_json_reader_id (row, "id"));
    change->kind = g_strdup (osy_json_reader_enum (row, "kind", kinds, NULL));
    change->quantity = read_count (row, "quantity");
    change->text = g_strdup (osy_json_reader_opt_string (row, "text", 0, MAX_TEXT));
    change->at = osy_json_reader_opt_time (row, "at");
    change->seen_at = osy_json_reader_opt_time (row, "seen_at");
    g_ptr_array_add (changes, change);
  }
}

static void
read_options (OsyJsonReader *reader, GPtrArray *options)
{
  guint n = osy_json_reader_opt_array (reader, "options", MAX_ROWS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "options", i);
    OsyKitchenOption *option = g_new0 (OsyKitchenOption, 1);
    option->item_id = g_strdup (osy_json_reader_opt_id (row, "item_id"));
    option->name = g_strdup (osy_json_reader_string (row, "name", 0, MAX_TEXT));
    option->quantity = read_count (row, "quantity");
    g_ptr_array_add (options, option);
  }
}

static void
read_table (OsyJsonReader *reader, char **id, char **number)
{
  OsyJsonReader *table = osy_json_reader_opt_object (reader, "table");

  if (table == NULL)
    return;
  *id = g_strdup (osy_json_reader_opt_id (table, "id"));
  *number = g_strdup (osy_json_reader_opt_string (table, "number", 0, 100));
}

static void
read_line (OsyJsonReader *reader, GPtrArray *lines)
{
  OsyKitchenLine *line = osy_kitchen_line_new ();

  g_ptr_array_add (lines, line);
  line->line_id = g_strdup (osy_json_reader_id (reader, "line_id"));
  line->name = g_strdup (osy_json_reader_string (reader, "name", 0, MAX_TEXT));
  line->menu_item_id = g_strdup (osy_json_reader_opt_id (reader, "menu_item_id"));
  line->kitchen_name = g_strdup (osy_json_reader_opt_string (reader, "kitchen_name", 0, MAX_TEXT));
  line->note = g_strdup (osy_json_reader_opt_string (reader, "note", 0, MAX_TEXT));
  line->course = osy_json_reader_opt_int (reader, "course", 1, OSY_COURSE_MAX, 1);
  line->seat = read_count (reader, "seat");
  read_table (reader, &line->table_id, &line->table_number);
  line->prep_minutes = read_count (reader, "prep_minutes");
  for (gsize i = 0; i < G_N_ELEMENTS (quantities); i++)
    *number_at (line, &quantities[i]) =
        osy_json_reader_int (reader, quantities[i].name, 0, MAX_COUNT);
  g_strfreev (line->allergens);
  line->allergens = read_texts (reader, "allergens");
  read_options (reader, line->options);
  read_changes (reader, line->changes);
}

static void
read_courses (OsyJsonReader *reader, GPtrArray *list)
{
  guint n = osy_json_reader_opt_array (reader, "courses", OSY_COURSE_MAX);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "courses", i);
    OsyKitchenCourse *course = g_new0 (OsyKitchenCourse, 1);
    course->course = osy_json_reader_int (row, "course", 1, OSY_COURSE_MAX);
    course->state = g_strdup (osy_json_reader_enum (row, "state", courses, NULL));
    course->fired_at = osy_json_reader_opt_time (row, "fired_at");
    g_ptr_array_add (list, course);
  }
}

static void
read_head (OsyJsonReader *reader, OsyKitchenTicketData *data)
{
  data->id = g_strdup (osy_json_reader_id (reader, "id"));
  data->order_id = g_strdup (osy_json_reader_id (reader, "order_id"));
  data->order_number = read_count (reader, "order_number");
  data->order_type = g_strdup (osy_json_reader_enum (reader, "order_type", types, NULL));
  data->channel = g_strdup (osy_json_reader_string (reader, "channel", 1, 40));
  data->order_status = g_strdup (osy_json_reader_string (reader, "order_status", 1, 40));
  read_table (reader, &data->table_id, &data->table_number);
  g_strfreev (data->moved_from);
  data->moved_from = read_texts (reader, "moved_from");
  data->guest_count = read_count (reader, "guest_count");
  data->station_id = g_strdup (osy_json_reader_id (reader, "station_id"));
  data->stage = g_strdup (osy_json_reader_enum (reader, "stage", stages, NULL));
  data->state = g_strdup (osy_json_reader_enum (reader, "state", states, NULL));
  data->priority = osy_json_reader_opt_bool (reader, "priority", FALSE);
  data->practice = osy_json_reader_opt_bool (reader, "practice", FALSE);
}

OsyKitchenTicket *
osy_kitchen_ticket_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyKitchenTicketData) data = osy_kitchen_ticket_data_new ();

  osy_json_reader_ignore_unknown (reader);
  read_head (reader, data);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    *number_at (data, &moments[i]) = osy_json_reader_opt_time (reader, moments[i].name);
  data->recalled = read_count (reader, "recalled");
  data->note = g_strdup (osy_json_reader_opt_string (reader, "note", 0, MAX_TEXT));
  data->version = osy_json_reader_int (reader, "version", 1, G_MAXINT32 * 1000LL);
  read_courses (reader, data->courses);
  guint n = osy_json_reader_array (reader, "lines", 0, MAX_ROWS);
  for (guint i = 0; i < n; i++)
    read_line (osy_json_reader_element (reader, "lines", i), data->lines);
  read_changes (reader, data->changes);
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return osy_kitchen_ticket_new (g_steal_pointer (&data));
}
