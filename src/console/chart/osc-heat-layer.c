/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* A grid of quantities. */

#include "osc-heat-layer.h"

#include "osc-scale.h"

#define STEPS 5
#define GAP 3
#define RADIUS 3
#define FOOT 24
#define SIDE 10

struct _OscHeatLayer {
  OscLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (OscHeatLayer, osc_heat_layer, OSC_TYPE_LAYER)

static guint
rows (const OscSeries *series)
{
  return series != NULL && series->columns > 0 ? osc_series_n (series) / series->columns : 0;
}

static void
arrange (OscLayer *layer, OscCanvas *canvas)
{
  float widest = 0;

  for (guint i = 0; canvas->series != NULL && i < rows (canvas->series); i++)
    widest = MAX (widest, osc_canvas_text_width (canvas, canvas->series->rows[i], OSC_TEXT_STRONG));
  widest += (float)osc_scale_px (SIDE);
  canvas->plot.origin.x += widest;
  canvas->plot.size.width = MAX (canvas->plot.size.width - widest, 1);
  canvas->plot.size.height = MAX (canvas->plot.size.height - (float)osc_scale_px (FOOT), 1);
}

static void
bounds (OscLayer *layer, const OscCanvas *canvas, guint index, graphene_rect_t *ret)
{
  guint columns = canvas->series->columns;
  float width = canvas->plot.size.width / (float)columns;
  float height = canvas->plot.size.height / (float)rows (canvas->series);
  float gap = (float)osc_scale_px (GAP);
  guint column = index % columns, row = index / columns;

  *ret = GRAPHENE_RECT_INIT (canvas->plot.origin.x + width * (float)column + gap / 2,
                             canvas->plot.origin.y + height * (float)row + gap / 2, width - gap,
                             height - gap);
}

static void
draw_cell (OscLayer *layer, const OscCanvas *canvas, guint index, gint64 most)
{
  static const char *const colours[STEPS] = {"osy_heat_1", "osy_heat_2", "osy_heat_3", "osy_heat_4",
                                             "osy_heat_5"};
  const OscMark *mark = osc_series_mark (canvas->series, index);
  gint64 step = most > 0 ? (MAX (mark->value, 0) * STEPS - 1) / most : 0;
  graphene_rect_t box;

  bounds (layer, canvas, index, &box);
  if (mark->gap)
    osc_canvas_frame (canvas, &box, (float)osc_scale_px (RADIUS), 1, "osy_line");
  else
    osc_canvas_fill (canvas, &box, (float)osc_scale_px (RADIUS),
                     colours[CLAMP (step, 0, STEPS - 1)]);
}

static void
draw_names (OscLayer *layer, const OscCanvas *canvas)
{
  const OscSeries *series = canvas->series;
  float foot = canvas->plot.origin.y + canvas->plot.size.height;
  graphene_rect_t box;
  float end = -G_MAXFLOAT;

  for (guint i = 0; i < rows (series); i++) {
    gboolean chosen = series->chosen_row == (int)i;

    bounds (layer, canvas, i * series->columns, &box);
    osc_canvas_text (canvas, series->rows[i],
                     &(OscTextPlace){.x = canvas->plot.origin.x - (float)osc_scale_px (SIDE),
                                     .y = box.origin.y + box.size.height / 2,
                                     .align = 1,
                                     .look = chosen ? OSC_TEXT_STRONG : OSC_TEXT_QUIET});
  }
  for (guint i = 0; i < series->columns; i++) {
    const char *label = osc_series_mark (series, i)->label;
    float half = osc_canvas_text_width (canvas, label, OSC_TEXT_QUIET) / 2;

    bounds (layer, canvas, i, &box);
    float x = box.origin.x + box.size.width / 2;
    if (x - half < end)
      continue;
    osc_canvas_text (canvas, label,
                     &(OscTextPlace){.x = x,
                                     .y = foot + (float)osc_scale_px (FOOT) * .55f,
                                     .align = .5f,
                                     .look = OSC_TEXT_QUIET});
    end = x + half + (float)osc_scale_px (4);
  }
}

static void
draw (OscLayer *layer, const OscCanvas *canvas)
{
  int peak = osc_series_peak (canvas->series);

  if (rows (canvas->series) == 0)
    return;
  for (guint i = 0; i < osc_series_n (canvas->series); i++)
    draw_cell (layer, canvas, i,
               peak >= 0 ? osc_series_mark (canvas->series, (guint)peak)->value : 0);
  draw_names (layer, canvas);
}

static int
find (OscLayer *layer, const OscCanvas *canvas, float x, float y)
{
  guint n = rows (canvas->series);
  graphene_rect_t plot = canvas->plot;

  if (n == 0 || !graphene_rect_contains_point (&plot, &GRAPHENE_POINT_INIT (x, y)))
    return -1;
  guint columns = canvas->series->columns;
  guint column = (guint)((x - plot.origin.x) / plot.size.width * (float)columns);
  guint row = (guint)((y - plot.origin.y) / plot.size.height * (float)n);
  guint index = MIN (row, n - 1) * columns + MIN (column, columns - 1);
  return osc_series_mark (canvas->series, index)->gap ? -1 : (int)index;
}

static int
pitch (OscLayer *layer, const OscCanvas *canvas)
{
  return canvas->series != NULL ? (int)canvas->series->columns : 0;
}

static void
osc_heat_layer_class_init (OscHeatLayerClass *klass)
{
  OscLayerClass *layer_class = OSC_LAYER_CLASS (klass);

  layer_class->arrange = arrange;
  layer_class->draw = draw;
  layer_class->bounds = bounds;
  layer_class->find = find;
  layer_class->pitch = pitch;
}

static void
osc_heat_layer_init (OscHeatLayer *self)
{
}

OscLayer *
osc_heat_layer_new (void)
{
  return g_object_new (OSC_TYPE_HEAT_LAYER, NULL);
}
