/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-xlsx-parts.h"

G_BEGIN_DECLS

/** What stands around the cells of a workbook: which sheet, its strings, what its numbers mean. */
typedef struct {
  char *sheet; /* name of the first one that is not hidden */
  char *path;  /* its part */
  guint n_sheets;
  gboolean from_1904; /* days are counted from 1904, as old Macs did */
  GPtrArray *strings; /* of char* */
  GArray *formats;    /* of OsyXlsxFormat, by a cell's style */
} OsyXlsxBook;

/** What a number stands for. */
typedef struct {
  gboolean is_date;
  guint digits; /* zeros are put before it up to so many; 0: none */
} OsyXlsxFormat;

/** osy_xlsx_book_read: (transfer full): NULL with INVALID_REQUEST. */
OsyXlsxBook *osy_xlsx_book_read (OsyXlsxParts *parts, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_xlsx_book_free: ends @self; NULL is nothing. */
void osy_xlsx_book_free (OsyXlsxBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyXlsxBook, osy_xlsx_book_free)

/** osy_xlsx_format_read: what a number format such as "yyyy\-mm\-dd" or "00000" means. */
OsyXlsxFormat osy_xlsx_format_read (const char *code);

G_END_DECLS
