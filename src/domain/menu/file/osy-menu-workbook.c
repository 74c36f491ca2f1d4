/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu's rows as a workbook, and a workbook's as a menu's. */

#include "osy-menu-workbook.h"

#include "osy-book.h"
#include "osy-error.h"
#include "osy-menu-file.h"
#include "osy-menu-sheet.h"
#include "osy-xlsx.h"

/* A price may stand in a cell with a word, and is then no number. */
static gboolean
is_number (const char *text, gint64 *number)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, number, NULL) && *text != '+' &&
         (*text != '0' || text[1] == '\0');
}

static OsyBookForm
form_of (const OsyMenuCsv *csv, guint column)
{
  const char *head =
      g_ptr_array_index (((OsyMenuCsvRow *)g_ptr_array_index (csv->rows, 0))->cells, column);

  if (g_str_equal (head, "가격") || g_str_equal (head, "price") ||
      g_str_has_prefix (head, "조리시간") || g_str_equal (head, "prep_minutes"))
    return OSY_BOOK_COUNT;
  return OSY_BOOK_TEXT;
}

static void
write_row (OsyBook *book, const OsyMenuCsv *csv, const OsyMenuCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++) {
    const char *text = g_ptr_array_index (row->cells, i);
    OsyBookForm form = form_of (csv, i);
    gint64 number;
    if (row->number == 1)
      osy_book_head (book, text, form);
    else if (*text == '\0')
      osy_book_skip (book);
    else if (form == OSY_BOOK_COUNT && is_number (text, &number))
      osy_book_number (book, number, form);
    else
      osy_book_text (book, text);
  }
  if (row->number == 1)
    osy_book_end_heads (book);
  else
    osy_book_next_row (book);
}

GBytes *
osy_menu_file_book (const OsyMenuCsv *csv, gboolean korean, GError **error)
{
  const char *title = korean ? "메뉴" : "Menu";
  g_autoptr (OsyBook) book = osy_book_new (title, korean);

  osy_book_add_sheet (book, title);
  for (guint i = 0; i < csv->rows->len; i++)
    write_row (book, csv, g_ptr_array_index (csv->rows, i));
  return osy_book_close (book, error);
}

static OsyMenuCsv *
read_book (GBytes *file, GError **error)
{
  static const OsyXlsxLimits limits = {OSY_MENU_CSV_MAX_ROWS, OSY_MENU_CSV_MAX_CELLS,
                                       OSY_MENU_CSV_MAX_CELL, OSY_MENU_CSV_MAX_BYTES};
  g_autoptr (OsyXlsx) book = osy_xlsx_read (file, &limits, error);

  if (book == NULL)
    return NULL;
  OsyMenuCsv *csv = osy_menu_csv_new ();
  csv->encoding = "XLSX";
  if (book->n_sheets > 1)
    csv->sheet = g_strdup (book->sheet);
  for (guint i = 0; i < book->rows->len; i++) {
    OsyXlsxRow *from = g_ptr_array_index (book->rows, i);
    OsyMenuCsvRow *row = osy_menu_csv_add_row (csv, from->number);
    GPtrArray *cells = row->cells;
    row->cells = from->cells;
    from->cells = cells;
  }
  return csv;
}

OsyMenuCsv *
osy_menu_file_read (GBytes *file, GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (file, &len);

  if (!osy_xlsx_is (file))
    return osy_menu_csv_parse (data, len, error);
  if (len <= OSY_MENU_CSV_MAX_BYTES)
    return read_book (file, error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_TOO_LARGE,
                       "The file is larger than 8 MiB; split it.");
  return NULL;
}
