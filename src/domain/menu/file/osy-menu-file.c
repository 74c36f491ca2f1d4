/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu as a file: each cell is what reading it back takes for the same. */

#include "osy-menu-file.h"

#include <string.h>

#include "osy-menu-options.h"
#include "osy-menu-sheet.h"

/* In this order, which is what a person looks for first. Sold out is of the moment, not of the
 * menu. */
static const struct {
  OsyMenuColumn column;
  const char *korean;
} columns[] = {
    {OSY_MENU_COLUMN_CATEGORY, "분류"},       {OSY_MENU_COLUMN_NAME, "메뉴명"},
    {OSY_MENU_COLUMN_NAME_EN, "영문명"},      {OSY_MENU_COLUMN_PRICE, "가격"},
    {OSY_MENU_COLUMN_DESCRIPTION, "설명"},    {OSY_MENU_COLUMN_OPTIONS, "옵션"},
    {OSY_MENU_COLUMN_ORIGIN, "원산지"},       {OSY_MENU_COLUMN_ALLERGENS, "알레르기"},
    {OSY_MENU_COLUMN_STATION, "조리대"},      {OSY_MENU_COLUMN_PREP_MINUTES, "조리시간(분)"},
    {OSY_MENU_COLUMN_TAX_FREE, "면세"},       {OSY_MENU_COLUMN_CODE, "코드"},
    {OSY_MENU_COLUMN_KITCHEN_NAME, "주방명"},
};

char *
osy_menu_fold_line (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text ? text : "", -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *out = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = normal; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isspace (c)) {
      blank = out->len > 0;
      continue;
    }
    if (blank)
      g_string_append_c (out, ' ');
    blank = FALSE;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

/* ---- cells ---- */

static gboolean
is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (((guchar)*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)
      return FALSE;
  return strlen (text) <= OSY_MENU_CSV_MAX_CELL;
}

static char *
allergens_of (const OsyMenuItem *item)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (char **one = item->allergens; *one != NULL; one++) {
    g_autofree char *folded = g_utf8_normalize (*one, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    if (strpbrk (*one, ",;/\n") != NULL || !g_str_equal (g_strstrip (folded), *one) ||
        !g_hash_table_add (seen, *one))
      return g_strdup (OSY_MENU_KEEP);
  }
  return g_strjoinv (", ", item->allergens);
}

static char *
minutes_of (const OsyMenuItem *item)
{
  if (item->prep_minutes < 0 || item->prep_minutes > 999)
    return g_strdup (OSY_MENU_KEEP);
  return item->prep_minutes > 0 ? g_strdup_printf ("%d", item->prep_minutes) : g_strdup ("");
}

static char *
price_of (const OsyMenuItem *item, gint64 now)
{
  gint64 won;

  if (!osy_menu_price_general (item->prices, now, &won) || won > OSY_MENU_MAX_PRICE)
    return g_strdup (OSY_MENU_KEEP);
  return g_strdup_printf ("%" G_GINT64_FORMAT, won);
}

static char *
options_of (const OsyMenuItem *item, gint64 now)
{
  char *text = osy_menu_options_print (item->groups, now);

  return text != NULL ? text : g_strdup (OSY_MENU_KEEP);
}

static char *
line_cell (const OsyMenuCategory *category, const OsyMenuItem *item, OsyMenuColumn column)
{
  switch ((int)column) {
  case OSY_MENU_COLUMN_CATEGORY: return osy_menu_fold_line (category->name);
  case OSY_MENU_COLUMN_NAME: return osy_menu_fold_line (item->name);
  case OSY_MENU_COLUMN_NAME_EN: return osy_menu_fold_line (item->name_en);
  case OSY_MENU_COLUMN_STATION: return osy_menu_fold_line (item->station);
  case OSY_MENU_COLUMN_CODE: return osy_menu_fold_line (item->code);
  case OSY_MENU_COLUMN_KITCHEN_NAME: return osy_menu_fold_line (item->kitchen_name);
  default: return NULL;
  }
}

static char *
cell_of (const OsyMenuCategory *category, const OsyMenuItem *item, OsyMenuColumn column, gint64 now)
{
  switch ((int)column) {
  case OSY_MENU_COLUMN_PRICE: return price_of (item, now);
  case OSY_MENU_COLUMN_DESCRIPTION: return g_strdup (item->description);
  case OSY_MENU_COLUMN_OPTIONS: return options_of (item, now);
  case OSY_MENU_COLUMN_ORIGIN: return g_strdup (item->origin);
  case OSY_MENU_COLUMN_ALLERGENS: return allergens_of (item);
  case OSY_MENU_COLUMN_PREP_MINUTES: return minutes_of (item);
  case OSY_MENU_COLUMN_TAX_FREE: return g_strdup (item->tax_free ? "Y" : "N");
  default: return line_cell (category, item, column);
  }
}

static void
add_item (OsyMenuCsv *csv, const OsyMenuCategory *category, const OsyMenuItem *item, gint64 now)
{
  OsyMenuCsvRow *row = osy_menu_csv_add_row (csv, csv->rows->len + 1);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    char *cell = cell_of (category, item, columns[i].column, now);
    if (cell != NULL && !is_clean (cell)) {
      g_free (cell);
      cell = g_strdup (OSY_MENU_KEEP);
    }
    g_ptr_array_add (row->cells, cell != NULL ? cell : g_strdup (""));
  }
}

OsyMenuCsv *
osy_menu_file_rows (OsyMenu *menu, gboolean korean, gint64 now)
{
  OsyMenuCsv *csv = osy_menu_csv_new ();
  OsyMenuCsvRow *head = osy_menu_csv_add_row (csv, 1);
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (head->cells, g_strdup (korean ? columns[i].korean
                                                   : osy_menu_column_name (columns[i].column)));
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint j = 0; j < category->items->len; j++)
      add_item (csv, category, g_ptr_array_index (category->items, j), now);
  }
  return csv;
}

/* ---- CSV ---- */

static void
print_cell (GString *out, const char *text)
{
  gsize len = strlen (text);
  gboolean guarded = osy_menu_csv_is_formula (text);
  gboolean quoted =
      strpbrk (text, ",\"\r\n\t") != NULL || *text == ' ' || (len > 0 && text[len - 1] == ' ');

  if (quoted)
    g_string_append_c (out, '"');
  if (guarded)
    g_string_append_c (out, '\'');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *p);
  }
  if (quoted)
    g_string_append_c (out, '"');
}

GBytes *
osy_menu_file_print (const OsyMenuCsv *csv)
{
  GString *out = g_string_new ("\xef\xbb\xbf");

  for (guint i = 0; i < csv->rows->len; i++) {
    GPtrArray *cells = ((const OsyMenuCsvRow *)g_ptr_array_index (csv->rows, i))->cells;
    for (guint j = 0; j < cells->len; j++) {
      if (j > 0)
        g_string_append_c (out, ',');
      print_cell (out, g_ptr_array_index (cells, j));
    }
    g_string_append (out, "\r\n");
  }
  return g_string_free_to_bytes (out);
}
