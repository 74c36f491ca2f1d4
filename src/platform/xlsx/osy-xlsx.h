/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What a workbook may hold at most; beyond it is refused, not cut off. */
typedef struct {
  guint rows;    /* with something in them */
  guint columns; /* 1 to 702 */
  gsize cell;    /* bytes of one */
  gsize all;     /* bytes of them together: one text may stand in a million cells */
} OsyXlsxLimits;

typedef struct {
  guint number;     /* from 1, as the spreadsheet shows it */
  GPtrArray *cells; /* of char*, never NULL: from column A on, without blanks around */
} OsyXlsxRow;

/** The first sheet of a workbook that is not hidden. */
typedef struct {
  char *sheet; /* its name */
  guint n_sheets;
  GPtrArray *rows; /* of OsyXlsxRow; blank ones left out */
} OsyXlsx;

/** osy_xlsx_is: Returns: whether @file begins as a workbook (XLSX), or as an old or encrypted one
 *  (XLS), does, which osy_xlsx_read() refuses with what to do about it. */
gboolean osy_xlsx_is (GBytes *file);

/**
 * osy_xlsx_read:
 * @file: untrusted: what it unpacks to is bounded, nothing in it is expanded or followed
 *
 * Every cell is the text a person sees in it, as near as can be told without drawing: whole numbers
 * in full, with the zeros their format puts before them, days as 2026-11-22, results of formulas,
 * not the formulas. A merged cell's text is in its first one. Any thread; takes a while.
 *
 * Returns: (transfer full): the rows; or NULL with INVALID_REQUEST, whose message and pointer
 * ("/rows/12") name the cell or row at fault, where it is one's.
 */
OsyXlsx *
osy_xlsx_read (GBytes *file, const OsyXlsxLimits *limits, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void osy_xlsx_free (OsyXlsx *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyXlsx, osy_xlsx_free)

G_END_DECLS
