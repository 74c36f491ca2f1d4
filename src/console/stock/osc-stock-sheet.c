/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ingredients as a spreadsheet's file: what one would change, and how they look in one. */

#include "osc-stock-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-amount.h"
#include "osc-stock-words.h"
#include "osy-error.h"
#include "osy-menu-csv.h"

typedef enum { NAME, UNIT, ON_HAND, PAR, SUPPLIER, BLOCK, N_COLUMNS } Column;

/* The first is what a file of ours has; it is also understood in the language of the console. */
static const char *const headers[N_COLUMNS][5] = {
    [NAME] = {N_ ("Name"), "이름", "재료", "ingredient", "품명"},
    [UNIT] = {N_ ("Unit"), "단위"},
    [ON_HAND] = {N_ ("On hand"), "재고", "현재고", "수량", "stock"},
    [PAR] = {N_ ("Par"), "기준", "적정재고", "적정 재고", "최소"},
    [SUPPLIER] = {N_ ("Supplier"), "거래처", "공급처"},
    [BLOCK] = {N_ ("Stops sales"), "품절", "떨어지면 품절", "block"},
};

static const struct {
  const char *word;
  const char *base;
  gint64 times;
} units[] = {
    {"g", OSY_UNIT_G, 1},         {"kg", OSY_UNIT_G, 1000},  {"그램", OSY_UNIT_G, 1},
    {"ml", OSY_UNIT_ML, 1},       {"l", OSY_UNIT_ML, 1000},  {"리터", OSY_UNIT_ML, 1000},
    {"개", OSY_UNIT_PIECE, 1},    {"ea", OSY_UNIT_PIECE, 1}, {"pcs", OSY_UNIT_PIECE, 1},
    {"장", OSY_UNIT_PIECE, 1},    {"알", OSY_UNIT_PIECE, 1}, {"마리", OSY_UNIT_PIECE, 1},
    {"piece", OSY_UNIT_PIECE, 1},
};

static void
row_free (gpointer data)
{
  OscSheetRow *row = data;

  g_free (row->name);
  g_free (row->words);
  g_free (row->id);
  g_clear_pointer (&row->body, json_node_unref);
  g_free (row);
}

/* ---- cells ---- */

/* (transfer full): without the mark that keeps it from being a formula. */
static char *
cell_of (const OsyMenuCsvRow *row, int at)
{
  const char *text =
      at >= 0 && (guint)at < row->cells->len ? g_ptr_array_index (row->cells, at) : "";

  return g_strdup (*text == '\'' ? text + 1 : text);
}

static gboolean
is_word (const char *text, const char *word)
{
  g_autofree char *one = g_utf8_casefold (text, -1);
  g_autofree char *other = g_utf8_casefold (word, -1);

  return g_str_equal (one, other);
}

static int
find_unit (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (is_word (text, units[i].word))
      return (int)i;
  return -1;
}

/* "1,250.5kg", or a plain number in @unit. */
static gboolean
read_amount (const char *text, const char *base, int unit, gint64 *ret)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gint64 amount = 0;

  for (; g_ascii_isdigit (*text) || *text == '.' || *text == ','; text++)
    if (*text != ',')
      g_string_append_c (digits, *text);
  g_autofree char *rest = g_strstrip (g_strdup (text));
  int own = *rest == '\0' ? unit : find_unit (rest);
  if ((own < 0 && *rest != '\0') || !osc_amount_read (digits->str, &amount))
    return FALSE;
  gint64 times = own >= 0 ? units[own].times : 1;
  if ((own >= 0 && !g_str_equal (units[own].base, base)) || amount > OSY_STOCK_MAX / times)
    return FALSE;
  *ret = amount * times;
  return TRUE;
}

static gboolean
read_yes (const char *text)
{
  static const char *const yes[] = {"y", "yes", "o", "1", "true", "예", "네"};

  for (gsize i = 0; i < G_N_ELEMENTS (yes); i++)
    if (is_word (text, yes[i]))
      return TRUE;
  return FALSE;
}

/* ---- a line ---- */

typedef struct {
  GPtrArray *known;
  GHashTable *seen; /* of char*: names */
  int at[N_COLUMNS];
} Reading;

typedef struct {
  OscSheetRow *row;
  const OsyIngredient *was; /* nullable */
  OsyIngredient *is;
  JsonObject *body;
  GString *words;
} Difference;

static const OsyIngredient *
find_known (const Reading *self, const char *name)
{
  for (guint i = 0; i < self->known->len; i++)
    if (is_word (((OsyIngredient *)self->known->pdata[i])->name, name))
      return self->known->pdata[i];
  return NULL;
}

static void
say (Difference *self, const char *what, const char *before, const char *after)
{
  if (self->words->len > 0)
    g_string_append (self->words, " · ");
  if (before != NULL)
    g_string_append_printf (self->words, "%s %s → %s", what, before, after);
  else
    g_string_append_printf (self->words, "%s %s", what, after);
}

static void
fault (OscSheetRow *row, const char *sentence)
{
  row->state = OSC_SHEET_FAULT;
  g_free (row->words);
  row->words = g_strdup (sentence);
}

static gboolean
take_unit (const Reading *self, const OsyMenuCsvRow *line, Difference *it, int *unit)
{
  g_autofree char *text = cell_of (line, self->at[UNIT]);

  *unit = find_unit (text);
  if (*text != '\0' && *unit < 0) {
    fault (it->row, _ ("This unit is not known: use g, kg, ml, L or pieces"));
    return FALSE;
  }
  if (it->was != NULL && *unit >= 0 && !g_str_equal (units[*unit].base, it->was->unit)) {
    fault (it->row, _ ("It is measured in another unit, which stays"));
    return FALSE;
  }
  it->is->unit = g_intern_string (it->was != NULL ? it->was->unit
                                  : *unit >= 0    ? units[*unit].base
                                                  : OSY_UNIT_PIECE);
  if (it->was == NULL)
    json_object_set_string_member (it->body, "unit", it->is->unit);
  return TRUE;
}

/* FALSE: said, and no amount that can be moved. @ret stays when nothing is said. */
static gboolean
take_amount (const OsyMenuCsvRow *line, int at, Difference *it, int unit, gint64 *ret)
{
  g_autofree char *text = cell_of (line, at);

  if (*text == '\0' ||
      (read_amount (text, it->is->unit, unit, ret) && *ret <= OSY_STOCK_MAX_FACTOR))
    return TRUE;
  g_autofree char *sentence = g_strdup_printf (_ ("“%s” is no amount"), text);
  fault (it->row, sentence);
  return FALSE;
}

static void
take_par (Difference *it, gint64 par)
{
  gint64 was = it->was != NULL ? it->was->par : -1;

  if (par < 0 || par == was)
    return;
  g_autofree char *before = was >= 0 ? osc_stock_words_amount (it->is, was) : NULL;
  g_autofree char *after = osc_stock_words_amount (it->is, par);
  say (it, _ ("Par"), before, after);
  json_object_set_int_member (it->body, "par", par);
}

static void
take_count (Difference *it, gint64 count)
{
  if (count < 0 || (it->was != NULL ? count == it->was->on_hand : count == 0))
    return;
  g_autofree char *before =
      it->was != NULL ? osc_stock_words_amount (it->is, it->was->on_hand) : NULL;
  g_autofree char *after = osc_stock_words_amount (it->is, count);
  say (it, _ ("On hand"), before, after);
  it->row->count = count;
}

static void
take_words (const Reading *self, const OsyMenuCsvRow *line, Difference *it)
{
  g_autofree char *supplier = cell_of (line, self->at[SUPPLIER]);
  g_autofree char *block = cell_of (line, self->at[BLOCK]);
  const char *was = it->was != NULL ? it->was->supplier : NULL;
  gboolean blocks = read_yes (block);

  if (*supplier != '\0' && g_strcmp0 (supplier, was) != 0) {
    say (it, _ ("Supplier"), was, supplier);
    json_object_set_string_member (it->body, "supplier", supplier);
  }
  if (*block == '\0' || blocks == (it->was != NULL && it->was->block))
    return;
  say (it, _ ("Stops sales"), NULL, blocks ? _ ("Yes") : _ ("No"));
  json_object_set_boolean_member (it->body, "block", blocks);
}

static void
compare (const Reading *self, const OsyMenuCsvRow *line, Difference *it)
{
  gint64 par = -1, count = -1;
  int unit = -1;

  if (!take_unit (self, line, it, &unit) || !take_amount (line, self->at[PAR], it, unit, &par) ||
      !take_amount (line, self->at[ON_HAND], it, unit, &count))
    return;
  if (it->was == NULL)
    json_object_set_string_member (it->body, "name", it->row->name);
  take_count (it, count);
  take_par (it, par);
  take_words (self, line, it);
  if (it->was == NULL)
    it->row->state = OSC_SHEET_NEW;
  else if (it->words->len > 0)
    it->row->state = OSC_SHEET_CHANGED;
  if (json_object_get_size (it->body) > 0)
    it->row->body = osy_json_take_object (json_object_ref (it->body));
  it->row->words = g_strdup (it->words->str);
}

static OscSheetRow *
read_row (Reading *self, const OsyMenuCsvRow *line)
{
  OscSheetRow *row = g_new0 (OscSheetRow, 1);
  g_autoptr (OsyIngredient) is = osy_ingredient_new ();
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (GString) words = g_string_new (NULL);

  row->number = line->number;
  row->state = OSC_SHEET_SAME;
  row->count = -1;
  row->name = cell_of (line, self->at[NAME]);
  Difference it = {row, find_known (self, row->name), is, body, words};
  if (it.was != NULL) {
    row->id = g_strdup (it.was->id);
    row->version = it.was->version;
  }
  g_autofree char *key = g_utf8_casefold (row->name, -1);
  if (g_utf8_strlen (row->name, -1) > OSY_INGREDIENT_MAX_NAME)
    fault (row, _ ("The name is too long"));
  else if (!g_hash_table_add (self->seen, g_steal_pointer (&key)))
    fault (row, _ ("It is in the file twice"));
  else
    compare (self, line, &it);
  return row;
}

/* ---- the file ---- */

static gboolean
is_header (const char *text, Column column)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers[column]) && headers[column][i] != NULL; i++)
    if (is_word (text, headers[column][i]))
      return TRUE;
  return is_word (text, _ (headers[column][0]));
}

static void
read_header (Reading *self, const OsyMenuCsvRow *line)
{
  for (Column column = NAME; column < N_COLUMNS; column++) {
    self->at[column] = -1;
    for (guint i = 0; i < line->cells->len && self->at[column] < 0; i++)
      if (is_header (g_ptr_array_index (line->cells, i), column))
        self->at[column] = (int)i;
  }
}

GPtrArray *
osc_stock_sheet_read (GPtrArray *known, const char *data, gsize len, GError **error)
{
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (data, len, error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = {.known = known, .seen = seen};

  if (csv == NULL)
    return NULL;
  if (csv->rows->len > 0)
    read_header (&reading, g_ptr_array_index (csv->rows, 0));
  if (csv->rows->len == 0 || reading.at[NAME] < 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         _ ("The first line has to name the columns; “Name” is missing"));
    return NULL;
  }
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 1; i < csv->rows->len; i++) {
    const OsyMenuCsvRow *line = g_ptr_array_index (csv->rows, i);
    g_autofree char *name = cell_of (line, reading.at[NAME]);
    if (*name != '\0')
      g_ptr_array_add (rows, read_row (&reading, line));
  }
  return rows;
}

static void
add_cell (GString *text, const char *cell, gboolean last)
{
  g_auto (GStrv) parts = g_strsplit (cell != NULL ? cell : "", "\"", -1);
  g_autofree char *quoted = g_strjoinv ("\"\"", parts);
  gboolean formula = *quoted != '\0' && strchr ("=+-@\t'", *quoted) != NULL;

  g_string_append_printf (text, "\"%s%s\"%s", formula ? "'" : "", quoted, last ? "\r\n" : ",");
}

char *
osc_stock_sheet_write (GPtrArray *list)
{
  GString *text = g_string_new ("\xEF\xBB\xBF");

  for (Column column = NAME; column < N_COLUMNS; column++)
    add_cell (text, _ (headers[column][0]), column == N_COLUMNS - 1);
  for (guint i = 0; i < list->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (list, i);
    g_autofree char *on_hand = osc_amount_print (MAX (one->on_hand, 0));
    g_autofree char *par = one->par >= 0 ? osc_amount_print (one->par) : g_strdup ("");
    gboolean pieces = g_str_equal (one->unit, OSY_UNIT_PIECE);
    add_cell (text, one->name, FALSE);
    add_cell (text, pieces ? "개" : g_str_equal (one->unit, OSY_UNIT_G) ? "g" : "ml", FALSE);
    add_cell (text, one->on_hand >= 0 ? on_hand : "", FALSE);
    add_cell (text, par, FALSE);
    add_cell (text, one->supplier, FALSE);
    add_cell (text, one->block ? "Y" : "N", TRUE);
  }
  return g_string_free (text, FALSE);
}
