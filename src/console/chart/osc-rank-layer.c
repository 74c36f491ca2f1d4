/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* Rows with bars. The columns are as wide as their widest text, the bars get what is left. */

#include "osc-rank-layer.h"

#include "osc-scale.h"

#define PITCH 33
#define PITCH_MOST 42
#define BAR 13
#define RADIUS 3
#define GAP 12
#define ICON 18
#define LABEL_MOST .38f /* of the width */

struct _OscRankLayer {
  OscLayer parent_instance;
};

G_DEFINE_FINAL_TYPE (OscRankLayer, osc_rank_layer, OSC_TYPE_LAYER)

typedef struct {
  float icon;
  float label;
  float text;
  float extra;
  float bar; /* what is left */
} Columns;

static void
arrange (OscLayer *layer, OscCanvas *canvas)
{
}

static guint
shown (const OscCanvas *canvas)
{
  guint room = (guint)(canvas->plot.size.height / (float)osc_scale_px (PITCH));

  return MIN (osc_series_n (canvas->series), room);
}

static float
row_height (const OscCanvas *canvas)
{
  float room = canvas->plot.size.height / (float)MAX (shown (canvas), 1);

  return MIN (room, (float)osc_scale_px (PITCH_MOST));
}

static void
measure (const OscCanvas *canvas, Columns *columns)
{
  float gap = (float)osc_scale_px (GAP);
  float width = canvas->plot.size.width;

  *columns = (Columns){0};
  for (guint i = 0; i < shown (canvas); i++) {
    const OscMark *mark = osc_series_mark (canvas->series, i);

    if (mark->icon != NULL)
      columns->icon = (float)osc_scale_px (ICON) + gap / 2;
    columns->label =
        MAX (columns->label, osc_canvas_text_width (canvas, mark->label, OSC_TEXT_PLAIN));
    columns->text =
        MAX (columns->text, osc_canvas_text_width (canvas, mark->text, OSC_TEXT_STRONG));
    columns->extra =
        MAX (columns->extra, osc_canvas_text_width (canvas, mark->extra, OSC_TEXT_QUIET));
  }
  columns->label = MIN (columns->label + 1, width * LABEL_MOST);
  columns->bar = width - columns->icon - columns->label - gap - columns->text - gap -
                 (columns->extra > 0 ? columns->extra + gap : 0);
}

static void
draw_icon (const OscCanvas *canvas, const char *name, float y)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (canvas->widget));
  int size = osc_scale_px (ICON);
  g_autoptr (GtkIconPaintable) icon = gtk_icon_theme_lookup_icon (
      theme, name, NULL, size, gtk_widget_get_scale_factor (canvas->widget),
      gtk_widget_get_direction (canvas->widget), 0);
  GdkRGBA colour = osc_canvas_colour (canvas, "window_fg_color");

  gtk_snapshot_save (canvas->snapshot);
  gtk_snapshot_translate (canvas->snapshot,
                          &GRAPHENE_POINT_INIT (canvas->plot.origin.x, y - (float)size / 2));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), canvas->snapshot, size,
                                            size, &colour, 1);
  gtk_snapshot_restore (canvas->snapshot);
}

static void
draw_row (const OscCanvas *canvas,
          const Columns *columns,
          const OscMark *mark,
          float y,
          gint64 most)
{
  float gap = (float)osc_scale_px (GAP);
  float x = canvas->plot.origin.x + columns->icon;
  float end = canvas->plot.origin.x + canvas->plot.size.width;
  float height = (float)osc_scale_px (BAR);
  graphene_rect_t track =
      GRAPHENE_RECT_INIT (x + columns->label + gap, y - height / 2, columns->bar, height);
  graphene_rect_t bar = track;

  if (mark->icon != NULL)
    draw_icon (canvas, mark->icon, y);
  osc_canvas_text (canvas, mark->label, &(OscTextPlace){.x = x, .y = y, .room = columns->label});
  bar.size.width *= most > 0 ? (float)((double)MAX (mark->value, 0) / (double)most) : 0;
  osc_canvas_fill (canvas, &track, (float)osc_scale_px (RADIUS), "osy_tag_bg");
  osc_canvas_fill (canvas, &bar, (float)osc_scale_px (RADIUS), "accent_bg_color");
  osc_canvas_text (canvas, mark->extra,
                   &(OscTextPlace){.x = end, .y = y, .align = 1, .look = OSC_TEXT_QUIET});
  osc_canvas_text (canvas, mark->text,
                   &(OscTextPlace){.x = end - (columns->extra > 0 ? columns->extra + gap : 0),
                                   .y = y,
                                   .align = 1,
                                   .look = OSC_TEXT_STRONG});
}

static void
draw (OscLayer *layer, const OscCanvas *canvas)
{
  int peak = osc_series_peak (canvas->series);
  gint64 most = peak >= 0 ? osc_series_mark (canvas->series, (guint)peak)->value : 0;
  Columns columns;

  measure (canvas, &columns);
  for (guint i = 0; i < shown (canvas); i++)
    draw_row (canvas, &columns, osc_series_mark (canvas->series, i),
              canvas->plot.origin.y + row_height (canvas) * ((float)i + .5f), most);
}

static void
bounds (OscLayer *layer, const OscCanvas *canvas, guint index, graphene_rect_t *ret)
{
  *ret = GRAPHENE_RECT_INIT (canvas->plot.origin.x,
                             canvas->plot.origin.y + row_height (canvas) * (float)index,
                             canvas->plot.size.width, row_height (canvas));
}

static int
find (OscLayer *layer, const OscCanvas *canvas, float x, float y)
{
  int row = (int)((y - canvas->plot.origin.y) / row_height (canvas));

  return y >= canvas->plot.origin.y && row < (int)shown (canvas) ? row : -1;
}

static int
pitch (OscLayer *layer, const OscCanvas *canvas)
{
  return 1;
}

static void
osc_rank_layer_class_init (OscRankLayerClass *klass)
{
  OscLayerClass *layer_class = OSC_LAYER_CLASS (klass);

  layer_class->arrange = arrange;
  layer_class->draw = draw;
  layer_class->bounds = bounds;
  layer_class->find = find;
  layer_class->pitch = pitch;
}

static void
osc_rank_layer_init (OscRankLayer *self)
{
}

OscLayer *
osc_rank_layer_new (void)
{
  return g_object_new (OSC_TYPE_RANK_LAYER, NULL);
}
