/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Lines. The strokes are drawn by cairo, since GSK 4.8 has no paths. Of more points than pixels
 * what lies between the highest and the lowest of each column of them is filled. */

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

/* Whether the line has a point here, and which. */
static gboolean
has_point (const OscMark *mark, gboolean compared)
{
  return compared ? mark->compared : !mark->gap;
}

static void
stroke (const OscCanvas *canvas, cairo_t *cr, gboolean compared)
{
  gboolean drawing = FALSE;

  for (guint i = 0; i < osc_series_n (canvas->series); i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);

    if (has_point (mark, compared)) {
      graphene_point_t to = point (canvas, i, compared ? mark->against : mark->value);

      if (drawing)
        cairo_line_to (cr, to.x, to.y);
      else
        cairo_move_to (cr, to.x, to.y);
    }
    drawing = has_point (mark, compared);
  }
  cairo_stroke (cr);
}

/* What the line covers of one column of pixels. */
typedef struct {
  cairo_t *cr;
  int x;
  float low, high; /* the lower one is the greater y */
  float last;
  gboolean any;
} Column;

static void
column_end (Column *self)
{
  double width = cairo_get_line_width (self->cr);

  if (self->any)
    cairo_rectangle (self->cr, self->x, self->high - width / 2, 1, self->low - self->high + width);
  self->any = FALSE;
}

/* @joined: a line leads here from the point before. */
static void
column_add (Column *self, graphene_point_t to, gboolean joined)
{
  if (!self->any || (int)to.x != self->x) {
    column_end (self);
    self->x = (int)to.x;
    self->low = self->high = joined ? self->last : to.y;
    self->any = TRUE;
  }
  self->low = MAX (self->low, to.y);
  self->high = MIN (self->high, to.y);
  self->last = to.y;
}

/* Of more points than pixels: to stroke as many takes several frames. */
static void
fill_columns (const OscCanvas *canvas, cairo_t *cr, gboolean compared)
{
  Column column = {.cr = cr};
  gboolean joined = FALSE;

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (guint i = 0; i < osc_series_n (canvas->series); i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);

    if (has_point (mark, compared))
      column_add (&column, point (canvas, i, compared ? mark->against : mark->value), joined);
    joined = has_point (mark, compared);
  }
  column_end (&column);
  cairo_fill (cr);
}

static void
draw_line (const OscCanvas *canvas, cairo_t *cr, gboolean compared)
{
  GdkRGBA colour = osc_canvas_colour (canvas, compared ? "osy_chart_then_edge" : "accent_bg_color");
  const double dashes[] = {osc_scale_px (5), osc_scale_px (4)};
  gboolean dense = (float)osc_series_n (canvas->series) > 2 * canvas->plot.size.width;

  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, (compared ? THIN : WIDTH) * osc_scale_px (100) / 100);
  cairo_set_dash (cr, dashes, compared ? 2 : 0, 0);
  if (dense)
    fill_columns (canvas, cr, compared);
  else
    stroke (canvas, cr, compared);
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
  draw_line (canvas, cr, TRUE);
  draw_line (canvas, cr, FALSE);
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
