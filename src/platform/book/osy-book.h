/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The media type of such a file. */
#define OSY_BOOK_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/** OsyBook: a spreadsheet file (XLSX) that is written cell by cell, from left to right and down,
 * sheet by sheet. There are no formulas: what a person wrote is text, whatever it begins with.
 * It lives in memory alone. Any thread, one at a time. */
typedef struct _OsyBook OsyBook;

/** How a cell shows what it holds. */
typedef enum {
  OSY_BOOK_TEXT,
  OSY_BOOK_COUNT,   /* 1,234 */
  OSY_BOOK_WON,     /* ₩1,234 */
  OSY_BOOK_HOUR,    /* an hour of the clock: 13:00 */
  OSY_BOOK_MINUTE,  /* seconds as so many minutes: 7 min */
  OSY_BOOK_SECONDS, /* a while: 0:07:30 */
  OSY_BOOK_MINUTES, /* a while, told in minutes */
  OSY_BOOK_SHARE,   /* 41.2% */
  OSY_BOOK_DAY,
  OSY_BOOK_TIME,
  OSY_BOOK_N_FORMS
} OsyBookForm;

/** How the cells of a row look; each row begins as a plain one. */
typedef enum {
  OSY_BOOK_PLAIN,
  OSY_BOOK_HEAD,
  OSY_BOOK_SUM,   /* the last row */
  OSY_BOOK_TITLE, /* runs over the cells to its right */
  OSY_BOOK_NOTE,
  OSY_BOOK_N_STYLES
} OsyBookStyle;

/** osy_book_new: @title: of the file, and at the head of each printed page. @korean: how hours and
 * page numbers are written. */
OsyBook *osy_book_new (const char *title, gboolean korean);
void osy_book_free (OsyBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyBook, osy_book_free)

/** osy_book_add_sheet: what follows is written on a new one. @name: at most 31 characters, none of
 * []:*?/\. */
void osy_book_add_sheet (OsyBook *self, const char *name);

/** osy_book_style: how the rest of this row looks. */
void osy_book_style (OsyBook *self, OsyBookStyle style);
/** osy_book_next_row: Returns: the number of the row that was left. */
guint osy_book_next_row (OsyBook *self);

/** osy_book_text: (nullable): NULL leaves the cell empty, as osy_book_skip() does. */
void osy_book_text (OsyBook *self, const char *text);
void osy_book_skip (OsyBook *self);
/** osy_book_number: @form: OSY_BOOK_COUNT to OSY_BOOK_MINUTES. */
void osy_book_number (OsyBook *self, gint64 number, OsyBookForm form);
/** osy_book_share: nothing when @whole is 0. */
void osy_book_share (OsyBook *self, gint64 part, gint64 whole);
/** osy_book_day: @day: "2026-11-21". */
void osy_book_day (OsyBook *self, const char *day);
/** osy_book_time: @us: UTC microseconds. */
void osy_book_time (OsyBook *self, gint64 us, GTimeZone *zone);

/** osy_book_head: the head of a column of @form. */
void osy_book_head (OsyBook *self, const char *text, OsyBookForm form);
/** osy_book_end_heads: goes to the next row; all above stays in sight, this row on paper too. */
void osy_book_end_heads (OsyBook *self);
/** osy_book_shade: numbers from column 1 on, in rows @first to @last, the darker the more; those
 * columns become equally wide. */
void osy_book_shade (OsyBook *self, guint first, guint last);

/** osy_book_close: (transfer full): the whole file; NULL with @error. Nothing may follow but
 * osy_book_free(). */
GBytes *osy_book_close (OsyBook *self, GError **error);

G_END_DECLS
