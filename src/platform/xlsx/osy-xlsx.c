/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The cells of a workbook's first sheet as text. */

#include "osy-xlsx.h"

#include <math.h>
#include <string.h>

#include "osy-error.h"
#include "osy-xlsx-book.h"

#define MAX_ROW 1048576
#define MAX_COLUMN 16384
/* A date is a number of days below 10000-01-01. */
#define MAX_DAYS 2958465
/* Beyond, a double is no longer every whole number. */
#define MAX_WHOLE 1e15

typedef struct {
  const OsyXlsxBook *book;
  const OsyXlsxLimits *limits;
  OsyXlsx *sheet;
  guint row;    /* being read, from 1 */
  guint column; /* likewise */
  GPtrArray *cells;
  char type; /* of the cell: s shared, i inline, t text of a formula, b, e, d, n */
  guint style;
  GString *text;
  gboolean in_sheet, in_cell, in_value, has_formula, has_value;
  guint phonetic;
  gsize taken; /* of limits->all */
} Reading;

/* ---- faults ---- */

static void
name_column (guint column, char name[8])
{
  char *p = name + 7;

  for (*p = '\0'; column > 0; column = (column - 1) / 26)
    *--p = (char)('A' + (column - 1) % 26);
  memmove (name, p, strlen (p) + 1);
}

static void G_GNUC_PRINTF (4, 5)
    refuse (const Reading *self, const char *code, GError **error, const char *format, ...)
{
  char column[8];
  va_list args;

  va_start (args, format);
  g_autofree char *detail = g_strdup_vprintf (format, args);
  va_end (args);
  name_column (self->column, column);
  g_autofree char *pointer = g_strdup_printf ("/rows/%u", self->row);
  GError *refusal = g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Cell %s%u: %s", column,
                                 self->row, detail);
  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, refusal);
}

/* ---- values ---- */

static gboolean
is_escape (const char *p)
{
  if (p[0] != '_' || p[1] != 'x')
    return FALSE;
  for (guint i = 2; i < 6; i++)
    if (!g_ascii_isxdigit (p[i]))
      return FALSE;
  return p[6] == '_';
}

/* Excel writes what XML cannot hold as "_x000D_". */
static char *
unescape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';) {
    if (!is_escape (p)) {
      g_string_append_c (out, *p++);
      continue;
    }
    gunichar c = 0;
    for (guint i = 2; i < 6; i++)
      c = c * 16 + (gunichar)g_ascii_xdigit_value (p[i]);
    p += 7;
    if (c == '\r' && *p != '\n')
      g_string_append_c (out, '\n');
    else if (c != '\r' && c != 0 && g_unichar_validate (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

/* Excel counts a 29th of February in 1900, so day 60 never was. */
static char *
date_of (const Reading *self, double number)
{
  double whole = floor (number);
  double seconds = floor ((number - whole) * 86400 + 0.5);
  g_autoptr (GDateTime) epoch =
      g_date_time_new_utc (self->book->from_1904 ? 1904 : 1899, self->book->from_1904 ? 1 : 12,
                           self->book->from_1904 ? 1 : (whole < 60 ? 31 : 30), 0, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (epoch, (int)whole);
  g_autoptr (GDateTime) moment = day != NULL ? g_date_time_add_seconds (day, seconds) : NULL;

  if (moment == NULL)
    return NULL;
  return g_date_time_format (moment, whole == 0      ? "%H:%M"
                                     : seconds > 0.5 ? "%Y-%m-%d %H:%M"
                                                     : "%Y-%m-%d");
}

static char *
print_number (const Reading *self, double number)
{
  OsyXlsxFormat format = {FALSE, 0};
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->style < self->book->formats->len)
    format = g_array_index (self->book->formats, OsyXlsxFormat, self->style);
  if (format.is_date && number >= 0 && number < MAX_DAYS) {
    char *date = date_of (self, number);
    if (date != NULL)
      return date;
  }
  if (fabs (number) < MAX_WHOLE && number == floor (number)) {
    g_autofree char *digits = g_strdup_printf ("%.0f", fabs (number));
    gsize len = strlen (digits);
    g_autofree char *zeros = g_strnfill (format.digits > len ? format.digits - len : 0, '0');
    return g_strconcat (number < 0 ? "-" : "", zeros, digits, NULL);
  }
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number));
}

static char *
number_of (Reading *self, GError **error)
{
  const char *text = self->text->str;
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number)) {
    refuse (self, "NUMBER", error, "“%.40s” is not a number; type the cell anew.", text);
    return NULL;
  }
  return print_number (self, number);
}

/* Counted before anything is done with it. */
static gboolean
take (Reading *self, const char *value, GError **error)
{
  gsize len = strlen (value);

  if (len > self->limits->all - self->taken) {
    refuse (self, "TOO_LARGE", error,
            "up to here there is more text than can be read; split the "
            "sheet.");
    return FALSE;
  }
  self->taken += len;
  return TRUE;
}

static char *
shared_of (Reading *self, GError **error)
{
  guint64 index;

  if (g_ascii_string_to_unsigned (self->text->str, 10, 0, G_MAXUINT, &index, NULL) &&
      index < self->book->strings->len) {
    const char *text = g_ptr_array_index (self->book->strings, index);
    return take (self, text, error) ? unescape (text) : NULL;
  }
  refuse (self, "DAMAGED", error, "its text is missing; save the workbook again.");
  return NULL;
}

/* What a person sees in the cell. */
static char *
value_of (Reading *self, GError **error)
{
  if (!self->has_value) {
    if (self->has_formula)
      refuse (self, "FORMULA", error,
              "the formula has no result; open the workbook in the spreadsheet program and save "
              "it there.");
    return self->has_formula ? NULL : g_strdup ("");
  }
  switch (self->type) {
  case 's': return shared_of (self, error);
  case 'b': return g_strdup (strcmp (self->text->str, "1") == 0 ? "Y" : "N");
  case 'e':
    refuse (self, "ERROR_CELL", error, "it holds the error “%.20s”; mend it and save again.",
            self->text->str);
    return NULL;
  case 'i':
  case 't':
  case 'd': return unescape (self->text->str);
  default: return self->text->len > 0 ? number_of (self, error) : g_strdup ("");
  }
}

static gboolean
is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (((guchar)*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f)
      return FALSE;
  return TRUE;
}

static void
end_cell (Reading *self, GError **error)
{
  g_autofree char *value = value_of (self, error);

  if (value == NULL)
    return;
  g_autofree char *text = g_strstrip (g_utf8_normalize (value, -1, G_NORMALIZE_DEFAULT_COMPOSE));
  if (*text == '\0')
    return;
  if (self->column > self->limits->columns) {
    refuse (self, "TOO_MANY_CELLS", error, "there are more than %u columns.",
            self->limits->columns);
  } else if (strlen (text) > self->limits->cell) {
    refuse (self, "CELL_TOO_LONG", error,
            "it is longer than %" G_GSIZE_FORMAT " bytes; shorten it.", self->limits->cell);
  } else if (!is_clean (text)) {
    refuse (self, "CONTROL_CHARACTER", error, "it holds a control character; type it anew.");
  } else {
    while (self->cells->len < self->column)
      g_ptr_array_add (self->cells, g_strdup (""));
    g_free (g_ptr_array_index (self->cells, self->column - 1));
    g_ptr_array_index (self->cells, self->column - 1) = g_steal_pointer (&text);
  }
}

/* ---- rows ---- */

static void
row_free (OsyXlsxRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row);
}

static void
end_row (Reading *self, GError **error)
{
  GPtrArray *rows = self->sheet->rows;

  if (self->cells->len == 0)
    return;
  if (rows->len >= self->limits->rows) {
    refuse (self, "TOO_MANY_ROWS", error, "there are more than %u rows; split the sheet.",
            self->limits->rows);
    return;
  }
  OsyXlsxRow *row = g_new0 (OsyXlsxRow, 1);
  row->number = self->row;
  row->cells = self->cells;
  g_ptr_array_add (rows, row);
  self->cells = g_ptr_array_new_with_free_func (g_free);
}

/* Without a number it is the next one; rows only go down. */
static void
start_row (Reading *self, const char *number, GError **error)
{
  guint64 row = self->row + 1;

  if ((number != NULL && !g_ascii_string_to_unsigned (number, 10, 1, MAX_ROW, &row, NULL)) ||
      row <= self->row || row > MAX_ROW) {
    osy_xlsx_damaged (error, "its rows are out of order");
    return;
  }
  self->row = (guint)row;
  self->column = 0;
}

/* "BC12" → 55; 0 when it is none. */
static guint
column_of (const char *place)
{
  guint column = 0;

  for (; *place >= 'A' && *place <= 'Z' && column <= MAX_COLUMN; place++)
    column = column * 26 + (guint)(*place - 'A' + 1);
  return g_ascii_isdigit (*place) && column <= MAX_COLUMN ? column : 0;
}

static void
start_cell (Reading *self, const char **names, const char **values, GError **error)
{
  const char *place = osy_xlsx_attribute (names, values, "r");
  const char *type = osy_xlsx_attribute (names, values, "t");
  const char *style = osy_xlsx_attribute (names, values, "s");
  guint column = place != NULL ? column_of (place) : self->column + 1;
  guint64 index = 0;

  if (column <= self->column || column > MAX_COLUMN) {
    osy_xlsx_damaged (error, "its cells are out of order");
    return;
  }
  if (style != NULL && !g_ascii_string_to_unsigned (style, 10, 0, G_MAXUINT, &index, NULL))
    index = G_MAXUINT;
  self->column = column;
  self->style = (guint)index;
  self->type = 'n';
  if (type != NULL && strcmp (type, "str") == 0)
    self->type = 't';
  else if (type != NULL && strcmp (type, "inlineStr") == 0)
    self->type = 'i';
  else if (type != NULL)
    self->type = *type;
  self->in_cell = TRUE;
  self->in_value = self->has_formula = self->has_value = FALSE;
  self->phonetic = 0;
  g_string_truncate (self->text, 0);
}

/* ---- the sheet ---- */

static void
start_in_cell (Reading *self, const char *local)
{
  if (strcmp (local, "f") == 0)
    self->has_formula = TRUE;
  else if (strcmp (local, "rPh") == 0)
    self->phonetic++;
  else if (strcmp (local, self->type == 'i' ? "t" : "v") == 0)
    self->in_value = self->phonetic == 0;
}

static void
start_cb (GMarkupParseContext *context,
          const char *name,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reading *self = data;
  const char *local = osy_xlsx_local (name);

  if (strcmp (local, "sheetData") == 0)
    self->in_sheet = TRUE;
  else if (self->in_sheet && strcmp (local, "row") == 0)
    start_row (self, osy_xlsx_attribute (names, values, "r"), error);
  else if (self->in_sheet && strcmp (local, "c") == 0)
    start_cell (self, names, values, error);
  else if (self->in_sheet && self->in_cell)
    start_in_cell (self, local);
}

static void
end_cb (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  Reading *self = data;
  const char *local = osy_xlsx_local (name);

  self->in_value = FALSE;
  if (strcmp (local, "sheetData") == 0) {
    self->in_sheet = FALSE;
  } else if (self->in_cell && strcmp (local, "rPh") == 0) {
    self->phonetic -= self->phonetic > 0;
  } else if (self->in_cell && strcmp (local, "c") == 0) {
    self->in_cell = FALSE;
    end_cell (self, error);
  } else if (self->in_sheet && strcmp (local, "row") == 0) {
    end_row (self, error);
  }
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize len, gpointer data, GError **error)
{
  Reading *self = data;

  if (!self->in_value)
    return;
  self->has_value = self->has_value || len > 0;
  g_string_append_len (self->text, text, (gssize)len);
}

/* ---- doors ---- */

gboolean
osy_xlsx_is (GBytes *file)
{
  gsize len;
  const void *data = g_bytes_get_data (file, &len);

  return len >= 4 && (memcmp (data, "PK\3\4", 4) == 0 || memcmp (data, "\xd0\xcf\x11\xe0", 4) == 0);
}

static gboolean
read_sheet (OsyXlsxParts *parts, Reading *self, GError **error)
{
  static const GMarkupParser parser = {start_cb, end_cb, text_cb, NULL, NULL};

  return osy_xlsx_parts_parse (parts, self->book->path, &parser, self, error);
}

OsyXlsx *
osy_xlsx_read (GBytes *file, const OsyXlsxLimits *limits, GError **error)
{
  if (g_bytes_get_size (file) > 0 && *(const guchar *)g_bytes_get_data (file, NULL) == 0xd0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "This is an old workbook (.xls) or one with a password. Save it as .xlsx "
                         "without a password and send that.");
    return NULL;
  }
  g_autoptr (OsyXlsxParts) parts = osy_xlsx_parts_new (file, error);
  g_autoptr (OsyXlsxBook) book = parts != NULL ? osy_xlsx_book_read (parts, error) : NULL;
  if (book == NULL)
    return NULL;
  g_autoptr (OsyXlsx) sheet = g_new0 (OsyXlsx, 1);
  sheet->sheet = g_strdup (book->sheet);
  sheet->n_sheets = book->n_sheets;
  sheet->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  Reading self = {.book = book,
                  .limits = limits,
                  .sheet = sheet,
                  .cells = g_ptr_array_new_with_free_func (g_free),
                  .text = g_string_new (NULL)};
  gboolean ok = read_sheet (parts, &self, error);
  g_ptr_array_unref (self.cells);
  g_string_free (self.text, TRUE);
  return ok ? g_steal_pointer (&sheet) : NULL;
}

void
osy_xlsx_free (OsyXlsx *self)
{
  if (self == NULL)
    return;
  g_free (self->sheet);
  g_ptr_array_unref (self->rows);
  g_free (self);
}
