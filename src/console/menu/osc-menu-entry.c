/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Fields of menu entries. A number that was typed wrong stays in its place as text. */

#include "osc-menu-entry.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-money.h"

char *
osc_menu_entry_print (JsonObject *entry)
{
  g_autoptr (JsonNode) node = osy_json_take_object (json_object_ref (entry));

  return osy_json_print (node);
}

JsonObject *
osc_menu_entry_copy (JsonObject *entry)
{
  g_autofree char *text = osc_menu_entry_print (entry);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return node != NULL ? json_object_ref (json_node_get_object (node)) : json_object_new ();
}

static JsonObject *
home_of (JsonObject *entry, const char **name)
{
  JsonNode *names = json_object_get_member (entry, "names");

  if (g_strcmp0 (*name, "name_en") != 0)
    return entry;
  *name = "en";
  if (names == NULL || !JSON_NODE_HOLDS_OBJECT (names))
    json_object_set_object_member (entry, "names", json_object_new ());
  return json_object_get_object_member (entry, "names");
}

const char *
osc_menu_entry_text (JsonObject *entry, const char *name)
{
  JsonObject *home = home_of (entry, &name);
  JsonNode *node = json_object_get_member (home, name);
  gboolean is_text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING;

  return is_text ? json_node_get_string (node) : "";
}

void
osc_menu_entry_set_text (JsonObject *entry, const char *name, const char *text)
{
  gboolean korean = g_strcmp0 (name, "name") == 0;
  JsonObject *home = home_of (entry, &name);

  if (*text != '\0')
    json_object_set_string_member (home, name, text);
  else if (json_object_has_member (home, name))
    json_object_remove_member (home, name);
  if (!korean)
    return;
  const char *en = "name_en";
  json_object_set_string_member (home_of (entry, &en), "ko", text);
}

static gboolean
is_int (JsonNode *node)
{
  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64;
}

char *
osc_menu_entry_number (JsonObject *entry, const char *name)
{
  JsonNode *node = json_object_get_member (entry, name);

  if (is_int (node))
    return osy_money_format (json_node_get_int (node));
  return g_strdup (osc_menu_entry_text (entry, name));
}

void
osc_menu_entry_set_number (JsonObject *entry, const char *name, const char *text)
{
  gint64 value;

  if (osy_money_parse (text, &value))
    json_object_set_int_member (entry, name, value);
  else
    osc_menu_entry_set_text (entry, name, text);
}

gint64
osc_menu_entry_int (JsonObject *entry, const char *name, gint64 fallback)
{
  JsonNode *node = json_object_get_member (entry, name);

  return is_int (node) ? json_node_get_int (node) : fallback;
}

gboolean
osc_menu_entry_flag (JsonObject *entry, const char *name)
{
  return json_object_get_boolean_member_with_default (entry, name, FALSE);
}

/* ---- lists ---- */

JsonArray *
osc_menu_entry_list (JsonObject *entry, const char *name)
{
  JsonNode *node = json_object_get_member (entry, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    json_object_set_array_member (entry, name, json_array_new ());
  return json_object_get_array_member (entry, name);
}

void
osc_menu_entry_move (JsonObject *entry, const char *list, guint from, guint to)
{
  JsonArray *old = osc_menu_entry_list (entry, list);
  JsonArray *array = json_array_new ();
  guint n = json_array_get_length (old);

  for (guint i = 0; i < n; i++) {
    guint at = i == to ? from : i - (i > to) + ((i - (i > to)) >= from);

    json_array_add_element (array, json_node_copy (json_array_get_element (old, at)));
  }
  json_object_set_array_member (entry, list, array);
}

static int
index_of (JsonArray *array, const char *text)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_strcmp0 (json_array_get_string_element (array, i), text) == 0)
      return (int)i;
  return -1;
}

gboolean
osc_menu_entry_has (JsonObject *entry, const char *list, const char *text)
{
  return json_object_has_member (entry, list) &&
         index_of (osc_menu_entry_list (entry, list), text) >= 0;
}

void
osc_menu_entry_toggle (JsonObject *entry, const char *list, const char *text, gboolean on)
{
  JsonArray *array = osc_menu_entry_list (entry, list);
  int at = index_of (array, text);

  if (on && at < 0)
    json_array_add_string_element (array, text);
  else if (!on && at >= 0)
    json_array_remove_element (array, (guint)at);
}

/* ---- the price ---- */

static gint64
begin_of (JsonObject *row)
{
  const char *text = osc_menu_entry_text (row, "valid_from");
  gint64 us = 0;

  return *text != '\0' && osy_clock_parse (text, &us) ? us : 0;
}

JsonObject *
osc_menu_entry_price (JsonObject *entry, gint64 now)
{
  JsonArray *rows =
      json_object_has_member (entry, "prices") ? osc_menu_entry_list (entry, "prices") : NULL;
  JsonObject *best = NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (*osc_menu_entry_text (row, "channel") == '\0' &&
        !json_object_has_member (row, "weekdays") && begin_of (row) <= now &&
        (best == NULL || begin_of (row) > begin_of (best)))
      best = row;
  }
  return best;
}

void
osc_menu_entry_set_price (JsonObject *entry, gint64 now, const char *text)
{
  JsonObject *row = osc_menu_entry_price (entry, now);
  JsonArray *rows = osc_menu_entry_list (entry, "prices");

  if (*text == '\0' && json_array_get_length (rows) <= 1) {
    json_object_set_array_member (entry, "prices", json_array_new ());
    return;
  }
  if (row == NULL) {
    row = json_object_new ();
    json_array_add_object_element (rows, row);
  }
  osc_menu_entry_set_number (row, "price", text);
}

/* ---- times of the week ---- */

gboolean
osc_menu_entry_window (JsonObject *row, OsyWeekWindow *ret)
{
  g_autofree char *text = osc_menu_entry_print (row);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  *ret = osy_week_window_read (reader);
  return osy_json_reader_finish (reader, NULL);
}
