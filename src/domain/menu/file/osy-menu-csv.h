/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OSY_MENU_CSV_MAX_BYTES (8 * 1024 * 1024)
#define OSY_MENU_CSV_MAX_ROWS 5000
#define OSY_MENU_CSV_MAX_CELLS 64
/** Bytes of one cell. */
#define OSY_MENU_CSV_MAX_CELL 4000

/** One row as a spreadsheet shows it: a quoted line break does not begin a new one. */
typedef struct {
  guint number;     /* from 1, blank rows counted */
  GPtrArray *cells; /* of char*: NFC, without blanks around */
} OsyMenuCsvRow;

typedef struct {
  const char *encoding; /* "UTF-8", "UTF-16", "CP949" or "XLSX", as detected */
  char separator;       /* ',' or '\t', as detected */
  char *sheet;          /* (nullable): the one that was read of a workbook that has several */
  GPtrArray *rows;      /* of OsyMenuCsvRow; blank ones left out */
} OsyMenuCsv;

/**
 * osy_menu_csv_parse:
 * @data: (nullable when @len is 0): the bytes of a file, as a spreadsheet saved it
 *
 * UTF-8 with or without BOM, UTF-16 with BOM, or CP949; comma or tab; RFC 4180 quoting; any line
 * end. Every cell is text, whatever it looks like; the apostrophe that keeps a spreadsheet from
 * taking it for a formula (osy_menu_csv_is_formula()) is not part of it.
 *
 * Returns: (transfer full): the rows; or NULL with TOO_LARGE, or INVALID_REQUEST whose message and
 * pointer ("/rows/12") name the row at fault.
 */
OsyMenuCsv *
osy_menu_csv_parse (const char *data, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_csv_is_formula: Returns: whether a spreadsheet would run @text, or would if it had not
 *  apostrophes before it. */
gboolean osy_menu_csv_is_formula (const char *text);

/**
 * osy_menu_csv_from_json:
 * @table: {"columns": [field or null, …], "rows": [[cell, …], …], "row_numbers"?: [n, …]}: a file
 *   as a person mended it; fields as osy_menu_column_name() has them, cells text or null
 *
 * Returns: (transfer full): the same rows, under a header of those fields; rows are numbered from 2
 * unless told. NULL with INVALID_REQUEST.
 */
OsyMenuCsv *osy_menu_csv_from_json (JsonNode *table, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_csv_new, _add_row: a file without rows; one more row without cells. */
OsyMenuCsv *osy_menu_csv_new (void);
OsyMenuCsvRow *osy_menu_csv_add_row (OsyMenuCsv *self, guint number);
/** osy_menu_csv_free: ends @self; NULL is nothing. */
void osy_menu_csv_free (OsyMenuCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuCsv, osy_menu_csv_free)

G_END_DECLS
