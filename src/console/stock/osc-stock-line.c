/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A line of a few days. It has no axis: it says whether the use rises, falls or jumps. */

#include "osc-stock-line.h"

#include "osc-scale.h"

#define MOST 31

struct _OscStockLine {
  GtkWidget parent_instance;
  gint64 values[MOST];
  guint n;
};

G_DEFINE_FINAL_TYPE (OscStockLine, osc_stock_line, GTK_TYPE_WIDGET)

void
osc_stock_line_show (OscStockLine *self, const gint64 *values, guint n)
{
  g_return_if_fail (OSC_IS_STOCK_LINE (self));
  self->n = MIN (n, MOST);
  for (guint i = 0; i < self->n; i++)
    self->values[i] = values[i];
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
osc_stock_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OscStockLine *self = OSC_STOCK_LINE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double dot = osc_scale_px (3), x = 0, y = 0;
  gint64 most = 0;
  GdkRGBA colour;

  for (guint i = 0; i < self->n; i++)
    most = MAX (most, self->values[i]);
  if (most == 0 || self->n < 2 || width <= 2 * dot || height <= 2 * dot)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_t *cr =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, osc_scale_px (2));
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < self->n; i++) {
    x = dot + (width - 2 * dot) * i / (self->n - 1);
    y = height - dot - (height - 2 * dot) * (double)self->values[i] / (double)most;
    cairo_line_to (cr, x, y);
  }
  cairo_stroke (cr);
  cairo_arc (cr, x, y, dot, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
osc_stock_line_class_init (OscStockLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = osc_stock_line_snapshot;
  gtk_widget_class_set_css_name (widget_class, "stockline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
osc_stock_line_init (OscStockLine *self)
{
}
