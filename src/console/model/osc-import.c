/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An import in the console. The daemon reads the file once; from then on the sheet as it stands on
 * screen is what is sent, so what was mended is what is imported. */

#include "osc-import.h"

#include <glib/gi18n.h>

#include "osy-compat.h"
#include "osy-json.h"

#define PATH "/api/v1/restaurants/me/menu/import"
#define PAUSE_MS 400 /* of typing, before the daemon is asked */
#define LARGEST_FILE (8 * 1024 * 1024)

typedef struct {
  char *header;
  char *field; /* nullable */
} Column;

struct _OscImport {
  GObject parent;
  OsyClient *client; /* nullable */
  OscMenuStore *store;
  GCancellable *cancellable; /* of the file being looked at */
  char *name;
  GPtrArray *columns; /* of Column */
  GPtrArray *rows;    /* of OscImportRow */
  OscImportState state;
  OscImportCounts counts;
  char *problem; /* nullable */
  guint source;
  gboolean asked; /* an answer is on its way */
  gboolean stale; /* edited since what was last asked */
};

enum { CHANGED, DONE, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void list_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (OscImport,
                               osc_import,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_init))

static void ask (OscImport *self);

static void
column_free (Column *column)
{
  g_free (column->header);
  g_free (column->field);
  g_free (column);
}

static void
set_state (OscImport *self, OscImportState state, const char *problem)
{
  self->state = state;
  osy_set_str (&self->problem, problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what the daemon says ---- */

static const char *
text_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static guint
number_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gboolean is_int = node != NULL && json_node_get_value_type (node) == G_TYPE_INT64;

  return is_int ? (guint)CLAMP (json_node_get_int (node), 0, G_MAXINT) : 0;
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
object_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static guint
length_of (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

static void
read_columns (OscImport *self, JsonArray *columns)
{
  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < length_of (columns); i++) {
    JsonObject *object = object_at (columns, i);
    Column *column = g_new0 (Column, 1);

    column->header = g_strdup (object != NULL ? text_of (object, "header") : NULL);
    column->field = g_strdup (object != NULL ? text_of (object, "field") : NULL);
    g_ptr_array_add (self->columns, column);
  }
}

static void
on_edited (OscImport *self)
{
  self->stale = TRUE;
  ask (self);
}

static OscImportRow *
read_row (OscImport *self, JsonObject *object)
{
  JsonArray *array = array_of (object, "cells");
  char **cells = g_new0 (char *, self->columns->len + 1);
  OscImportRow *row;

  for (guint i = 0; i < self->columns->len; i++) {
    JsonNode *cell = i < length_of (array) ? json_array_get_element (array, i) : NULL;
    gboolean is_text = cell != NULL && json_node_get_value_type (cell) == G_TYPE_STRING;

    cells[i] = g_strdup (is_text ? json_node_get_string (cell) : "");
  }
  row = osc_import_row_new (number_of (object, "row"), cells);
  g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  return row;
}

/* Taken once: afterwards the sheet on screen is the truth. */
static void
read_sheet (OscImport *self, JsonObject *sheet)
{
  JsonArray *rows = array_of (sheet, "rows");
  guint before = self->rows->len;

  read_columns (self, array_of (sheet, "columns"));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < length_of (rows); i++) {
    JsonObject *row = object_at (rows, i);

    if (row != NULL)
      g_ptr_array_add (self->rows, read_row (self, row));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->rows->len);
}

/* The column a remark is about: by its field, or by the header of the file. */
static int
column_of (OscImport *self, JsonObject *remark)
{
  const char *field = text_of (remark, "field");
  const char *header = text_of (remark, "column");

  for (guint i = 0; i < self->columns->len; i++) {
    const Column *column = g_ptr_array_index (self->columns, i);

    if ((field != NULL && g_strcmp0 (column->field, field) == 0) ||
        (field == NULL && header != NULL && g_strcmp0 (column->header, header) == 0))
      return (int)i;
  }
  return -1;
}

static OscImportRow *
find_row (OscImport *self, guint number)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (osc_import_row_number (g_ptr_array_index (self->rows, i)) == number)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

/* What a remark says, in the language of the console; the daemon's own words for other codes. */
static const char *
words_of (JsonObject *remark)
{
  static const struct {
    const char *code;
    const char *words;
  } known[] = {
      {"PRICE", N_ ("Write the price as a number, like 4,500")},
      {"ODD_PRICE", N_ ("Is this price read right? Write it as a number, like 4,500")},
      {"UNLIKELY_PRICE", N_ ("Is this price right?")},
      {"MINUTES", N_ ("Write minutes as a number from 0 to 999")},
      {"OPTIONS",
       N_ ("Write options like Size(1-1): Small, Large(+500); Extra(0-2): Cheese(+1000)")},
      {"CATEGORY", N_ ("The category is missing")},
      {"NAME", N_ ("The name is missing")},
      {"DUPLICATE", N_ ("This is already in a row above")},
      {"TOO_LONG", N_ ("This is too long")},
      {"FLAG", N_ ("Write yes or no")},
      {"UNKNOWN_ALLERGEN", N_ ("This is not one of the allergens the law lists. Is it right?")},
      {"FORMULA", N_ ("This looks like a formula. It is kept as plain text")},
      {"DUPLICATE_COLUMN", N_ ("Two columns are for the same. Leave one of them out")},
      {"MISSING_COLUMN",
       N_ ("Choose above which columns are the category, the name and the price")},
      {"EMPTY", N_ ("There are no rows in this file")},
      {"GUESSED_COLUMN", N_ ("Is this column read right? Choose above what it holds")},
      {"UNKNOWN_COLUMN", N_ ("This column is left out. Choose above what it holds")},
      {"ENCODING", N_ ("These letters cannot be read. Save the file as CSV UTF-8 and try again")},
      {"QUOTES", N_ ("A quotation mark is missing or left over here")},
      {"TOO_MANY_CELLS", N_ ("There are more than 64 columns")},
      {"TOO_MANY_ROWS", N_ ("There are more than 5,000 rows. Split the file")},
      {"CELL_TOO_LONG", N_ ("A cell is too long. Is a quotation mark missing?")},
      {"CONTROL_CHARACTER", N_ ("A cell holds a hidden character. Type the cell anew")},
  };
  const char *code = text_of (remark, "code");

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].code, code) == 0)
      return _ (known[i].words);
  return text_of (remark, "detail");
}

/* What only informs (no origin yet) is said where the item is edited, not here. */
static OscRemark
kind_of (JsonObject *remark, OscRemark usual)
{
  return g_strcmp0 (text_of (remark, "severity"), "warning") == 0 ? OSC_REMARK_NONE : usual;
}

static void
set_problem (OscImport *self, guint row, const char *words)
{
  g_free (self->problem);
  self->problem = row > 1 ? g_strdup_printf (_ ("Row %u: %s"), row, words) : g_strdup (words);
}

/* What is wrong with the file as a whole becomes the problem. */
static void
read_remarks (OscImport *self, JsonArray *remarks, OscRemark kind)
{
  for (guint i = 0; i < length_of (remarks); i++) {
    JsonObject *remark = object_at (remarks, i);
    const char *detail =
        remark != NULL && kind_of (remark, kind) != OSC_REMARK_NONE ? words_of (remark) : NULL;
    OscImportRow *row = remark != NULL ? find_row (self, number_of (remark, "row")) : NULL;

    if (detail != NULL && row != NULL)
      osc_import_row_remark (row, column_of (self, remark), kind, detail);
    else if (detail != NULL && kind == OSC_REMARK_ERROR)
      set_problem (self, number_of (remark, "row"), detail);
  }
}

static void
count_rows (OscImport *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    OscImportRow *row = g_ptr_array_index (self->rows, i);

    self->counts.doubts += osc_import_row_state (row, -1) == OSC_REMARK_DOUBT;
    self->counts.errors += osc_import_row_state (row, -1) == OSC_REMARK_ERROR;
    osc_import_row_settle (row);
  }
}

static void
read_report (OscImport *self, JsonObject *report)
{
  JsonNode *sheet = json_object_get_member (report, "sheet");

  osy_set_str (&self->problem, NULL);
  if (self->rows->len == 0 && sheet != NULL && JSON_NODE_HOLDS_OBJECT (sheet))
    read_sheet (self, json_node_get_object (sheet));
  for (guint i = 0; i < self->rows->len; i++)
    osc_import_row_clear (g_ptr_array_index (self->rows, i));
  self->counts = (OscImportCounts){.created = number_of (report, "created"),
                                   .changed = number_of (report, "changed"),
                                   .unchanged = number_of (report, "unchanged")};
  read_remarks (self, array_of (report, "errors"), OSC_REMARK_ERROR);
  read_remarks (self, array_of (report, "warnings"), OSC_REMARK_DOUBT);
  count_rows (self);
}

static void
finish_write (OscImport *self, JsonObject *report)
{
  JsonNode *undo = json_object_get_member (report, "undo");
  JsonArray *changes = undo != NULL && JSON_NODE_HOLDS_OBJECT (undo)
                           ? array_of (json_node_get_object (undo), "changes")
                           : NULL;
  guint count = number_of (report, "created") + number_of (report, "changed");

  if (changes != NULL) {
    g_autofree char *label =
        g_strdup_printf (g_dngettext (NULL, "Imported %u item", "Imported %u items", count), count);

    osc_menu_store_push_undo (
        self->store, json_object_get_member (json_node_get_object (undo), "changes"), label);
  }
  set_state (self, OSC_IMPORT_EMPTY, NULL);
  g_signal_emit (self, signals[DONE], 0, count);
}

void
osc_import_take (OscImport *self, JsonNode *answer, gboolean dry_run)
{
  g_return_if_fail (OSC_IS_IMPORT (self) && JSON_NODE_HOLDS_OBJECT (answer));
  JsonObject *report = json_node_get_object (answer);

  self->asked = FALSE;
  if (!dry_run) {
    finish_write (self, report);
    return;
  }
  if (self->stale) {
    ask (self);
    return;
  }
  read_report (self, report);
  if (self->rows->len == 0)
    set_state (self, OSC_IMPORT_FAILED,
               self->problem != NULL ? self->problem : _ ("There are no rows in this file"));
  else
    set_state (self, OSC_IMPORT_READY, self->problem);
}

/* ---- asking ---- */

static void
answered (OscImport *self, OsyClient *client, GAsyncResult *result, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (client, result, &error);

  if (osy_error_is (error, OSY_ERROR_CANCELLED))
    return;
  self->asked = FALSE;
  if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    osc_import_take (self, answer, dry_run);
  else
    set_state (self, OSC_IMPORT_FAILED, error != NULL ? error->message : NULL);
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscImport) self = user_data;

  answered (self, OSY_CLIENT (source), result, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscImport) self = user_data;

  answered (self, OSY_CLIENT (source), result, FALSE);
}

static JsonNode *
sheet_body (OscImport *self)
{
  JsonObject *body = json_object_new ();
  JsonArray *columns = json_array_new ();
  JsonArray *rows = json_array_new ();
  JsonArray *numbers = json_array_new ();

  for (guint i = 0; i < self->columns->len; i++) {
    const char *field = osc_import_field (self, i);

    if (field != NULL)
      json_array_add_string_element (columns, field);
    else
      json_array_add_null_element (columns);
  }
  for (guint i = 0; i < self->rows->len; i++) {
    JsonArray *cells = json_array_new ();

    for (guint j = 0; j < self->columns->len; j++)
      json_array_add_string_element (cells,
                                     osc_import_row_cell (g_ptr_array_index (self->rows, i), j));
    json_array_add_array_element (rows, cells);
    json_array_add_int_element (numbers, osc_import_row_number (g_ptr_array_index (self->rows, i)));
  }
  json_object_set_array_member (body, "columns", columns);
  json_object_set_array_member (body, "rows", rows);
  json_object_set_array_member (body, "row_numbers", numbers);
  return osy_json_take_object (body);
}

static void
send_sheet (OscImport *self, gboolean dry_run)
{
  g_autoptr (JsonNode) body = sheet_body (self);

  self->asked = TRUE;
  self->stale = FALSE;
  g_signal_emit (self, signals[REQUESTED], 0, body, dry_run);
  if (self->client == NULL)
    return;
  osy_client_send_async (self->client,
                         &(OsyClientRequest){.method = "POST",
                                             .path = dry_run ? PATH "?dry_run=true" : PATH,
                                             .body = body,
                                             .persistent = !dry_run},
                         self->cancellable, dry_run ? tried_cb : written_cb, g_object_ref (self));
}

static gboolean
ask_cb (gpointer user_data)
{
  OscImport *self = user_data;

  self->source = 0;
  if (!self->asked)
    send_sheet (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* Once typing has paused. */
static void
ask (OscImport *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (PAUSE_MS, ask_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the file ---- */

static void
send_file (OscImport *self, GBytes *file)
{
  self->asked = TRUE;
  if (self->client == NULL)
    return;
  osy_client_send_async (
      self->client,
      &(OsyClientRequest){.method = "POST", .path = PATH "?dry_run=true", .file = file},
      self->cancellable, tried_cb, g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscImport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL)
    set_state (self, OSC_IMPORT_FAILED, _ ("This file can't be read. Try another one"));
  else if (g_bytes_get_size (bytes) > LARGEST_FILE)
    set_state (self, OSC_IMPORT_FAILED, _ ("This file is too large: at most 8 MB"));
  else
    send_file (self, bytes);
}

static void
start_over (OscImport *self)
{
  guint before = self->rows->len;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->source, g_source_remove);
  self->asked = self->stale = FALSE;
  self->counts = (OscImportCounts){0};
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, 0);
}

void
osc_import_load (OscImport *self, GFile *file)
{
  g_return_if_fail (OSC_IS_IMPORT (self) && G_IS_FILE (file));

  start_over (self);
  g_free (self->name);
  self->name = g_file_get_basename (file);
  set_state (self, OSC_IMPORT_READING, NULL);
  g_file_load_bytes_async (file, self->cancellable, read_cb, g_object_ref (self));
}

/* ---- doors ---- */

const char *
osc_import_name (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), NULL);
  return self->name != NULL ? self->name : "";
}

OscImportState
osc_import_state (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), OSC_IMPORT_EMPTY);
  return self->state;
}

const char *
osc_import_problem (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), NULL);
  return self->problem;
}

guint
osc_import_n_columns (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), 0);
  return self->columns->len;
}

const char *
osc_import_header (OscImport *self, guint column)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self) && column < self->columns->len, NULL);
  const char *header = ((Column *)g_ptr_array_index (self->columns, column))->header;

  return header != NULL ? header : "";
}

const char *
osc_import_field (OscImport *self, guint column)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self) && column < self->columns->len, NULL);
  return ((Column *)g_ptr_array_index (self->columns, column))->field;
}

void
osc_import_set_field (OscImport *self, guint column, const char *field)
{
  g_return_if_fail (OSC_IS_IMPORT (self) && column < self->columns->len);

  for (guint i = 0; field != NULL && i < self->columns->len; i++) {
    Column *other = g_ptr_array_index (self->columns, i);

    if (i != column && g_strcmp0 (other->field, field) == 0)
      g_clear_pointer (&other->field, g_free);
  }
  if (osy_set_str (&((Column *)g_ptr_array_index (self->columns, column))->field, field))
    on_edited (self);
}

const OscImportCounts *
osc_import_counts (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), NULL);
  return &self->counts;
}

gboolean
osc_import_can_write (OscImport *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT (self), FALSE);
  return self->state == OSC_IMPORT_READY && !self->asked && !self->stale && self->problem == NULL &&
         self->counts.errors == 0 && self->counts.created + self->counts.changed > 0;
}

void
osc_import_write (OscImport *self)
{
  g_return_if_fail (OSC_IS_IMPORT (self));

  if (!osc_import_can_write (self))
    return;
  set_state (self, OSC_IMPORT_WRITING, NULL);
  send_sheet (self, FALSE);
}

/* ---- life ---- */

static GType
list_item_type (GListModel *model)
{
  return OSC_TYPE_IMPORT_ROW;
}

static guint
list_n_items (GListModel *model)
{
  return OSC_IMPORT (model)->rows->len;
}

static gpointer
list_item (GListModel *model, guint position)
{
  GPtrArray *rows = OSC_IMPORT (model)->rows;

  return position < rows->len ? g_object_ref (g_ptr_array_index (rows, position)) : NULL;
}

static void
list_init (GListModelInterface *iface)
{
  iface->get_item_type = list_item_type;
  iface->get_n_items = list_n_items;
  iface->get_item = list_item;
}

static void
osc_import_finalize (GObject *object)
{
  OscImport *self = OSC_IMPORT (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_object (&self->store);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self->name);
  g_free (self->problem);
  G_OBJECT_CLASS (osc_import_parent_class)->finalize (object);
}

static void
osc_import_class_init (OscImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_import_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", OSC_TYPE_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_IMPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, JSON_TYPE_NODE, G_TYPE_BOOLEAN);
}

static void
osc_import_init (OscImport *self)
{
  self->cancellable = g_cancellable_new ();
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)column_free);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

OscImport *
osc_import_new (OsyClient *client, OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscImport *self = g_object_new (OSC_TYPE_IMPORT, NULL);

  g_set_object (&self->client, client);
  self->store = g_object_ref (store);
  return self;
}
