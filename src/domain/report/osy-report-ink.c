/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Texts, boxes and the two charts of a report, on cairo. */

#include "osy-report-ink.h"

#include <math.h>

#include "osy-money.h"
#include "osy-report-words.h"

#define FONT "Noto Sans CJK KR, Noto Sans, Sans"
/* No line of paper holds more; a hostile name costs no time. */
#define MAX_CHARS 300
#define GRIDLINES 3
#define AXIS 40.0
#define STEPS 5

static const double inks[OSY_N_INKS][3] = {
    {0.13, 0.13, 0.15}, {0.40, 0.40, 0.43}, {0.08, 0.45, 0.24}, {0.62, 0.26, 0.02},
    {0.11, 0.44, 0.85}, {0.89, 0.89, 0.91}, {0.45, 0.45, 0.48}, {0.82, 0.82, 0.85},
};

/* From little to much: one hue, also apart in grey. */
static const double heats[STEPS][3] = {{0.93, 0.95, 0.98},
                                       {0.77, 0.86, 0.97},
                                       {0.54, 0.71, 0.92},
                                       {0.29, 0.54, 0.87},
                                       {0.10, 0.38, 0.74}};

void
osy_ink_set (cairo_t *cr, OsyInk ink)
{
  cairo_set_source_rgb (cr, inks[ink][0], inks[ink][1], inks[ink][2]);
}

/* (transfer full): @text on one line: what breaks it, turns its direction or draws nothing at all
 * becomes a blank. */
static char *
clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *at = valid; *at != '\0' && n < MAX_CHARS; at = g_utf8_next_char (at), n++) {
    gunichar c = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (c);
    gboolean joins = c == 0x200d; /* of emoji */
    if (!joins && (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
                   type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
                   type == G_UNICODE_SURROGATE || type == G_UNICODE_UNASSIGNED ||
                   type == G_UNICODE_PRIVATE_USE))
      g_string_append_c (out, ' ');
    else
      g_string_append_unichar (out, c);
  }
  if (n == MAX_CHARS)
    g_string_append (out, "…");
  return g_string_free (out, FALSE);
}

/* (transfer full): @words are clean. */
static PangoLayout *
new_layout (cairo_t *cr, const char *words, double size, gboolean bold)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, words, -1);
  return layout;
}

static double
measure (cairo_t *cr, const char *words, double size, gboolean bold)
{
  g_autoptr (PangoLayout) layout = new_layout (cr, words, size, bold);
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return width / (double)PANGO_SCALE;
}

double
osy_ink_width (cairo_t *cr, const char *text, double size)
{
  g_autofree char *words = clean (text);

  return measure (cr, words, size, FALSE);
}

double
osy_ink_text (cairo_t *cr, const OsyInkText *at, const char *text)
{
  g_autofree char *words = clean (text != NULL ? text : "");
  double natural = at->fit ? measure (cr, words, at->size, at->bold) : 0;
  double size = natural > at->width ? at->size * at->width / natural * 0.98 : at->size;
  g_autoptr (PangoLayout) layout = new_layout (cr, words, size, at->bold);
  int height;

  pango_layout_set_width (layout, (int)(MAX (at->width, 1) * PANGO_SCALE));
  pango_layout_set_height (layout, -MAX (at->lines, 1));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, at->align);
  osy_ink_set (cr, at->ink);
  cairo_move_to (cr, at->x, at->y + (at->size - size));
  pango_cairo_show_layout (cr, layout);
  pango_layout_get_size (layout, NULL, &height);
  return height / (double)PANGO_SCALE;
}

void
osy_ink_box (cairo_t *cr, OsyInk ink, const double box[4])
{
  osy_ink_set (cr, ink);
  cairo_rectangle (cr, box[0], box[1], box[2], box[3]);
  cairo_fill (cr);
}

/* ---- bars ---- */

/* The step of three gridlines at most below @most: 1, 2 or 5 of a power of ten. */
static double
step_of (double most)
{
  static const double nice[] = {1, 2, 5, 10};
  double step = pow (10, floor (log10 (MAX (most, 1) / GRIDLINES)));

  for (gsize i = 0; i < G_N_ELEMENTS (nice); i++)
    if (most / (step * nice[i]) <= GRIDLINES)
      return step * nice[i];
  return step * 10;
}

/* (transfer full): "20만", "200k" */
static char *
say_short (double won, gboolean english)
{
  const gint64 unit = english ? 1000 : 10000;
  gint64 whole = (gint64)llround (won);

  if (whole >= unit * 10 || (whole > 0 && whole % unit == 0)) {
    gint64 tenths = (whole * 10 + unit / 2) / unit;
    g_autofree char *digits = osy_money_format (tenths / 10);
    return tenths % 10 == 0 ? g_strdup_printf (OSY_SAY (english, "%s만", "%sk"), digits)
                            : g_strdup_printf (OSY_SAY (english, "%s.%d만", "%s.%dk"), digits,
                                               (int)(tenths % 10));
  }
  return osy_money_format (whole);
}

static void
draw_legend (cairo_t *cr, const OsyReport *self, const double box[4])
{
  const double y = box[1] + 2;
  const double was = osy_ink_width (cr, self->was_word, 8);
  const double now = osy_ink_width (cr, self->now_word, 8);
  double x = box[0] + box[2] - was - 12;

  osy_ink_box (cr, OSY_INK_PALE, (double[]){x, y + 2, 8, 8});
  osy_ink_box (cr, OSY_INK_EDGE, (double[]){x, y + 2, 8, 1.5});
  osy_ink_text (cr, &(OsyInkText){x + 12, y, was + 2, 8, OSY_INK_DIM}, self->was_word);
  x -= now + 24;
  osy_ink_box (cr, OSY_INK_ACCENT, (double[]){x, y + 2, 8, 8});
  osy_ink_text (cr, &(OsyInkText){x + 12, y, now + 2, 8, OSY_INK_DIM}, self->now_word);
}

static void
draw_grid (cairo_t *cr, const OsyReport *self, const double plot[4], double most)
{
  double step = step_of (most);

  for (int i = 0; i * step <= most; i++) {
    double y = plot[1] + plot[3] * (1 - i * step / most);
    g_autofree char *label = say_short (i * step, self->english);
    osy_ink_box (cr, i == 0 ? OSY_INK_EDGE : OSY_INK_RULE,
                 (double[]){plot[0], y - 0.25, plot[2], 0.5});
    osy_ink_text (
        cr,
        &(OsyInkText){plot[0] - AXIS, y - 6, AXIS - 6, 8, OSY_INK_DIM, FALSE, PANGO_ALIGN_RIGHT},
        label);
  }
}

static void
draw_bar (cairo_t *cr, const OsyReportBar *bar, const double plot[4], double most)
{
  const double foot = plot[1] + plot[3];
  double was = plot[3] * (double)MAX (bar->was, 0) / most;
  double now = plot[3] * (double)MAX (bar->now, 0) / most;
  double wide = MIN (plot[2] * 0.72, 30);
  double slim = wide * 0.62;
  double middle = plot[0] + plot[2] / 2;

  if (was > 0) {
    osy_ink_box (cr, OSY_INK_PALE, (double[]){middle - wide / 2, foot - was, wide, was});
    osy_ink_box (cr, OSY_INK_EDGE, (double[]){middle - wide / 2, foot - was, wide, 1.2});
  }
  if (now > 0)
    osy_ink_box (cr, OSY_INK_ACCENT, (double[]){middle - slim / 2, foot - now, slim, now});
  osy_ink_text (
      cr,
      &(OsyInkText){plot[0] - 4, foot + 4, plot[2] + 8, 8, OSY_INK_DIM, FALSE, PANGO_ALIGN_CENTER},
      bar->label);
}

/* Only the highest says how much it is. */
static void
draw_peak (cairo_t *cr, const OsyReport *self, const double plot[4], double most)
{
  guint top = 0;

  for (guint i = 1; i < self->bars->len; i++)
    if (((OsyReportBar *)self->bars->pdata[i])->now > ((OsyReportBar *)self->bars->pdata[top])->now)
      top = i;
  const OsyReportBar *bar = self->bars->pdata[top];
  if (bar->now <= 0)
    return;
  double each = plot[2] / self->bars->len;
  double high = plot[3] * (double)MAX (bar->now, bar->was) / most;
  g_autofree char *label = say_short ((double)bar->now, self->english);
  osy_ink_text (cr,
                &(OsyInkText){plot[0] + each * (top + 0.5) - 30, plot[1] + plot[3] - high - 13, 60,
                              8.5, OSY_INK_TEXT, TRUE, PANGO_ALIGN_CENTER},
                label);
}

void
osy_report_draw_bars (cairo_t *cr, const OsyReport *self, const double box[4])
{
  double plot[4] = {box[0] + AXIS, box[1] + 36, box[2] - AXIS, box[3] - 36 - 16};
  double most = 1;

  osy_ink_text (cr, &(OsyInkText){box[0], box[1], box[2] - 140, 11.5, OSY_INK_TEXT, TRUE},
                self->bars_title);
  draw_legend (cr, self, box);
  for (guint i = 0; i < self->bars->len; i++) {
    const OsyReportBar *bar = self->bars->pdata[i];
    most = MAX (most, (double)MAX (bar->now, bar->was));
  }
  draw_grid (cr, self, plot, most);
  for (guint i = 0; i < self->bars->len; i++) {
    double each = plot[2] / self->bars->len;
    draw_bar (cr, self->bars->pdata[i], (double[]){plot[0] + each * i, plot[1], each, plot[3]},
              most);
  }
  if (self->bars->len > 0)
    draw_peak (cr, self, plot, most);
}

/* ---- weekday × hour ---- */

static void
set_heat (cairo_t *cr, gint64 won, gint64 most)
{
  int step = won <= 0 ? 0 : (int)MIN (won * (STEPS - 1) / most + 1, STEPS - 1);

  cairo_set_source_rgb (cr, heats[step][0], heats[step][1], heats[step][2]);
}

static void
draw_heat_legend (cairo_t *cr, const OsyReport *self, const double box[4])
{
  const char *less = OSY_SAY (self->english, "적음", "Less");
  const char *more = OSY_SAY (self->english, "많음", "More");
  double x = box[0] + box[2] - osy_ink_width (cr, more, 8);

  osy_ink_text (cr, &(OsyInkText){x, box[1] + 2, 40, 8, OSY_INK_DIM}, more);
  for (int i = STEPS - 1; i >= 0; i--) {
    x -= 13;
    cairo_set_source_rgb (cr, heats[i][0], heats[i][1], heats[i][2]);
    cairo_rectangle (cr, x - 3, box[1] + 4, 11, 8);
    cairo_fill (cr);
  }
  x -= osy_ink_width (cr, less, 8) + 8;
  osy_ink_text (cr, &(OsyInkText){x, box[1] + 2, 40, 8, OSY_INK_DIM}, less);
}

void
osy_report_draw_heat (cairo_t *cr, const OsyReport *self, const double box[4])
{
  gint64 most = 1;
  int n = 1;

  for (int hour = 0; hour < 24; hour++)
    for (int day = 0; day < 7; day++) {
      gint64 won = self->heat[day][(hour + self->heat_from) % 24];
      most = MAX (most, won);
      n = won > 0 ? hour + 1 : n;
    }
  osy_ink_text (cr, &(OsyInkText){box[0], box[1], box[2] - 140, 11.5, OSY_INK_TEXT, TRUE},
                self->heat_title);
  draw_heat_legend (cr, self, box);
  const double left = box[0] + 30, top = box[1] + 24;
  const double wide = (box[2] - 30) / n, high = (box[3] - 24 - 16) / 7;
  for (int day = 0; day < 7; day++) {
    osy_ink_text (cr,
                  &(OsyInkText){box[0], top + day * high + high / 2 - 6.5, 28, 8.5, OSY_INK_DIM},
                  osy_report_short_weekday (day + 1, self->english));
    for (int i = 0; i < n; i++) {
      set_heat (cr, self->heat[day][(i + self->heat_from) % 24], most);
      cairo_rectangle (cr, left + i * wide + 1, top + day * high + 1, wide - 2, high - 2);
      cairo_fill (cr);
    }
  }
  for (int i = 0; i < n; i++) {
    g_autofree char *label = g_strdup_printf ("%d", (i + self->heat_from) % 24);
    osy_ink_text (cr,
                  &(OsyInkText){left + i * wide, top + 7 * high + 3, wide, 8, OSY_INK_DIM, FALSE,
                                PANGO_ALIGN_CENTER},
                  label);
  }
}
