/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* A figure in large. */

#include "osc-figure-card.h"

#include <glib/gi18n.h>

#include "osc-scale.h"
#include "osc-widget.h"

struct _OscFigureCard {
  GtkButton parent_instance;
  GtkWidget *title;
  GtkWidget *value;
  GtkWidget *change;
  GtkWidget *last;
};

enum { PROP_TITLE = 1, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscFigureCard, osc_figure_card, GTK_TYPE_BUTTON)

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
}

void
osc_figure_card_show (OscFigureCard *self, const OscFigure *figure)
{
  g_return_if_fail (OSC_IS_FIGURE_CARD (self) && figure != NULL);
  gboolean changed = figure->change != NULL && figure->direction != 0;
  g_autofree char *arrow =
      changed ? g_strdup_printf ("%s %s", figure->direction > 0 ? "▲" : "▼", figure->change) : NULL;
  /* Translators: of a figure: %s more, or %s less, than what it is compared with */
  g_autofree char *said =
      changed
          ? g_strdup_printf (figure->direction > 0 ? _ ("%s more") : _ ("%s less"), figure->change)
          : NULL;
  g_autofree char *name =
      g_strdup_printf ("%s %s%s%s%s%s", osc_figure_card_title (self),
                       figure->value != NULL ? figure->value : _ ("not known yet"),
                       changed ? ", " : "", changed ? said : "", figure->last != NULL ? ", " : "",
                       figure->last != NULL ? figure->last : "");

  set_text (self->value, figure->value);
  set_text (self->change, arrow);
  set_text (self->last, figure->last);
  osc_widget_set_class (self->value, "blank", figure->value == NULL);
  osc_widget_set_class (self->change, "good", figure->good);
  osc_widget_set_name (GTK_WIDGET (self), name);
  /* It stays in the Tab order while it is read: a card that cannot be had loses the focus. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY,
                               figure->value == NULL, -1);
}

const char *
osc_figure_card_title (OscFigureCard *self)
{
  g_return_val_if_fail (OSC_IS_FIGURE_CARD (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->title));
}

const char *
osc_figure_card_value (OscFigureCard *self)
{
  g_return_val_if_fail (OSC_IS_FIGURE_CARD (self), NULL);
  return gtk_label_get_label (GTK_LABEL (self->value));
}

static void
osc_figure_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_TITLE)
    set_text (OSC_FIGURE_CARD (object)->title, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_figure_card_class_init (OscFigureCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->set_property = osc_figure_card_set_property;
  properties[PROP_TITLE] =
      g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/analytics/osc-figure-card.ui");
  gtk_widget_class_bind_template_child (widget_class, OscFigureCard, title);
  gtk_widget_class_bind_template_child (widget_class, OscFigureCard, value);
  gtk_widget_class_bind_template_child (widget_class, OscFigureCard, change);
  gtk_widget_class_bind_template_child (widget_class, OscFigureCard, last);
}

static void
osc_figure_card_init (OscFigureCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_scale_let_wrap (GTK_LABEL (self->change)); /* four stand side by side */
  osc_scale_let_wrap (GTK_LABEL (self->last));
}
