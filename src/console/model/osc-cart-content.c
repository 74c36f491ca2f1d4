/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a cart holds, as text and back: for its steps, its file and its tests. */

#include "osc-cart-private.h"

#include "osy-money.h"

static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY", NULL};
static const char *const channels[] = {"COUNTER", "PHONE", NULL};
static const struct {
  const char *name;
  gsize max;
} texts[OSC_CART_N_TEXTS] = {
    [OSC_CART_TABLE] = {"table", 20},
    [OSC_CART_NAME] = {"name", 100},
    [OSC_CART_PHONE] = {"phone", 30},
    [OSC_CART_ADDRESS] = {"address", 500},
    [OSC_CART_NOTE] = {"note", OSC_CART_MAX_NOTE},
};

static const char *
find_text (const char *const *list, const char *text)
{
  for (; *list != NULL; list++)
    if (g_strcmp0 (*list, text) == 0)
      return *list;
  return NULL;
}

const char *
osc_cart_find_type (const char *text)
{
  return find_text (types, text);
}

const char *
osc_cart_find_channel (const char *text)
{
  return find_text (channels, text);
}

gsize
osc_cart_text_max (OscCartText which)
{
  return texts[which].max;
}

char *
osc_cart_clean (const char *text, gsize max)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gsize n = 0;

  for (const char *c = text; c != NULL && *c != '\0' && n < max; c = g_utf8_next_char (c)) {
    gunichar one = g_utf8_get_char (c);

    if (g_unichar_iscntrl (one) && one != '\n' && one != '\t')
      continue;
    g_string_append_unichar (clean, one);
    n++;
  }
  return g_string_free (g_steal_pointer (&clean), FALSE);
}

OscCartContent *
osc_cart_content_new (void)
{
  OscCartContent *self = g_new0 (OscCartContent, 1);

  self->type = types[0];
  self->channel = channels[0];
  for (int i = 0; i < OSC_CART_N_TEXTS; i++)
    self->texts[i] = g_strdup ("");
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
osc_cart_content_free (OscCartContent *self)
{
  for (int i = 0; i < OSC_CART_N_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self->table_id);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && text[0] != '\0')
    json_object_set_string_member (object, name, text);
}

static JsonArray *
write_choices (GPtrArray *choices)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "option", choice->option_id);
    json_object_set_int_member (object, "quantity", choice->quantity);
    if (choice->options->len > 0)
      json_object_set_array_member (object, "choices", write_choices (choice->options));
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
write_line (OscCartLine *line)
{
  const OsyMenuRequestLine *request = osc_cart_line_request (line);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", osc_cart_line_id (line));
  json_object_set_string_member (object, "item", request->menu_item_id);
  json_object_set_int_member (object, "quantity", request->quantity);
  if (request->expected_price >= 0)
    json_object_set_int_member (object, "price", request->expected_price);
  set_text (object, "name", osc_cart_line_name (line));
  set_text (object, "options", osc_cart_line_options (line));
  set_text (object, "note", request->note);
  if (osc_cart_line_course (line) > 1)
    json_object_set_int_member (object, "course", osc_cart_line_course (line));
  if (osc_cart_line_seat (line) > 0)
    json_object_set_int_member (object, "seat", osc_cart_line_seat (line));
  if (request->options->len > 0)
    json_object_set_array_member (object, "choices", write_choices (request->options));
  return object;
}

JsonObject *
osc_cart_content_write (const OscCartContent *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *lines = json_array_new ();

  json_object_set_string_member (object, "type", self->type);
  json_object_set_string_member (object, "channel", self->channel);
  if (self->guests > 0)
    json_object_set_int_member (object, "guests", self->guests);
  set_text (object, "table_id", self->table_id);
  for (int i = 0; i < OSC_CART_N_TEXTS; i++)
    set_text (object, texts[i].name, self->texts[i]);
  for (guint i = 0; i < self->lines->len; i++)
    json_array_add_object_element (lines, write_line (g_ptr_array_index (self->lines, i)));
  json_object_set_array_member (object, "lines", lines);
  return object;
}

/* ---- reading ---- */

static void
read_choices (OsyJsonReader *reader, GPtrArray *choices, int depth)
{
  guint n = osy_json_reader_opt_array (reader, "choices", 100);

  if (n > 0 && depth > OSY_MENU_MAX_DEPTH) {
    osy_json_reader_fault (reader, "choices", "DEPTH", "Options nest too deeply.");
    return;
  }
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "choices", i);
    OsyMenuChoice *choice = osy_menu_choice_new (osy_json_reader_id (element, "option"));

    choice->quantity = osy_json_reader_int (element, "quantity", 1, OSY_MENU_MAX_QUANTITY);
    read_choices (element, choice->options, depth + 1);
    g_ptr_array_add (choices, choice);
  }
}

static gboolean
has_id (GPtrArray *lines, int id)
{
  for (guint i = 0; i < lines->len; i++)
    if (osc_cart_line_id (g_ptr_array_index (lines, i)) == id)
      return TRUE;
  return FALSE;
}

static void
read_line (OsyJsonReader *reader, GPtrArray *lines)
{
  OsyMenuRequestLine *request = osy_menu_request_line_new (osy_json_reader_id (reader, "item"));
  int id = (int)osy_json_reader_int (reader, "id", 1, G_MAXINT - OSY_MENU_MAX_LINES);

  request->quantity = osy_json_reader_int (reader, "quantity", 1, OSY_MENU_MAX_QUANTITY);
  request->expected_price = osy_json_reader_opt_int (reader, "price", 0, OSY_MONEY_MAX, -1);
  request->note = g_strdup (osy_json_reader_opt_string (reader, "note", 1, OSC_CART_MAX_NOTE));
  read_choices (reader, request->options, 1);
  OscCartLine *line =
      osc_cart_line_new (id, request, osy_json_reader_opt_string (reader, "name", 1, 1000),
                         osy_json_reader_opt_string (reader, "options", 1, 100000));
  osc_cart_line_set_course (
      line, (int)osy_json_reader_opt_int (reader, "course", 1, OSC_CART_MAX_COURSE, 1));
  osc_cart_line_set_seat (line,
                          (int)osy_json_reader_opt_int (reader, "seat", 1, OSC_CART_MAX_SEAT, 0));
  g_ptr_array_add (lines, line);
}

OscCartContent *
osc_cart_content_read (OsyJsonReader *reader)
{
  OscCartContent *self = osc_cart_content_new ();
  guint n = osy_json_reader_array (reader, "lines", 0, OSY_MENU_MAX_LINES);

  self->type = find_text (types, osy_json_reader_enum (reader, "type", types, types[0]));
  self->channel =
      find_text (channels, osy_json_reader_enum (reader, "channel", channels, channels[0]));
  self->guests = (int)osy_json_reader_opt_int (reader, "guests", 1, OSC_CART_MAX_QUANTITY, 0);
  self->table_id = g_strdup (osy_json_reader_opt_id (reader, "table_id"));
  for (int i = 0; i < OSC_CART_N_TEXTS; i++) {
    const char *text = osy_json_reader_opt_string (reader, texts[i].name, 1, texts[i].max);

    g_free (self->texts[i]);
    self->texts[i] = g_strdup (text != NULL ? text : "");
  }
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "lines", i);

    if (has_id (self->lines, (int)osy_json_reader_int (element, "id", 1, G_MAXINT)))
      osy_json_reader_fault (element, "id", "DUPLICATE", "Two lines have one number.");
    else
      read_line (element, self->lines);
  }
  return self;
}
