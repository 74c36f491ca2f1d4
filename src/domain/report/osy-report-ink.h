/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <pango/pangocairo.h>

#include "osy-report.h"

G_BEGIN_DECLS

/** Points of the paper. */
#define OSY_REPORT_WIDTH 595.276
#define OSY_REPORT_HEIGHT 841.89
#define OSY_REPORT_MARGIN 46.0

/** Each is told from the others in grey as well. */
typedef enum {
  OSY_INK_TEXT,
  OSY_INK_DIM,
  OSY_INK_GOOD,
  OSY_INK_BAD,
  OSY_INK_ACCENT,
  OSY_INK_PALE,
  OSY_INK_EDGE,
  OSY_INK_RULE,
  OSY_N_INKS
} OsyInk;

/** How a text stands. */
typedef struct {
  double x;
  double y; /* of its top */
  double width;
  double size;
  OsyInk ink;
  gboolean bold;
  PangoAlignment align;
  int lines;    /* 0 is 1: what is longer ends in … */
  gboolean fit; /* of figures: what is longer is set smaller, never cut */
} OsyInkText;

/** osy_ink_set: takes @ink for what comes. */
void osy_ink_set (cairo_t *cr, OsyInk ink);
/** osy_ink_text: @text: (nullable): anything; marks that would move other text are left out.
 * Returns: its height. */
double osy_ink_text (cairo_t *cr, const OsyInkText *at, const char *text);
/** osy_ink_width: Returns: of @text at @size, on one line. */
double osy_ink_width (cairo_t *cr, const char *text, double size);
/** osy_ink_box: a filled box. */
void osy_ink_box (cairo_t *cr, OsyInk ink, const double box[4]);

/** osy_report_draw_bars: the bars of @self with their title in @box: x, y, width, height. */
void osy_report_draw_bars (cairo_t *cr, const OsyReport *self, const double box[4]);
/** osy_report_draw_heat: weekday × hour. */
void osy_report_draw_heat (cairo_t *cr, const OsyReport *self, const double box[4]);

G_END_DECLS
