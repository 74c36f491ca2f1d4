/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu file that comes as JSON: what a person made of its columns and cells. */

#include <string.h>

#include "osy-error.h"
#include "osy-menu-sheet.h"

static gboolean
refuse (const char *pointer, const char *code, const char *detail, GError **error)
{
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, refusal);
  return FALSE;
}

static JsonArray *
list_of (JsonObject *table, const char *name)
{
  JsonNode *node = table ? json_object_get_member (table, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && *p != '\n' && *p != '\t')
      return FALSE;
  return strlen (text) <= OSY_MENU_CSV_MAX_CELL;
}

/* A cell as osy_menu_csv_parse() would give it; NULL when it is none. */
static char *
read_cell (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("");
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING ||
      !is_clean (json_node_get_string (node)))
    return NULL;
  return g_strstrip (
      g_utf8_normalize (json_node_get_string (node), -1, G_NORMALIZE_DEFAULT_COMPOSE));
}

/* @number 1 is the header. */
static gboolean
add_row (OsyMenuCsv *csv, JsonArray *cells, guint number, const char *pointer, GError **error)
{
  OsyMenuCsvRow *row = osy_menu_csv_add_row (csv, number);

  if (json_array_get_length (cells) > OSY_MENU_CSV_MAX_CELLS)
    return refuse (pointer, "TOO_MANY_CELLS", "There are more than 64 columns.", error);
  for (guint i = 0; i < json_array_get_length (cells); i++) {
    char *cell = read_cell (json_array_get_element (cells, i));
    gboolean known =
        number > 1 || (cell != NULL && (*cell == '\0' || osy_menu_column_from_name (cell) >= 0));
    if (cell != NULL)
      g_ptr_array_add (row->cells, cell);
    if (cell == NULL || !known)
      return refuse (pointer, number > 1 ? "CELL" : "UNKNOWN_COLUMN",
                     number > 1 ? "A cell is a text of at most 4,000 bytes, or null."
                                : "A column is the name of a field, or null.",
                     error);
  }
  return TRUE;
}

static gboolean
are_numbers (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  JsonArray *numbers = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (numbers); i++) {
    JsonNode *number = json_array_get_element (numbers, i);
    if (!JSON_NODE_HOLDS_VALUE (number) || json_node_get_value_type (number) != G_TYPE_INT64 ||
        json_node_get_int (number) < 2)
      return FALSE;
  }
  return TRUE;
}

static guint
number_of (JsonArray *numbers, guint index)
{
  if (numbers == NULL || index >= json_array_get_length (numbers))
    return index + 2;
  return (guint)CLAMP (json_array_get_int_element (numbers, index), 2, G_MAXINT);
}

OsyMenuCsv *
osy_menu_csv_from_json (JsonNode *table, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (table) ? json_node_get_object (table) : NULL;
  JsonArray *columns = list_of (object, "columns");
  JsonArray *rows = list_of (object, "rows");
  JsonArray *numbers = list_of (object, "row_numbers");

  if (columns == NULL || rows == NULL) {
    refuse (columns ? "/rows" : "/columns", "REQUIRED", "Send columns and rows.", error);
    return NULL;
  }
  if (!are_numbers (json_object_get_member (object, "row_numbers"))) {
    refuse ("/row_numbers", "TYPE", "Row numbers are whole numbers from 2 on.", error);
    return NULL;
  }
  if (json_array_get_length (rows) >= OSY_MENU_CSV_MAX_ROWS) {
    refuse ("/rows", "TOO_MANY_ROWS", "There are more than 5,000 rows; split the file.", error);
    return NULL;
  }
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_new ();
  if (!add_row (csv, columns, 1, "/columns", error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonNode *row = json_array_get_element (rows, i);
    g_autofree char *pointer = g_strdup_printf ("/rows/%u", i);
    if (!JSON_NODE_HOLDS_ARRAY (row)) {
      refuse (pointer, "TYPE", "A row is a list of cells.", error);
      return NULL;
    }
    if (!add_row (csv, json_node_get_array (row), number_of (numbers, i), pointer, error))
      return NULL;
  }
  return g_steal_pointer (&csv);
}
