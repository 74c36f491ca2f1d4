/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A report as PDF: what is to be understood and done at the top, the details below. */

#include "osy-report-paper.h"

#include <cairo-pdf.h>

#include "osy-error.h"
#include "osy-report-ink.h"
#include "osy-report-words.h"

#define MARGIN OSY_REPORT_MARGIN
#define INNER (OSY_REPORT_WIDTH - 2 * MARGIN)
#define GAP 22.0
#define TILES 4
#define MONEY_WIDTH 178.0
#define WHAT_WIDTH 196.0
#define ROW 16.0
#define FOOT (OSY_REPORT_HEIGHT - 50)
#define MOST_LINES 7 /* of a list, what is added up at its end with them */
#define LEAST_PITCH 15.5
#define BAR_PITCH 19.0 /* of lines with room for a bar below */

typedef struct {
  cairo_t *cr;
  const OsyReport *report;
  double y;
} Paper;

static double
put (Paper *self, OsyInkText at, const char *text)
{
  return osy_ink_text (self->cr, &at, text);
}

static void
rule (Paper *self, double x, double width, OsyInk ink)
{
  osy_ink_box (self->cr, ink, (double[]){x, self->y, width, ink == OSY_INK_TEXT ? 1 : 0.5});
}

static OsyInk
ink_of (OsyReportTone tone)
{
  return tone == OSY_REPORT_GOOD  ? OSY_INK_GOOD
         : tone == OSY_REPORT_BAD ? OSY_INK_BAD
                                  : OSY_INK_DIM;
}

/* ---- the head ---- */

static void
draw_head (Paper *self)
{
  const OsyReport *report = self->report;

  put (self, (OsyInkText){MARGIN, 40, INNER - 160, 10, OSY_INK_DIM}, report->shop);
  put (self, (OsyInkText){MARGIN + INNER - 150, 40, 150, 10, OSY_INK_DIM, FALSE, PANGO_ALIGN_RIGHT},
       report->what);
  put (self, (OsyInkText){MARGIN, 53, INNER - 200, 22, OSY_INK_TEXT, TRUE}, report->heading);
  put (self, (OsyInkText){MARGIN + INNER - 220, 67, 220, 9, OSY_INK_DIM, FALSE, PANGO_ALIGN_RIGHT},
       report->against);
  self->y = 92;
  rule (self, MARGIN, INNER, OSY_INK_TEXT);
  self->y += 14;
}

static void
draw_tiles (Paper *self)
{
  const double each = INNER / TILES;

  for (guint i = 0; i < self->report->tiles->len; i++) {
    const OsyReportLine *tile = self->report->tiles->pdata[i];
    const double x = MARGIN + each * i, width = each - 10;
    put (self, (OsyInkText){x, self->y, width, 9, OSY_INK_DIM}, tile->label);
    put (self, (OsyInkText){x, self->y + 12, width, 18, OSY_INK_TEXT, TRUE, 0, 1, TRUE},
         tile->value);
    put (self, (OsyInkText){x, self->y + 40, width, 9, ink_of (tile->tone), TRUE}, tile->note);
    put (self, (OsyInkText){x, self->y + 53, width, 8, OSY_INK_DIM},
         self->report->tiles_were->pdata[i]);
  }
  self->y += 68 + GAP;
}

/* ---- money and bars, side by side ---- */

static double
draw_money (Paper *self)
{
  const OsyReportList *money = self->report->money;
  const double top = self->y;
  double height;

  put (self, (OsyInkText){MARGIN, top, MONEY_WIDTH, 11.5, OSY_INK_TEXT, TRUE}, money->title);
  self->y += 22;
  for (guint i = 0; i < money->lines->len; i++) {
    const OsyReportLine *line = money->lines->pdata[i];
    OsyInk ink = line->strong ? OSY_INK_TEXT : OSY_INK_DIM;
    double size = line->strong ? 11 : 9.5;
    if (line->strong) {
      rule (self, MARGIN, MONEY_WIDTH, OSY_INK_EDGE);
      self->y += 4;
    }
    put (self, (OsyInkText){MARGIN, self->y, 74, size, ink, line->strong}, line->label);
    if (line->note != NULL)
      put (self,
           (OsyInkText){MARGIN + 60, self->y + 0.5, 38, 8.5, OSY_INK_DIM, FALSE, PANGO_ALIGN_RIGHT},
           line->note);
    put (self,
         (OsyInkText){MARGIN + 78, self->y, MONEY_WIDTH - 78, size, OSY_INK_TEXT, line->strong,
                      PANGO_ALIGN_RIGHT, 1, TRUE},
         line->value);
    self->y += line->strong ? ROW + 12 : ROW;
  }
  height = self->y - top;
  self->y = top;
  return height;
}

static void
draw_middle (Paper *self)
{
  const double left = MARGIN + MONEY_WIDTH + 34;
  double height = draw_money (self);

  osy_report_draw_bars (self->cr, self->report,
                        (double[]){left, self->y, MARGIN + INNER - left, height});
  self->y += height + GAP - 6;
}

/* ---- what was odd, and what is to be done ---- */

static void
draw_title (Paper *self, const char *title)
{
  put (self, (OsyInkText){MARGIN, self->y, INNER, 11.5, OSY_INK_TEXT, TRUE}, title);
  self->y += 22;
}

/* What, and beside it why. */
static void
draw_odd (Paper *self, const OsyReportList *list)
{
  draw_title (self, list->title);
  for (guint i = 0; i < list->lines->len; i++) {
    const OsyReportLine *line = list->lines->pdata[i];
    double width = line->note != NULL ? WHAT_WIDTH : INNER;
    double what = put (self, (OsyInkText){MARGIN, self->y, width, 10, OSY_INK_TEXT, FALSE, 0, 2},
                       line->label);
    double why = line->note == NULL
                     ? 0
                     : put (self,
                            (OsyInkText){MARGIN + width + 12, self->y + 0.5, INNER - width - 12, 9,
                                         OSY_INK_DIM, FALSE, 0, 2},
                            line->note);
    self->y += MAX (what, why) + 5;
  }
  self->y += GAP - 8;
}

static void
draw_actions (Paper *self, const OsyReportList *list)
{
  const double left = MARGIN + 20;

  draw_title (self, list->title);
  for (guint i = 0; i < list->lines->len; i++) {
    const OsyReportLine *line = list->lines->pdata[i];
    const double width = MARGIN + INNER - left;
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    put (self, (OsyInkText){MARGIN, self->y - 2, 16, 13, OSY_INK_ACCENT, TRUE}, number);
    self->y +=
        put (self, (OsyInkText){left, self->y, width, 10.5, OSY_INK_TEXT, TRUE}, line->label);
    self->y += 8 + put (self, (OsyInkText){left, self->y + 1, width, 9, OSY_INK_DIM}, line->note);
  }
  self->y += GAP - 10;
}

/* ---- details ---- */

/* Returns: its height. @pitch: from line to line. */
static double
draw_list (Paper *self, const OsyReportList *list, const double column[2], double pitch)
{
  const double x = column[0], width = column[1];
  double y = self->y;

  put (self, (OsyInkText){x, y, width * 0.7, 11.5, OSY_INK_TEXT, TRUE}, list->title);
  if (list->note != NULL)
    put (
        self,
        (OsyInkText){x + width * 0.5, y + 2, width * 0.5, 8, OSY_INK_DIM, FALSE, PANGO_ALIGN_RIGHT},
        list->note);
  y += 22;
  for (guint i = 0; i < list->lines->len; i++) {
    const OsyReportLine *line = list->lines->pdata[i];
    double value = 58, note = line->note != NULL && *line->note != '\0' ? 24 : 0;
    put (self, (OsyInkText){x, y, width - value - note - 4, 9.5, OSY_INK_TEXT}, line->label);
    if (note > 0)
      put (self,
           (OsyInkText){x + width - value - note, y + 0.5, note, 8.5, OSY_INK_DIM, FALSE,
                        PANGO_ALIGN_RIGHT, 1, TRUE},
           line->note);
    put (self,
         (OsyInkText){x + width - value, y, value, 9.5,
                      line->tone == OSY_REPORT_PLAIN ? OSY_INK_TEXT : ink_of (line->tone), FALSE,
                      PANGO_ALIGN_RIGHT},
         line->value);
    if (line->share >= 0 && pitch >= BAR_PITCH) {
      osy_ink_box (self->cr, OSY_INK_PALE, (double[]){x, y + 14.5, width, 2});
      osy_ink_box (self->cr, OSY_INK_ACCENT, (double[]){x, y + 14.5, width * line->share, 2});
    }
    y += pitch;
  }
  return y - self->y;
}

static void
draw_lists (Paper *self, guint columns)
{
  const double gutter = 21;
  const double width = (INNER - gutter * (columns - 1)) / columns;
  const guint rows = (self->report->lists->len + columns - 1) / columns;
  double room = (FOOT - self->y - (rows - 1) * GAP) / MAX (rows, 1) - 22;
  double row = 0;

  for (guint i = 0; i < self->report->lists->len; i++) {
    guint column = i % columns;
    if (column == 0 && i > 0) {
      self->y += row + GAP;
      row = 0;
    }
    const OsyReportList *list = self->report->lists->pdata[i];
    double pitch = CLAMP (room / MAX (list->lines->len, MOST_LINES), LEAST_PITCH, ROW + 5);
    double height =
        draw_list (self, list, (double[]){MARGIN + column * (width + gutter), width}, pitch);
    row = MAX (row, height);
  }
  self->y += row;
}

static void
draw_footer (Paper *self)
{
  put (self, (OsyInkText){MARGIN, OSY_REPORT_HEIGHT - 42, INNER - 80, 8, OSY_INK_DIM},
       self->report->footer);
  put (self,
       (OsyInkText){MARGIN + INNER - 80, OSY_REPORT_HEIGHT - 42, 80, 8, OSY_INK_DIM, FALSE,
                    PANGO_ALIGN_RIGHT},
       "OrderSync");
}

static void
draw_pages (Paper *self)
{
  const OsyReport *report = self->report;
  const gboolean week = report->kind == OSY_REPORT_WEEKLY;

  draw_head (self);
  if (report->empty != NULL) {
    put (self, (OsyInkText){MARGIN, self->y + 10, INNER, 12, OSY_INK_TEXT, FALSE, 0, 3},
         report->empty);
    cairo_show_page (self->cr);
    return;
  }
  draw_tiles (self);
  draw_middle (self);
  draw_odd (self, report->odd);
  draw_actions (self, report->actions);
  draw_footer (self);
  if (week) {
    cairo_show_page (self->cr);
    draw_head (self);
    osy_report_draw_heat (self->cr, report, (double[]){MARGIN, self->y, INNER, 210});
    self->y += 210 + GAP;
    draw_footer (self);
  }
  draw_lists (self, week ? 2 : 3);
  cairo_show_page (self->cr);
}

static cairo_status_t
take (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

GBytes *
osy_report_paper_draw (const OsyReport *self, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface =
      cairo_pdf_surface_create_for_stream (take, bytes, OSY_REPORT_WIDTH, OSY_REPORT_HEIGHT);
  g_autofree char *title = g_utf8_make_valid (self->title, -1);
  Paper paper = {.cr = cairo_create (surface), .report = self};

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "OrderSync");
  draw_pages (&paper);
  cairo_status_t status = cairo_status (paper.cr);
  cairo_destroy (paper.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, OSY_ERROR, OSY_ERROR_INTERNAL, "The report could not be drawn: %s",
               cairo_status_to_string (status));
  return NULL;
}
