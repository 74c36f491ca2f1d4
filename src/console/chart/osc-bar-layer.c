/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Bars. */

#include "osc-bar-layer.h"

#include "osc-scale.h"

#define WIDE .8f /* of the room of a mark */
#define NARROW .5f
#define WIDEST 56
#define EDGE 3
#define RADIUS 3

struct _OscBarLayer {
  OscLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (OscBarLayer, osc_bar_layer, OSC_TYPE_LAYER)

static void
arrange (OscLayer *layer, OscCanvas *canvas)
{
  gint64 least = 0;
  gint64 most = 0;

  osc_series_range (canvas->series, &least, &most);
  osc_axis_from_zero (&canvas->axis, most);
  osc_layer_leave_axes (canvas, 0);
}

static float
room (const OscCanvas *canvas)
{
  return canvas->plot.size.width / (float)MAX (osc_series_n (canvas->series), 1);
}

/* The box of a bar of @value, @share of the room wide. */
static graphene_rect_t
bar (const OscCanvas *canvas, guint index, gint64 value, float share)
{
  float width = MIN (room (canvas) * share, (float)osc_scale_px (WIDEST) * share / WIDE);
  float middle = canvas->plot.origin.x + room (canvas) * ((float)index + .5f);
  float top = osc_canvas_y (canvas, MAX (value, 0));
  float foot = osc_canvas_y (canvas, 0);

  return GRAPHENE_RECT_INIT (middle - width / 2, top, width, foot - top);
}

static void
draw_compared (const OscCanvas *canvas, guint index)
{
  graphene_rect_t box = bar (canvas, index, osc_series_mark (canvas->series, index)->against, WIDE);
  graphene_rect_t edge = box;

  if (box.size.height <= 0)
    return;
  osc_canvas_fill (canvas, &box, (float)osc_scale_px (RADIUS), "osy_chart_then");
  edge.size.height = MIN ((float)osc_scale_px (EDGE), box.size.height);
  osc_canvas_fill (canvas, &edge, 0, "osy_chart_then_edge");
}

/* Right of the top of the bar where the next one leaves room, else above it. */
static void
draw_text (const OscCanvas *canvas, guint index)
{
  const OscMark *mark = osc_series_mark (canvas->series, index);
  graphene_rect_t box = bar (canvas, index, mark->value, NARROW);
  float width = osc_canvas_text_width (canvas, mark->text, OSC_TEXT_STRONG);
  float gap = (float)osc_scale_px (8);
  float x = box.origin.x + box.size.width + gap;
  guint next = index + 1;
  gboolean fits = x + width <= canvas->plot.origin.x + canvas->plot.size.width;

  for (; fits && next < osc_series_n (canvas->series) && next <= index + 2; next++) {
    const OscMark *other = osc_series_mark (canvas->series, next);
    gint64 high = MAX (other->gap ? 0 : other->value, other->compared ? other->against : 0);

    fits = osc_canvas_y (canvas, high) > box.origin.y + 2 * gap;
  }
  osc_canvas_text (canvas, mark->text,
                   &(OscTextPlace){.x = fits ? x : box.origin.x + box.size.width / 2,
                                   .y = fits ? box.origin.y + gap : box.origin.y - gap,
                                   .align = fits ? 0 : .5f,
                                   .look = OSC_TEXT_STRONG});
}

static void
draw (OscLayer *layer, const OscCanvas *canvas)
{
  float first = canvas->plot.origin.x + room (canvas) / 2;

  osc_layer_draw_axes (canvas, first, room (canvas));
  for (guint i = 0; i < osc_series_n (canvas->series); i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);
    graphene_rect_t box = bar (canvas, i, mark->value, NARROW);

    if (mark->compared)
      draw_compared (canvas, i);
    if (!mark->gap)
      osc_canvas_fill (canvas, &box, (float)osc_scale_px (RADIUS), "accent_bg_color");
  }
  for (guint i = 0; i < osc_series_n (canvas->series); i++)
    if (osc_series_mark (canvas->series, i)->text != NULL)
      draw_text (canvas, i);
}

static void
bounds (OscLayer *layer, const OscCanvas *canvas, guint index, graphene_rect_t *ret)
{
  const OscMark *mark = osc_series_mark (canvas->series, index);

  *ret = bar (canvas, index, MAX (mark->value, mark->compared ? mark->against : 0), WIDE);
}

static int
find (OscLayer *layer, const OscCanvas *canvas, float x, float y)
{
  return osc_series_nearest (canvas->series, (x - canvas->plot.origin.x) / room (canvas) - .5);
}

static void
osc_bar_layer_class_init (OscBarLayerClass *klass)
{
  OscLayerClass *layer_class = OSC_LAYER_CLASS (klass);

  layer_class->arrange = arrange;
  layer_class->draw = draw;
  layer_class->bounds = bounds;
  layer_class->find = find;
}

static void
osc_bar_layer_init (OscBarLayer *self)
{
}

OscLayer *
osc_bar_layer_new (void)
{
  return g_object_new (OSC_TYPE_BAR_LAYER, NULL);
}
