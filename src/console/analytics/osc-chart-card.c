/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* A chart with its head. */

#include "osc-chart-card.h"

#include <adwaita.h>

#include "osc-scale.h"
#include "osc-widget.h"

struct _OscChartCard {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *head;
  GtkWidget *stack;
  GtkWidget *frame; /* AdwBin of the chart */
  GtkWidget *chart; /* nullable */
};

enum { PROP_TITLE = 1, PROP_KIND, PROP_FOOT, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { ACTIVATE, RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscChartCard, osc_chart_card, GTK_TYPE_WIDGET)

static void
show_page (OscChartCard *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
}

void
osc_chart_card_show (OscChartCard *self, OscSeries *series)
{
  g_return_if_fail (OSC_IS_CHART_CARD (self));
  gint64 least;
  gint64 most = 0;
  gboolean nothing = series != NULL && !osc_series_range (series, &least, &most);

  osc_chart_show (OSC_CHART (self->chart), series);
  show_page (self, nothing || (series != NULL && most == 0) ? "nothing" : "chart");
}

void
osc_chart_card_fail (OscChartCard *self)
{
  g_return_if_fail (OSC_IS_CHART_CARD (self));
  osc_chart_show (OSC_CHART (self->chart), NULL);
  show_page (self, "failed");
}

OscChart *
osc_chart_card_chart (OscChartCard *self)
{
  g_return_val_if_fail (OSC_IS_CHART_CARD (self), NULL);
  return OSC_CHART (self->chart);
}

GtkWidget *
osc_chart_card_add_legend (OscChartCard *self, const char *css_class, const char *text)
{
  g_return_val_if_fail (OSC_IS_CHART_CARD (self), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (box, "legend");
  gtk_widget_add_css_class (swatch, css_class);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "secondary");
  osc_scale_let_wrap (GTK_LABEL (label));
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  osc_chart_card_add_head (self, box);
  return label;
}

void
osc_chart_card_add_head (OscChartCard *self, GtkWidget *widget)
{
  g_return_if_fail (OSC_IS_CHART_CARD (self));
  gtk_box_append (GTK_BOX (self->head), widget);
}

const char *
osc_chart_card_title (OscChartCard *self)
{
  g_return_val_if_fail (OSC_IS_CHART_CARD (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->title));
}

static void
on_activate (OscChartCard *self, guint index)
{
  const OscMark *mark = osc_series_mark (osc_chart_series (OSC_CHART (self->chart)), index);

  if (mark->key != NULL)
    g_signal_emit (self, signals[ACTIVATE], 0, mark->key, mark->words);
}

static void
on_retry (OscChartCard *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
set_kind (OscChartCard *self, int kind)
{
  self->chart = g_object_new (OSC_TYPE_CHART, "kind", kind, NULL);
  g_signal_connect_swapped (self->chart, "activate", G_CALLBACK (on_activate), self);
  adw_bin_set_child (ADW_BIN (self->frame), self->chart);
}

static void
osc_chart_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscChartCard *self = OSC_CHART_CARD (object);

  switch (id) {
  case PROP_TITLE:
    gtk_label_set_label (GTK_LABEL (self->title), g_value_get_string (value));
    if (self->chart != NULL)
      g_object_set_property (G_OBJECT (self->chart), "title", value);
    break;
  case PROP_KIND: set_kind (self, g_value_get_int (value)); break;
  case PROP_FOOT:
    if (g_value_get_object (value) != NULL)
      gtk_widget_set_parent (g_value_get_object (value), GTK_WIDGET (self));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_chart_card_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CHART_CARD);
  G_OBJECT_CLASS (osc_chart_card_parent_class)->dispose (object);
}

static void
osc_chart_card_class_init (OscChartCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->dispose = osc_chart_card_dispose;
  G_OBJECT_CLASS (klass)->set_property = osc_chart_card_set_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_int ("kind", NULL, NULL, OSC_CHART_BARS, OSC_CHART_HEAT,
                                            OSC_CHART_BARS, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_FOOT] = g_param_spec_object ("foot", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[ACTIVATE] = g_signal_new ("activate", OSC_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RETRY] = g_signal_new ("retry", OSC_TYPE_CHART_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-chart-card.ui");
  gtk_widget_class_bind_template_child (widget_class, OscChartCard, title);
  gtk_widget_class_bind_template_child (widget_class, OscChartCard, head);
  gtk_widget_class_bind_template_child (widget_class, OscChartCard, stack);
  gtk_widget_class_bind_template_child (widget_class, OscChartCard, frame);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chartcard");
}

static void
osc_chart_card_init (OscChartCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_scale_let_wrap (GTK_LABEL (self->title));
}
