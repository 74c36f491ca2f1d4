/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Marks in their order. */

#include "osc-series.h"

static void
mark_free (gpointer data)
{
  OscMark *mark = data;

  g_free (mark->key);
  g_free (mark->label);
  g_free (mark->words);
  g_free (mark->text);
  g_free (mark->extra);
  g_free (mark->icon);
  g_free (mark);
}

OscSeries *
osc_series_new (OscUnit unit)
{
  OscSeries *self = g_new0 (OscSeries, 1);

  self->unit = unit;
  self->chosen_row = -1;
  self->marks = g_ptr_array_new_with_free_func (mark_free);
  return self;
}

void
osc_series_free (OscSeries *self)
{
  g_ptr_array_unref (self->marks);
  g_strfreev (self->rows);
  g_free (self);
}

OscMark *
osc_series_add (OscSeries *self, char *label)
{
  OscMark *mark = g_new0 (OscMark, 1);

  mark->label = label;
  g_ptr_array_add (self->marks, mark);
  return mark;
}

guint
osc_series_n (const OscSeries *self)
{
  return self != NULL ? self->marks->len : 0;
}

OscMark *
osc_series_mark (const OscSeries *self, guint index)
{
  return g_ptr_array_index (self->marks, index);
}

gboolean
osc_series_range (const OscSeries *self, gint64 *least, gint64 *most)
{
  gboolean any = FALSE;

  for (guint i = 0; i < osc_series_n (self); i++) {
    const OscMark *mark = osc_series_mark (self, i);
    gint64 low = mark->gap ? mark->against : mark->value;
    gint64 high = low;

    if (mark->gap && !mark->compared)
      continue;
    if (mark->compared) {
      low = MIN (low, mark->against);
      high = MAX (high, mark->against);
    }
    *least = any ? MIN (*least, low) : low;
    *most = any ? MAX (*most, high) : high;
    any = TRUE;
  }
  return any;
}

int
osc_series_peak (const OscSeries *self)
{
  int peak = -1;

  for (guint i = 0; i < osc_series_n (self); i++) {
    const OscMark *mark = osc_series_mark (self, i);

    if (!mark->gap && mark->value > (peak >= 0 ? osc_series_mark (self, (guint)peak)->value : 0))
      peak = (int)i;
  }
  return peak;
}

int
osc_series_find (const OscSeries *self, const char *key)
{
  for (guint i = 0; i < osc_series_n (self); i++) {
    const OscMark *mark = osc_series_mark (self, i);

    if (!mark->gap && g_strcmp0 (mark->key, key) == 0)
      return (int)i;
  }
  return -1;
}

int
osc_series_next (const OscSeries *self, int from, int by)
{
  for (int i = from; by != 0 && i >= 0 && i < (int)osc_series_n (self); i += by)
    if (!osc_series_mark (self, (guint)i)->gap)
      return i;
  return -1;
}

int
osc_series_nearest (const OscSeries *self, double at)
{
  int n = (int)osc_series_n (self);
  int middle = (int)CLAMP (at + .5, 0, MAX (n - 1, 0));
  int before = osc_series_next (self, middle, -1);
  int after = osc_series_next (self, middle, 1);

  if (before < 0 || after < 0)
    return MAX (before, after);
  return at - before <= after - at ? before : after;
}
