/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A spreadsheet's text file as rows of cells: finds out encoding and separator, reads RFC 4180. */

#include "osy-menu-csv.h"

#include <string.h>

#include "osy-error.h"

typedef enum {
  AT_START, /* of a cell */
  IN_PLAIN,
  IN_QUOTES,
  AFTER_QUOTE, /* a quote inside quotes: its end, or the first half of a doubled one */
} State;

typedef struct {
  OsyMenuCsv *csv;
  State state;
  guint number; /* of the row being read */
  GString *cell;
  GPtrArray *cells;
  guint quoted_at; /* row where the open quote began */
} Parser;

static void
row_free (OsyMenuCsvRow *row)
{
  g_ptr_array_unref (row->cells);
  g_free (row);
}

OsyMenuCsv *
osy_menu_csv_new (void)
{
  OsyMenuCsv *self = g_new0 (OsyMenuCsv, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  self->encoding = "UTF-8";
  self->separator = ',';
  return self;
}

OsyMenuCsvRow *
osy_menu_csv_add_row (OsyMenuCsv *self, guint number)
{
  OsyMenuCsvRow *row = g_new0 (OsyMenuCsvRow, 1);

  row->number = number;
  row->cells = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->rows, row);
  return row;
}

void
osy_menu_csv_free (OsyMenuCsv *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_free (self->sheet);
  g_free (self);
}

gboolean
osy_menu_csv_is_formula (const char *text)
{
  static const gunichar marks[] = {'=', '+', '-', '@', 0xff1d, 0xff0b, 0xff0d, 0xff20};
  gunichar first = g_utf8_get_char (text + strspn (text, "'"));

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (first == marks[i])
      return TRUE;
  return FALSE;
}

static gboolean
refuse (guint row, const char *code, const char *detail, GError **error)
{
  GError *refusal = g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Row %u: %s", row, detail);
  g_autofree char *pointer = g_strdup_printf ("/rows/%u", row);

  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, refusal);
  return FALSE;
}

/* ---- encoding ---- */

/* The row in which byte @offset lies. Quotes and line ends are ASCII in every encoding read, and
 * never the second byte of a CP949 character. */
static guint
row_at (const char *data, gsize offset)
{
  gboolean quoted = FALSE;
  guint row = 1;

  for (gsize i = 0; i < offset; i++) {
    if (data[i] == '"')
      quoted = !quoted;
    else if (!quoted &&
             (data[i] == '\n' || (data[i] == '\r' && (i + 1 == offset || data[i + 1] != '\n'))))
      row++;
  }
  return row;
}

/* UTF-8 that was damaged still holds whole Korean syllables of three bytes; CP949 read as UTF-8 is
 * mostly faults. */
static gboolean
is_damaged_utf8 (const char *data, gsize len)
{
  const char *end = data + len;
  gsize syllables = 0;
  gsize faults = 0;

  for (const char *p = data; p < end;) {
    gunichar c = g_utf8_get_char_validated (p, end - p);
    if (c == (gunichar)-1 || c == (gunichar)-2) {
      faults++;
      p++;
      continue;
    }
    if (c >= 0xac00 && c <= 0xd7a3)
      syllables++;
    p = g_utf8_next_char (p);
  }
  return syllables > faults;
}

static char *
decode_cp949 (const char *data, gsize len, gsize fault, GError **error)
{
  gsize read = 0;
  char *text = NULL;

  if (!is_damaged_utf8 (data, len)) {
    text = g_convert (data, (gssize)len, "UTF-8", "CP949", &read, NULL, NULL);
    fault = read;
  }
  if (text == NULL)
    refuse (row_at (data, MIN (fault, len)), "ENCODING",
            "the text is neither UTF-8 nor CP949; save the file as “CSV UTF-8” and try again.",
            error);
  return text;
}

static char *
decode_utf16 (const char *data, gsize len, GError **error)
{
  gsize written = 0;
  g_autofree char *text = g_convert (data, (gssize)len, "UTF-8", "UTF-16", NULL, &written, NULL);

  if (text != NULL && strlen (text) == written)
    return g_steal_pointer (&text);
  refuse (text ? row_at (text, strlen (text)) : 1, "ENCODING",
          "the UTF-16 text is damaged; save the file as “CSV UTF-8” and try again.", error);
  return NULL;
}

/* Returns: (transfer full): the file as UTF-8 without BOM, NUL-terminated. */
static char *
decode (OsyMenuCsv *csv, const char *data, gsize len, GError **error)
{
  const char *fault;

  if (len >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0)) {
    csv->encoding = "UTF-16";
    return decode_utf16 (data, len, error);
  }
  const char *nul = memchr (data, '\0', len);
  if (nul != NULL) {
    refuse (row_at (data, (gsize)(nul - data)), "NUL",
            "there is a NUL character; export the file from the spreadsheet again.", error);
    return NULL;
  }
  gboolean marked = len >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0;
  gsize skip = marked ? 3 : 0;
  if (g_utf8_validate (data + skip, (gssize)(len - skip), &fault))
    return g_strndup (data + skip, len - skip);
  if (marked) {
    refuse (row_at (data, (gsize)(fault - data)), "ENCODING",
            "the UTF-8 text is damaged; save the file as “CSV UTF-8” and try again.", error);
    return NULL;
  }
  csv->encoding = "CP949";
  return decode_cp949 (data, len, (gsize)(fault - data), error);
}

/* ---- rows ---- */

/* What stands between the cells of the first row: the more frequent of tab and comma. */
static char
find_separator (const char *text)
{
  gboolean quoted = FALSE;
  guint tabs = 0;
  guint commas = 0;

  text += strspn (text, "\r\n");
  for (const char *p = text; *p != '\0' && (quoted || (*p != '\n' && *p != '\r')); p++) {
    if (*p == '"')
      quoted = !quoted;
    tabs += !quoted && *p == '\t';
    commas += !quoted && *p == ',';
  }
  return tabs > commas ? '\t' : ',';
}

static gboolean
end_cell (Parser *self, GError **error)
{
  if (self->cells->len >= OSY_MENU_CSV_MAX_CELLS)
    return refuse (self->number, "TOO_MANY_CELLS", "there are more than 64 columns.", error);
  char *cell = g_utf8_normalize (self->cell->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_strstrip (cell);
  if (*cell == '\'' && osy_menu_csv_is_formula (cell))
    memmove (cell, cell + 1, strlen (cell));
  g_ptr_array_add (self->cells, cell);
  g_string_truncate (self->cell, 0);
  self->state = AT_START;
  return TRUE;
}

static gboolean
is_blank (GPtrArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    if (*(const char *)g_ptr_array_index (cells, i) != '\0')
      return FALSE;
  return TRUE;
}

static gboolean
end_row (Parser *self, GError **error)
{
  if (!end_cell (self, error))
    return FALSE;
  if (!is_blank (self->cells)) {
    if (self->csv->rows->len >= OSY_MENU_CSV_MAX_ROWS)
      return refuse (self->number, "TOO_MANY_ROWS",
                     "there are more than 5,000 rows; split the file.", error);
    OsyMenuCsvRow *row = osy_menu_csv_add_row (self->csv, self->number);
    GPtrArray *cells = self->cells;
    self->cells = row->cells;
    row->cells = cells;
  }
  g_ptr_array_set_size (self->cells, 0);
  self->number++;
  return TRUE;
}

static gboolean
add_char (Parser *self, char c, GError **error)
{
  if (self->cell->len >= OSY_MENU_CSV_MAX_CELL)
    return refuse (self->number, "CELL_TOO_LONG",
                   "a cell is longer than 4,000 bytes; is a quote missing?", error);
  if (((guchar)c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
    return refuse (self->number, "CONTROL_CHARACTER",
                   "a cell holds a control character; type the cell anew.", error);
  g_string_append_c (self->cell, c);
  return TRUE;
}

static gboolean
read_in_quotes (Parser *self, const char *p, GError **error)
{
  if (*p == '\r')
    return p[1] == '\n' || add_char (self, '\n', error);
  if (*p != '"')
    return add_char (self, *p, error);
  self->state = AFTER_QUOTE;
  return TRUE;
}

static gboolean
read_outside (Parser *self, const char *p, GError **error)
{
  if (*p == self->csv->separator)
    return end_cell (self, error);
  if (*p == '\n' || *p == '\r')
    return end_row (self, error);
  if (*p == '"' && self->state == AFTER_QUOTE) {
    self->state = IN_QUOTES;
    return add_char (self, '"', error);
  }
  if (self->state == AFTER_QUOTE)
    return *p == ' ' || refuse (self->number, "QUOTES",
                                "text stands after a closing quote; double the quotes inside a "
                                "cell.",
                                error);
  if (*p == '"' && self->state == AT_START) {
    self->state = IN_QUOTES;
    self->quoted_at = self->number;
    return TRUE;
  }
  self->state = IN_PLAIN;
  return add_char (self, *p, error);
}

static gboolean
read_rows (Parser *self, const char *text, GError **error)
{
  for (const char *p = text; *p != '\0'; p++) {
    gboolean ok =
        self->state == IN_QUOTES ? read_in_quotes (self, p, error) : read_outside (self, p, error);
    if (!ok)
      return FALSE;
    /* CR LF ends one row, not two. */
    if (*p == '\r' && p[1] == '\n' && self->state == AT_START)
      p++;
  }
  if (self->state == IN_QUOTES)
    return refuse (self->quoted_at, "QUOTES", "a quote is opened here and never closed.", error);
  if (self->state != AT_START || self->cells->len > 0)
    return end_row (self, error);
  return TRUE;
}

OsyMenuCsv *
osy_menu_csv_parse (const char *data, gsize len, GError **error)
{
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_new ();

  if (len > OSY_MENU_CSV_MAX_BYTES) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_TOO_LARGE,
                         "The file is larger than 8 MiB; split it.");
    return NULL;
  }
  g_autofree char *text = decode (csv, data ? data : "", len, error);
  if (text == NULL)
    return NULL;
  csv->separator = find_separator (text);
  Parser parser = {csv, AT_START, 1, g_string_new (NULL), g_ptr_array_new_with_free_func (g_free),
                   0};
  gboolean ok = read_rows (&parser, text, error);
  g_string_free (parser.cell, TRUE);
  g_ptr_array_unref (parser.cells);
  return ok ? g_steal_pointer (&csv) : NULL;
}
