/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A spreadsheet file by libxlsxwriter, which wants the name of a file: here one in memory. */

#include "osy-book.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "osy-error.h"

#define MAX_COLUMNS 16
#define MIN_WIDTH 9
#define MAX_WIDTH 44
#define A4 9
#define ROW_HEIGHT 18
#define TITLE_HEIGHT 27
#define MAX_UPRIGHT 8 /* more columns are printed across */
/* A cell holds 32,767 UTF-16 units; a character is two at most. */
#define MAX_TEXT 16000
/* Where the library keeps parts of the file for a moment: memory, so that no disk can be full. */
#define SCRATCH "/dev/shm"

struct _OsyBook {
  lxw_workbook *workbook;                                   /* (nullable): closed */
  lxw_worksheet *sheet;                                     /* (nullable): none yet */
  lxw_format *formats[OSY_BOOK_N_STYLES][OSY_BOOK_N_FORMS]; /* made when they are used */
  int file;                                                 /* in memory; −1: there is none */
  char *title;
  gboolean korean;
  OsyBookStyle style;
  guint row;
  guint column;
  guint widths[MAX_COLUMNS]; /* of the sheet, in narrow characters */
  lxw_error fault;           /* the first one */
};

/* ---- life ---- */

OsyBook *
osy_book_new (const char *title, gboolean korean)
{
  g_return_val_if_fail (title != NULL, NULL);
  OsyBook *self = g_new0 (OsyBook, 1);

  self->file = memfd_create ("book", MFD_CLOEXEC);
  self->title = g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), 100));
  self->korean = korean;
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", self->file);
  lxw_workbook_options options = {.tmpdir = (char *)SCRATCH};
  self->workbook = workbook_new_opt (path, &options);
  if (self->workbook != NULL) {
    lxw_doc_properties about = {.title = self->title};
    workbook_set_properties (self->workbook, &about);
  }
  return self;
}

void
osy_book_free (OsyBook *self)
{
  if (self->workbook != NULL)
    lxw_workbook_free (self->workbook);
  if (self->file != -1)
    close (self->file);
  g_free (self->title);
  g_free (self);
}

static void
note (OsyBook *self, lxw_error fault)
{
  if (self->fault == LXW_NO_ERROR)
    self->fault = fault;
}

/* ---- how cells look ---- */

static const char *
number_format (const OsyBook *self, OsyBookForm form)
{
  switch (form) {
  case OSY_BOOK_TEXT: /* text stays text when somebody edits it */ return "@";
  case OSY_BOOK_WON: return "[$₩-412]#,##0;\\-[$₩-412]#,##0";
  case OSY_BOOK_HOUR: return self->korean ? "0\"시\"" : "0\":00\"";
  case OSY_BOOK_MINUTE: return self->korean ? "0\"분\"" : "0\" min\"";
  case OSY_BOOK_SECONDS:
  case OSY_BOOK_MINUTES: return "[h]:mm:ss";
  case OSY_BOOK_SHARE: return "0.0%";
  case OSY_BOOK_DAY: return "yyyy\\-mm\\-dd";
  case OSY_BOOK_TIME: return "yyyy\\-mm\\-dd hh:mm";
  case OSY_BOOK_COUNT:
  case OSY_BOOK_N_FORMS:
  default: return "#,##0";
  }
}

static void
set_style (lxw_format *format, OsyBookStyle style)
{
  switch (style) {
  case OSY_BOOK_TITLE:
    format_set_bold (format);
    format_set_font_size (format, 14);
    break;
  case OSY_BOOK_NOTE: format_set_font_color (format, 0x5B6570); break;
  case OSY_BOOK_HEAD:
    format_set_bold (format);
    format_set_bg_color (format, 0xE9EDF2);
    format_set_bottom (format, LXW_BORDER_THIN);
    format_set_bottom_color (format, 0x5B6570);
    break;
  case OSY_BOOK_SUM:
    format_set_bold (format);
    format_set_top (format, LXW_BORDER_THIN);
    format_set_top_color (format, 0x5B6570);
    break;
  case OSY_BOOK_PLAIN:
  case OSY_BOOK_N_STYLES:
  default:
    format_set_bottom (format, LXW_BORDER_HAIR);
    format_set_bottom_color (format, 0xC5CCD4);
    break;
  }
}

/* Numbers stand at the right, and so do their heads. */
static void
set_place (lxw_format *format, OsyBookStyle style, OsyBookForm form)
{
  const gboolean left = form == OSY_BOOK_TEXT || form == OSY_BOOK_DAY || form == OSY_BOOK_TIME ||
                        form == OSY_BOOK_HOUR || form == OSY_BOOK_MINUTE;

  format_set_align (format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_align (format, left ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT);
  if (left && style != OSY_BOOK_TITLE)
    format_set_indent (format, 1);
}

static lxw_format *
format_of (OsyBook *self, OsyBookForm form)
{
  lxw_format **format = &self->formats[self->style][form];

  if (*format == NULL && (*format = workbook_add_format (self->workbook)) != NULL) {
    format_set_font_name (*format, self->korean ? "맑은 고딕" : "Calibri");
    set_place (*format, self->style, form);
    format_set_num_format (
        *format, number_format (self, self->style == OSY_BOOK_HEAD ? OSY_BOOK_TEXT : form));
    set_style (*format, self->style);
  }
  if (*format == NULL)
    note (self, LXW_ERROR_MEMORY_MALLOC_FAILED);
  return *format;
}

/* Hangul is twice as wide. */
static guint
width_of (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += g_unichar_iswide (g_utf8_get_char (text)) ? 2 : 1;
  return width;
}

/* Takes the cell; a title may run over those beside it. */
static guint
take_cell (OsyBook *self, guint width)
{
  if (self->column < MAX_COLUMNS && self->style != OSY_BOOK_TITLE)
    self->widths[self->column] = MAX (self->widths[self->column], width);
  return self->column++;
}

/* ---- sheets ---- */

static void
end_sheet (OsyBook *self)
{
  guint n = 0;

  for (; self->sheet != NULL && n < MAX_COLUMNS && self->widths[n] > 0; n++)
    note (self, worksheet_set_column (self->sheet, (lxw_col_t)n, (lxw_col_t)n,
                                      CLAMP (self->widths[n] + 3, MIN_WIDTH, MAX_WIDTH), NULL));
  if (n > MAX_UPRIGHT)
    worksheet_set_landscape (self->sheet);
  memset (self->widths, 0, sizeof self->widths);
}

void
osy_book_add_sheet (OsyBook *self, const char *name)
{
  if (self->workbook == NULL)
    return;
  end_sheet (self);
  self->row = self->column = 0;
  self->style = OSY_BOOK_PLAIN;
  self->sheet = workbook_add_worksheet (self->workbook, name);
  if (self->sheet == NULL) {
    note (self, LXW_ERROR_PARAMETER_VALIDATION);
    return;
  }
  /* "&" begins a code there. */
  g_auto (GStrv) parts = g_strsplit (self->title, "&", -1);
  g_autofree char *title = g_strjoinv ("&&", parts);
  g_autofree char *head = g_strdup_printf ("&L%s&R&A", title);
  worksheet_set_default_row (self->sheet, ROW_HEIGHT, FALSE);
  worksheet_set_paper (self->sheet, A4);
  worksheet_fit_to_pages (self->sheet, 1, 0);
  note (self, worksheet_set_header (self->sheet, head));
  note (self, worksheet_set_footer (self->sheet, "&C&P / &N"));
}

void
osy_book_style (OsyBook *self, OsyBookStyle style)
{
  self->style = style;
  if (style == OSY_BOOK_TITLE && self->sheet != NULL)
    note (self, worksheet_set_row (self->sheet, self->row, TITLE_HEIGHT, NULL));
}

guint
osy_book_next_row (OsyBook *self)
{
  self->column = 0;
  self->style = OSY_BOOK_PLAIN;
  return self->row++;
}

/* ---- cells ---- */

/* Excel reads "_x0041_" as "A" unless it is told not to; what XML cannot hold breaks the file. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *at = valid; *at != '\0' && n < MAX_TEXT; at = g_utf8_next_char (at), n++) {
    gunichar c = g_utf8_get_char (at);
    if (at[0] == '_' && at[1] == 'x' && g_ascii_isxdigit (at[2]) && g_ascii_isxdigit (at[3]) &&
        g_ascii_isxdigit (at[4]) && g_ascii_isxdigit (at[5]) && at[6] == '_') {
      g_string_append (out, "_x005F");
      n += 6;
    }
    if (c == 0xfffe || c == 0xffff || (c < 0x20 && c != '\t' && c != '\n'))
      c = 0xfffd;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static void
write_text (OsyBook *self, const char *text, OsyBookForm form)
{
  g_autofree char *cleaned = clean (text);
  guint column = take_cell (self, width_of (cleaned));

  if (self->sheet != NULL)
    note (self, worksheet_write_string (self->sheet, self->row, (lxw_col_t)column, cleaned,
                                        format_of (self, form)));
}

void
osy_book_text (OsyBook *self, const char *text)
{
  if (text != NULL)
    write_text (self, text, OSY_BOOK_TEXT);
  else
    osy_book_skip (self);
}

void
osy_book_skip (OsyBook *self)
{
  guint column = take_cell (self, 0);

  if (self->sheet != NULL)
    note (self, worksheet_write_blank (self->sheet, self->row, (lxw_col_t)column,
                                       format_of (self, OSY_BOOK_TEXT)));
}

/* @width: of what is seen. */
static void
write_number (OsyBook *self, double number, OsyBookForm form, guint width)
{
  guint column = take_cell (self, width);

  if (self->sheet != NULL)
    note (self, worksheet_write_number (self->sheet, self->row, (lxw_col_t)column, number,
                                        format_of (self, form)));
}

void
osy_book_number (OsyBook *self, gint64 number, OsyBookForm form)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  const guint n = (guint)strlen (digits);

  if (form == OSY_BOOK_MINUTE)
    number /= 60;
  if (form == OSY_BOOK_MINUTES)
    number *= 60;
  if (form == OSY_BOOK_SECONDS || form == OSY_BOOK_MINUTES)
    write_number (self, (double)number / (24 * 60 * 60), form, 9);
  else
    write_number (self, (double)number, form, n + n / 3 + (form == OSY_BOOK_COUNT ? 0 : 2));
}

void
osy_book_share (OsyBook *self, gint64 part, gint64 whole)
{
  if (whole != 0)
    write_number (self, (double)part / (double)whole, OSY_BOOK_SHARE, 7);
  else
    osy_book_skip (self);
}

static void
write_date (OsyBook *self, lxw_datetime *date, OsyBookForm form, guint width)
{
  guint column = take_cell (self, width);

  if (self->sheet != NULL)
    note (self, worksheet_write_datetime (self->sheet, self->row, (lxw_col_t)column, date,
                                          format_of (self, form)));
}

void
osy_book_day (OsyBook *self, const char *day)
{
  g_autoptr (GDate) date = g_date_new ();

  g_date_set_parse (date, day);
  if (!g_date_valid (date)) {
    osy_book_text (self, day);
    return;
  }
  lxw_datetime cell = {.year = g_date_get_year (date),
                       .month = (int)g_date_get_month (date),
                       .day = g_date_get_day (date)};
  write_date (self, &cell, OSY_BOOK_DAY, 10);
}

void
osy_book_time (OsyBook *self, gint64 us, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL) {
    osy_book_skip (self);
    return;
  }
  lxw_datetime cell = {.year = g_date_time_get_year (local),
                       .month = g_date_time_get_month (local),
                       .day = g_date_time_get_day_of_month (local),
                       .hour = g_date_time_get_hour (local),
                       .min = g_date_time_get_minute (local)};
  write_date (self, &cell, OSY_BOOK_TIME, 16);
}

/* ---- heads and shades ---- */

void
osy_book_head (OsyBook *self, const char *text, OsyBookForm form)
{
  self->style = OSY_BOOK_HEAD;
  write_text (self, text, form);
}

void
osy_book_end_heads (OsyBook *self)
{
  const guint row = osy_book_next_row (self);

  if (self->sheet == NULL)
    return;
  worksheet_freeze_panes (self->sheet, row + 1, 1);
  note (self, worksheet_repeat_rows (self->sheet, row, row));
}

void
osy_book_shade (OsyBook *self, guint first, guint last)
{
  lxw_conditional_format scale = {
      .type = LXW_CONDITIONAL_2_COLOR_SCALE, .min_color = 0xFFFFFF, .max_color = 0x8DB8F0};
  guint n = 1;
  guint width = 0;

  for (; n < MAX_COLUMNS && self->widths[n] > 0; n++)
    width = MAX (width, self->widths[n]);
  for (guint i = 1; i < n; i++)
    self->widths[i] = width;
  if (self->sheet != NULL && n > 1)
    note (self, worksheet_conditional_format_range (self->sheet, first, 1, last, (lxw_col_t)(n - 1),
                                                    &scale));
}

/* ---- the file ---- */

static GBytes *
read_file (int file)
{
  const off_t size = lseek (file, 0, SEEK_END);
  g_autofree char *bytes = size > 0 ? g_malloc ((gsize)size) : NULL;
  gsize done = 0;

  while (bytes != NULL && done < (gsize)size) {
    ssize_t n = pread (file, bytes + done, (gsize)size - done, (off_t)done);
    if (n <= 0 && errno != EINTR)
      return NULL;
    done += n > 0 ? (gsize)n : 0;
  }
  return bytes != NULL ? g_bytes_new_take (g_steal_pointer (&bytes), (gsize)size) : NULL;
}

GBytes *
osy_book_close (OsyBook *self, GError **error)
{
  GBytes *bytes = NULL;

  if (self->workbook != NULL && self->file != -1) {
    end_sheet (self);
    note (self, workbook_close (g_steal_pointer (&self->workbook)));
    if (self->fault == LXW_NO_ERROR)
      bytes = read_file (self->file);
  }
  if (bytes == NULL)
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                 "The spreadsheet could not be made (%s). Try again, or fewer days.",
                 self->fault != LXW_NO_ERROR ? lxw_strerror (self->fault) : g_strerror (errno));
  return bytes;
}
