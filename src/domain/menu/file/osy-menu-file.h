/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-csv.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/**
 * osy_menu_file_rows:
 * @korean: language of the first row
 * @now: UTC µs: whose prices
 *
 * A menu as the rows of a file that osy_menu_sheet_read() understands; planned against the same
 * menu they change nothing. What a row cannot say is left as it is: a cell that would be read as
 * something else says OSY_MENU_KEEP; sold-out marks, what is hidden, prices of a channel or of
 * another time, names of options in other languages and options of options are not in it.
 *
 * Returns: (transfer full).
 */
OsyMenuCsv *osy_menu_file_rows (OsyMenu *menu, gboolean korean, gint64 now);

/** osy_menu_file_print: the rows as RFC 4180 with the mark by which Excel knows UTF-8. What a
 *  spreadsheet would take for a formula begins with an apostrophe, which osy_menu_csv_parse() takes
 *  off again. (transfer full) */
GBytes *osy_menu_file_print (const OsyMenuCsv *csv);

/** osy_menu_fold_line: Returns: (transfer full): @text in NFC as one line: line breaks and runs of
 *  blanks become one blank, none around. @text: (nullable): "". */
char *osy_menu_fold_line (const char *text);

G_END_DECLS
