/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* The chart as a widget: what the pointer and the keys do is the same whatever is drawn. */

#include "osc-chart.h"

#include "osc-bar-layer.h"
#include "osc-heat-layer.h"
#include "osc-line-layer.h"
#include "osc-rank-layer.h"
#include "osc-scale.h"
#include "osy-compat.h"

#define RING 2
#define RING_OFF 2
#define BUBBLE_PAD 8
#define BUBBLE_HEIGHT 28

struct _OscChart {
  GtkWidget parent_instance;
  OscLayer *layer;
  OscSeries *series; /* nullable */
  char *title;       /* nullable */
  OscChartKind kind;
  int at;
  char *at_key;  /* (nullable): of the mark at @at, to find it again in the next series */
  char *pressed; /* (nullable): the key of the mark under the finger */
};

enum { PROP_KIND = 1, PROP_TITLE, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { ACTIVATE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscChart, osc_chart, GTK_TYPE_WIDGET)

static OscCanvas
canvas_of (OscChart *self, GtkSnapshot *snapshot)
{
  OscCanvas canvas = {
      .widget = GTK_WIDGET (self), .snapshot = snapshot, .series = self->series, .at = self->at};

  canvas.plot = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (GTK_WIDGET (self)),
                                    (float)gtk_widget_get_height (GTK_WIDGET (self)));
  osc_layer_arrange (self->layer, &canvas);
  return canvas;
}

/* ---- what is said ---- */

/* The name changes with the mark, since that is what screen readers tell of. */
static void
say (OscChart *self)
{
  const OscMark *mark = self->at >= 0 ? osc_series_mark (self->series, (guint)self->at) : NULL;
  const char *title = self->title != NULL ? self->title : "";
  g_autofree char *name =
      mark != NULL ? g_strdup_printf ("%s, %s", title, mark->words) : g_strdup (title);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  mark != NULL ? mark->words : "", -1);
}

/* The key of the mark at @index; (nullable). */
static const char *
key_at (OscChart *self, int index)
{
  return index >= 0 ? osc_series_mark (self->series, (guint)index)->key : NULL;
}

static void
go_to (OscChart *self, int index)
{
  self->at = index;
  osy_set_str (&self->at_key, key_at (self, index));
  say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- by key ---- */

/* The first step goes to the end where the newest is: the last point, but the first row. */
static int
start (OscChart *self)
{
  int n = (int)osc_series_n (self->series);
  gboolean backwards = self->kind == OSC_CHART_LINE;

  return osc_series_next (self->series, backwards ? n - 1 : 0, backwards ? -1 : 1);
}

static int
by_arrow (OscChart *self, int dx, int dy)
{
  OscCanvas canvas = canvas_of (self, NULL);
  int pitch = osc_layer_pitch (self->layer, &canvas);
  int columns = pitch > 1 ? pitch : 1;
  int by = dy != 0 ? dy * pitch : dx;
  int to = self->at + by;

  if (by == 0 || (dx != 0 && pitch == 1))
    return -1;
  if (dx != 0 && pitch > 1 && to / columns != self->at / columns)
    return -1;
  return to < 0 ? -1 : osc_series_next (self->series, to, by);
}

/* Rows that found no room are not drawn. */
static gboolean
is_drawn (OscChart *self, int index)
{
  OscCanvas canvas = canvas_of (self, NULL);
  graphene_rect_t box;

  osc_layer_bounds (self->layer, &canvas, (guint)index, &box);
  return box.origin.y + box.size.height <= (float)gtk_widget_get_height (GTK_WIDGET (self)) + 1;
}

gboolean
osc_chart_step (OscChart *self, int dx, int dy)
{
  g_return_val_if_fail (OSC_IS_CHART (self), FALSE);
  int to = self->at < 0 ? start (self) : by_arrow (self, dx, dy);

  if (to < 0 || !is_drawn (self, to))
    return FALSE;
  go_to (self, to);
  return TRUE;
}

void
osc_chart_jump (OscChart *self, gboolean last)
{
  g_return_if_fail (OSC_IS_CHART (self));
  int by = last ? -1 : 1;
  int to = osc_series_next (self->series, last ? (int)osc_series_n (self->series) - 1 : 0, by);

  while (to >= 0 && !is_drawn (self, to))
    to = osc_series_next (self->series, to + by, by);
  if (to >= 0)
    go_to (self, to);
}

void
osc_chart_activate (OscChart *self)
{
  g_return_if_fail (OSC_IS_CHART (self));
  if (self->at >= 0)
    g_signal_emit (self, signals[ACTIVATE], 0, (guint)self->at);
}

static gboolean
on_key_pressed (OscChart *self, guint keyval, guint keycode, GdkModifierType state)
{
  const GdkModifierType modifiers = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK;

  if ((state & modifiers) != 0 || osc_series_n (self->series) == 0)
    return GDK_EVENT_PROPAGATE;
  switch (keyval) {
  case GDK_KEY_Left: osc_chart_step (self, -1, 0); return GDK_EVENT_STOP;
  case GDK_KEY_Right: osc_chart_step (self, 1, 0); return GDK_EVENT_STOP;
  case GDK_KEY_Up: osc_chart_step (self, 0, -1); return GDK_EVENT_STOP;
  case GDK_KEY_Down: osc_chart_step (self, 0, 1); return GDK_EVENT_STOP;
  case GDK_KEY_Home:
  case GDK_KEY_KP_Home: osc_chart_jump (self, FALSE); return GDK_EVENT_STOP;
  case GDK_KEY_End:
  case GDK_KEY_KP_End: osc_chart_jump (self, TRUE); return GDK_EVENT_STOP;
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
  case GDK_KEY_space: osc_chart_activate (self); return GDK_EVENT_STOP;
  default: return GDK_EVENT_PROPAGATE;
  }
}

static void
on_focus (OscChart *self)
{
  if (gtk_widget_is_focus (GTK_WIDGET (self)) && self->at < 0)
    go_to (self, start (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- by pointer ---- */

static int
mark_at (OscChart *self, double x, double y)
{
  OscCanvas canvas = canvas_of (self, NULL);

  return osc_series_n (self->series) > 0 ? osc_layer_find (self->layer, &canvas, (float)x, (float)y)
                                         : -1;
}

/* What is under the finger may be another mark by the time it is lifted, or the first one. */
void
osc_chart_press (OscChart *self, double x, double y)
{
  g_return_if_fail (OSC_IS_CHART (self));
  osy_set_str (&self->pressed, key_at (self, mark_at (self, x, y)));
}

void
osc_chart_release (OscChart *self, double x, double y)
{
  g_return_if_fail (OSC_IS_CHART (self));
  g_autofree char *pressed = g_steal_pointer (&self->pressed);
  int index = pressed != NULL ? osc_series_find (self->series, pressed) : -1;

  if (index < 0)
    return;
  go_to (self, index);
  osc_chart_activate (self);
}

static void
on_pressed (OscChart *self, int n, double x, double y)
{
  osc_chart_press (self, x, y);
}

static void
on_released (OscChart *self, int n, double x, double y)
{
  osc_chart_release (self, x, y);
}

static gboolean
osc_chart_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  OscChart *self = OSC_CHART (widget);
  int index = keyboard ? self->at : mark_at (self, x, y);
  OscCanvas canvas = canvas_of (self, NULL);
  graphene_rect_t box;

  if (index < 0)
    return FALSE;
  osc_layer_bounds (self->layer, &canvas, (guint)index, &box);
  gtk_tooltip_set_text (tooltip, osc_series_mark (self->series, (guint)index)->words);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle){(int)box.origin.x, (int)box.origin.y,
                                                     MAX ((int)box.size.width, 1),
                                                     MAX ((int)box.size.height, 1)});
  return TRUE;
}

/* ---- drawing ---- */

/* What the mark says, above it or, at the top, under it. */
static void
draw_bubble (OscChart *self, const OscCanvas *canvas, const graphene_rect_t *box)
{
  const char *words = osc_series_mark (self->series, (guint)self->at)->words;
  float pad = (float)osc_scale_px (BUBBLE_PAD);
  float whole = (float)gtk_widget_get_width (GTK_WIDGET (self));
  float width = osc_canvas_text_width (canvas, words, OSC_TEXT_STRONG) + 2 * pad;
  float height = (float)osc_scale_px (BUBBLE_HEIGHT);
  float x = box->origin.x + (box->size.width - width) / 2;
  float y = box->origin.y - height - pad;
  graphene_rect_t bubble;

  if (y < 0)
    y = MIN (box->origin.y + box->size.height + pad,
             (float)gtk_widget_get_height (GTK_WIDGET (self)) - height);
  bubble = GRAPHENE_RECT_INIT (CLAMP (x, 0, MAX (whole - width, 0)), y, MIN (width, whole), height);
  osc_canvas_fill (canvas, &bubble, (float)osc_scale_px (6), "osy_toast_bg");
  osc_canvas_text (canvas, words,
                   &(OscTextPlace){.x = bubble.origin.x + bubble.size.width / 2,
                                   .y = y + height / 2,
                                   .align = .5f,
                                   .room = width > whole ? whole - 2 * pad : 0,
                                   .look = OSC_TEXT_STRONG,
                                   .colour = "osy_toast_fg"});
}

static void
draw_ring (OscChart *self, const OscCanvas *canvas)
{
  float off = (float)osc_scale_px (RING + RING_OFF);
  graphene_rect_t box;
  graphene_rect_t ring;

  osc_layer_bounds (self->layer, canvas, (guint)self->at, &box);
  graphene_rect_inset_r (&box, -off, -off, &ring);
  osc_canvas_frame (canvas, &ring, off + 2, (float)osc_scale_px (RING), "accent_bg_color");
  draw_bubble (self, canvas, &ring);
}

static void
osc_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OscChart *self = OSC_CHART (widget);
  OscCanvas canvas = canvas_of (self, snapshot);
  gboolean focused = (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0;

  osc_layer_draw (self->layer, &canvas);
  if (self->at >= 0 && focused && gtk_widget_is_focus (widget))
    draw_ring (self, &canvas);
}

/* ---- life ---- */

static OscLayer *
make_layer (OscChartKind kind)
{
  switch (kind) {
  case OSC_CHART_LINE: return osc_line_layer_new ();
  case OSC_CHART_RANKS: return osc_rank_layer_new ();
  case OSC_CHART_HEAT: return osc_heat_layer_new ();
  default: return osc_bar_layer_new ();
  }
}

static void
osc_chart_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscChart *self = OSC_CHART (object);

  if (id == PROP_KIND) {
    self->kind = (OscChartKind)g_value_get_int (value);
    g_clear_object (&self->layer);
    self->layer = make_layer (self->kind);
  } else if (id == PROP_TITLE) {
    g_free (self->title);
    self->title = g_value_dup_string (value);
    say (self);
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_chart_finalize (GObject *object)
{
  OscChart *self = OSC_CHART (object);

  g_clear_pointer (&self->series, osc_series_free);
  g_clear_object (&self->layer);
  g_free (self->title);
  g_free (self->at_key);
  g_free (self->pressed);
  G_OBJECT_CLASS (osc_chart_parent_class)->finalize (object);
}

static void
osc_chart_class_init (OscChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osc_chart_finalize;
  G_OBJECT_CLASS (klass)->set_property = osc_chart_set_property;
  widget_class->snapshot = osc_chart_snapshot;
  widget_class->query_tooltip = osc_chart_query_tooltip;
  properties[PROP_KIND] =
      g_param_spec_int ("kind", NULL, NULL, OSC_CHART_BARS, OSC_CHART_HEAT, OSC_CHART_BARS,
                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[ACTIVATE] = g_signal_new ("activate", OSC_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
osc_chart_init (OscChart *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->at = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_VISIBLE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
osc_chart_show (OscChart *self, OscSeries *series)
{
  g_return_if_fail (OSC_IS_CHART (self));

  g_clear_pointer (&self->series, osc_series_free);
  self->series = series;
  /* The key stays while there is nothing to show: the mark may come again. */
  self->at = self->at_key != NULL ? osc_series_find (series, self->at_key) : -1;
  say (self);
  gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const OscSeries *
osc_chart_series (OscChart *self)
{
  g_return_val_if_fail (OSC_IS_CHART (self), NULL);
  return self->series;
}

int
osc_chart_at (OscChart *self)
{
  g_return_val_if_fail (OSC_IS_CHART (self), -1);
  return self->at;
}
