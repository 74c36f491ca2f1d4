/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What values are counted in. */
typedef enum { OSC_UNIT_WON, OSC_UNIT_COUNT } OscUnit;

/** One mark of a chart: a bar, a point, a row, a cell. Texts are (nullable) and owned. */
typedef struct {
  char *key;   /* the owner's own, to know it again */
  char *label; /* at the axis, or at the beginning of the row */
  char *words; /* what it says in the tooltip and to a screen reader */
  char *text;  /* the value beside the mark */
  char *extra; /* of a row: a second value */
  char *icon;  /* of a row */
  gint64 value;
  gint64 against; /* what it is compared with */
  gboolean gap;   /* there is nothing here: neither a value nor zero */
  gboolean compared;
  gboolean ringed; /* stands out: the same weekday */
  gboolean tick;   /* its label stands at the axis, where there is room */
} OscMark;

/** OscSeries: the marks of a chart in their order, left to right, or row by row. */
typedef struct {
  OscUnit unit;
  guint columns;    /* of a grid; 0: there is none */
  char **rows;      /* (nullable): the names of the rows of a grid */
  int chosen_row;   /* of a grid: stands out; -1: none */
  GPtrArray *marks; /* of OscMark */
} OscSeries;

/** osc_series_new: without marks. */
OscSeries *osc_series_new (OscUnit unit);
void osc_series_free (OscSeries *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscSeries, osc_series_free)

/** osc_series_add: Returns: (transfer none): the next mark, to be filled. @label: (transfer full).
 */
OscMark *osc_series_add (OscSeries *self, char *label);
/** osc_series_n: how many marks there are; 0 for NULL. */
guint osc_series_n (const OscSeries *self);
/** osc_series_mark: (transfer none): the mark at @index, which is there. */
OscMark *osc_series_mark (const OscSeries *self, guint index);
/** osc_series_range: the least and the most of what is drawn, compared values too. Returns: FALSE
 * when there is nothing but gaps. */
gboolean osc_series_range (const OscSeries *self, gint64 *least, gint64 *most);
/** osc_series_peak: Returns: the mark with the greatest value above zero; -1: none. */
int osc_series_peak (const OscSeries *self);
/** osc_series_find: Returns: the mark of @key, unless it is a gap; -1: there is none. */
int osc_series_find (const OscSeries *self, const char *key);
/** osc_series_next: the first mark that is no gap, from @from on by @by (±1, ±columns). Returns:
 * -1: there is none. */
int osc_series_next (const OscSeries *self, int from, int by);
/** osc_series_nearest: the mark that is no gap nearest to place @at, counted in marks from the left
 * (1.4: a bit right of the second). Returns: -1: there is none. */
int osc_series_nearest (const OscSeries *self, double at);

G_END_DECLS
