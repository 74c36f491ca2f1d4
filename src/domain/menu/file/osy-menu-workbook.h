/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-menu-csv.h"

G_BEGIN_DECLS

/** osy_menu_file_read: a menu file of either kind, as its first bytes say: a workbook (XLSX), or
 *  text (osy_menu_csv_parse()). (transfer full): NULL with TOO_LARGE or INVALID_REQUEST. */
OsyMenuCsv *osy_menu_file_read (GBytes *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_file_book: the rows of osy_menu_file_rows() as a workbook: prices and minutes are
 *  numbers, all else text that runs no formula. (transfer full): NULL with @error. */
GBytes *osy_menu_file_book (const OsyMenuCsv *csv,
                            gboolean korean,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
