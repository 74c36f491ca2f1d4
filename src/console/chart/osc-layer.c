/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* What all layers have, and the axes of those that have some. */

#include "osc-layer.h"

#include "osc-scale.h"

#define LABEL_GAP 8
#define FOOT 26
#define HEAD 10

G_DEFINE_ABSTRACT_TYPE (OscLayer, osc_layer, G_TYPE_OBJECT)

static int
no_pitch (OscLayer *self, const OscCanvas *canvas)
{
  return 0;
}

static void
osc_layer_class_init (OscLayerClass *klass)
{
  klass->pitch = no_pitch;
}

static void
osc_layer_init (OscLayer *self)
{
}

void
osc_layer_arrange (OscLayer *self, OscCanvas *canvas)
{
  OSC_LAYER_GET_CLASS (self)->arrange (self, canvas);
}

void
osc_layer_draw (OscLayer *self, const OscCanvas *canvas)
{
  OSC_LAYER_GET_CLASS (self)->draw (self, canvas);
}

void
osc_layer_bounds (OscLayer *self, const OscCanvas *canvas, guint index, graphene_rect_t *ret)
{
  OSC_LAYER_GET_CLASS (self)->bounds (self, canvas, index, ret);
}

int
osc_layer_find (OscLayer *self, const OscCanvas *canvas, float x, float y)
{
  return OSC_LAYER_GET_CLASS (self)->find (self, canvas, x, y);
}

int
osc_layer_pitch (OscLayer *self, const OscCanvas *canvas)
{
  return OSC_LAYER_GET_CLASS (self)->pitch (self, canvas);
}

/* ---- axes ---- */

static OscUnit
unit_of (const OscCanvas *canvas)
{
  return canvas->series != NULL ? canvas->series->unit : OSC_UNIT_WON;
}

static float
widest_value (const OscCanvas *canvas)
{
  float widest = 0;

  for (guint i = 0; i < canvas->axis.n; i++) {
    g_autofree char *text =
        osc_axis_words (canvas->axis.low + i * canvas->axis.step, unit_of (canvas));

    widest = MAX (widest, osc_canvas_text_width (canvas, text, OSC_TEXT_QUIET));
  }
  return widest;
}

void
osc_layer_leave_axes (OscCanvas *canvas, float right)
{
  float left = widest_value (canvas) + (float)osc_scale_px (LABEL_GAP);
  float head = (float)osc_scale_px (HEAD);

  canvas->plot.origin.x += left;
  canvas->plot.size.width = MAX (canvas->plot.size.width - left - right, 1);
  canvas->plot.origin.y += head;
  canvas->plot.size.height = MAX (canvas->plot.size.height - head - (float)osc_scale_px (FOOT), 1);
}

static void
draw_lines (const OscCanvas *canvas)
{
  for (guint i = 0; i < canvas->axis.n; i++) {
    gint64 value = canvas->axis.low + i * canvas->axis.step;
    g_autofree char *text = osc_axis_words (value, unit_of (canvas));
    float y = osc_canvas_y (canvas, value);
    graphene_rect_t line =
        GRAPHENE_RECT_INIT (canvas->plot.origin.x, (float)(int)y, canvas->plot.size.width, 1);
    OscTextPlace place = {.x = canvas->plot.origin.x - (float)osc_scale_px (LABEL_GAP),
                          .y = y,
                          .align = 1,
                          .look = OSC_TEXT_QUIET};

    osc_canvas_fill (canvas, &line, 0, "osy_line");
    osc_canvas_text (canvas, text, &place);
  }
}

/* From the right, since the newest is there; what would touch its neighbour is left out. */
static void
draw_labels (const OscCanvas *canvas, float first, float pitch)
{
  float y = canvas->plot.origin.y + canvas->plot.size.height + (float)osc_scale_px (FOOT) * .55f;
  float gap = (float)osc_scale_px (LABEL_GAP);
  float end = G_MAXFLOAT;

  for (int i = (int)osc_series_n (canvas->series) - 1; i >= 0; i--) {
    const OscMark *mark = osc_series_mark (canvas->series, (guint)i);
    float x = first + pitch * (float)i;

    if (!mark->tick || x > end)
      continue;
    float half = osc_canvas_text_width (canvas, mark->label, OSC_TEXT_QUIET) / 2;
    if (x + half + gap > end)
      continue;
    osc_canvas_text (canvas, mark->label,
                     &(OscTextPlace){.x = x, .y = y, .align = .5f, .look = OSC_TEXT_QUIET});
    end = x - half;
  }
}

void
osc_layer_draw_axes (const OscCanvas *canvas, float first, float pitch)
{
  draw_lines (canvas);
  draw_labels (canvas, first, pitch);
}
