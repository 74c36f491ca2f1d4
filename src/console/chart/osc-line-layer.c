/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Lines. The strokes are drawn by cairo, since GSK 4.8 has no paths. Of more points than pixels
 * only the highest and the lowest of each pixel are drawn. */

#include "osc-line-layer.h"

#include "osc-scale.h"

#define WIDTH 2.5
#define THIN 1.6
#define RING 5
#define SIDE 8

struct _OscLineLayer {
  OscLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (OscLineLayer, osc_line_layer, OSC_TYPE_LAYER)

static const char *
last_text (const OscSeries *series)
{
  guint n = osc_series_n (series);

  return n > 0 ? osc_series_mark (series, n - 1)->text : NULL;
}

static void
arrange (OscLayer *layer, OscCanvas *canvas)
{
  float text = osc_canvas_text_width (canvas, last_text (canvas->series), OSC_TEXT_STRONG);
  gint64 least = 0;
  gint64 most = 0;

  if (osc_series_range (canvas->series, &least, &most))
    osc_axis_around (&canvas->axis, least, most);
  else
    osc_axis_from_zero (&canvas->axis, 0);
  osc_layer_leave_axes (canvas, text + (float)osc_scale_px (2 * SIDE));
  canvas->plot.origin.x += (float)osc_scale_px (SIDE);
  canvas->plot.size.width -= (float)osc_scale_px (SIDE);
}

static float
pitch_of (const OscCanvas *canvas)
{
  return canvas->plot.size.width / (float)(MAX (osc_series_n (canvas->series), 2) - 1);
}

static graphene_point_t
point (const OscCanvas *canvas, guint index, gint64 value)
{
  return GRAPHENE_POINT_INIT (canvas->plot.origin.x + pitch_of (canvas) * (float)index,
                              osc_canvas_y (canvas, value));
}

/* ---- strokes ---- */

/* What of the points lies in one column of pixels. */
typedef struct {
  cairo_t *cr;
  gboolean drawing;
  int column;
  float low;
  float high;
} Pen;

static void
pen_column (Pen *pen, int column)
{
  if (pen->drawing && pen->high > pen->low)
    cairo_line_to (pen->cr, pen->column, pen->high);
  pen->column = column;
}

static void
pen_to (Pen *pen, graphene_point_t to, gboolean dense)
{
  if (!pen->drawing) {
    cairo_move_to (pen->cr, to.x, to.y);
  } else if (!dense) {
    cairo_line_to (pen->cr, to.x, to.y);
  } else if ((int)to.x == pen->column) {
    pen->low = MIN (pen->low, to.y);
    pen->high = MAX (pen->high, to.y);
    return;
  } else {
    cairo_line_to (pen->cr, pen->column, pen->low);
    pen_column (pen, (int)to.x);
    cairo_line_to (pen->cr, to.x, to.y);
  }
  pen->drawing = TRUE;
  pen->column = (int)to.x;
  pen->low = pen->high = to.y;
}

static void
stroke (const OscCanvas *canvas, cairo_t *cr, gboolean compared)
{
  GdkRGBA colour = osc_canvas_colour (canvas, compared ? "osy_chart_then_edge" : "accent_bg_color");
  const double dashes[] = {osc_scale_px (5), osc_scale_px (4)};
  guint n = osc_series_n (canvas->series);
  gboolean dense = (float)n > 2 * canvas->plot.size.width;
  Pen pen = {.cr = cr};

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, (compared ? THIN : WIDTH) * osc_scale_px (100) / 100);
  cairo_set_dash (cr, dashes, compared ? 2 : 0, 0);
  for (guint i = 0; i < n; i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);

    if (compared ? mark->compared : !mark->gap)
      pen_to (&pen, point (canvas, i, compared ? mark->against : mark->value), dense);
    else
      pen.drawing = FALSE;
  }
  cairo_stroke (cr);
}

/* ---- points ---- */

static void
draw_dot (const OscCanvas *canvas, guint index, gboolean ring)
{
  graphene_point_t at = point (canvas, index, osc_series_mark (canvas->series, index)->value);
  float radius = (float)osc_scale_px (ring ? RING : 2);
  graphene_rect_t box = GRAPHENE_RECT_INIT (at.x - radius, at.y - radius, 2 * radius, 2 * radius);

  osc_canvas_fill (canvas, &box, radius, ring ? "osy_chart_card" : "accent_bg_color");
  if (ring)
    osc_canvas_frame (canvas, &box, radius, (float)osc_scale_px (2), "accent_bg_color");
}

/* A day between two gaps has no line to be seen by. */
static gboolean
is_alone (const OscSeries *series, guint index)
{
  return (index == 0 || osc_series_mark (series, index - 1)->gap) &&
         (index + 1 == osc_series_n (series) || osc_series_mark (series, index + 1)->gap);
}

static void
draw_points (const OscCanvas *canvas)
{
  for (guint i = 0; i < osc_series_n (canvas->series); i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);

    if (mark->gap)
      continue;
    if (mark->ringed || is_alone (canvas->series, i))
      draw_dot (canvas, i, mark->ringed);
    if (mark->text != NULL) {
      graphene_point_t at = point (canvas, i, mark->value);

      osc_canvas_text (canvas, mark->text,
                       &(OscTextPlace){.x = at.x + (float)osc_scale_px (2 + SIDE),
                                       .y = at.y,
                                       .look = OSC_TEXT_STRONG});
    }
  }
}

static void
draw (OscLayer *layer, const OscCanvas *canvas)
{
  graphene_rect_t area = canvas->plot;

  osc_layer_draw_axes (canvas, canvas->plot.origin.x, pitch_of (canvas));
  graphene_rect_inset (&area, -SIDE, -SIDE);
  cairo_t *cr = gtk_snapshot_append_cairo (canvas->snapshot, &area);
  stroke (canvas, cr, TRUE);
  stroke (canvas, cr, FALSE);
  cairo_destroy (cr);
  draw_points (canvas);
}

static void
bounds (OscLayer *layer, const OscCanvas *canvas, guint index, graphene_rect_t *ret)
{
  graphene_point_t at = point (canvas, index, osc_series_mark (canvas->series, index)->value);
  float radius = (float)osc_scale_px (RING + 1);

  *ret = GRAPHENE_RECT_INIT (at.x - radius, at.y - radius, 2 * radius, 2 * radius);
}

static int
find (OscLayer *layer, const OscCanvas *canvas, float x, float y)
{
  return osc_series_nearest (canvas->series, (x - canvas->plot.origin.x) / pitch_of (canvas));
}

static void
osc_line_layer_class_init (OscLineLayerClass *klass)
{
  OscLayerClass *layer_class = OSC_LAYER_CLASS (klass);

  layer_class->arrange = arrange;
  layer_class->draw = draw;
  layer_class->bounds = bounds;
  layer_class->find = find;
}

static void
osc_line_layer_init (OscLineLayer *self)
{
}

OscLayer *
osc_line_layer_new (void)
{
  return g_object_new (OSC_TYPE_LINE_LAYER, NULL);
}
