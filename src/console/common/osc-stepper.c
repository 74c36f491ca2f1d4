/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A number between its two keys. */

#include "osc-stepper.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscStepper {
  GtkWidget parent_instance;
  GtkWidget *less;
  GtkWidget *label;
  GtkWidget *more;
  int value;
  int min;
  int max;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStepper, osc_stepper, GTK_TYPE_WIDGET)

static void
step (OscStepper *self, int change)
{
  int wanted = self->value + change;

  if (wanted >= self->min && wanted <= self->max)
    g_signal_emit (self, signals[CHANGED], 0, wanted);
}

static void
on_less (OscStepper *self)
{
  step (self, -1);
}

static void
on_more (OscStepper *self)
{
  step (self, 1);
}

static GtkWidget *
add_key (OscStepper *self, const char *icon, GCallback pressed)
{
  GtkWidget *key = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_widget_add_css_class (key, "plain");
  g_signal_connect_object (key, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (key, GTK_WIDGET (self));
  return key;
}

static void
osc_stepper_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_stepper_parent_class)->dispose (object);
}

static void
osc_stepper_class_init (OscStepperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stepper_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepper");
}

static void
osc_stepper_init (OscStepper *self)
{
  self->max = 999;
  self->less = add_key (self, "osy-minus-symbolic", G_CALLBACK (on_less));
  self->label = gtk_label_new ("0");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  self->more = add_key (self, "osy-plus-symbolic", G_CALLBACK (on_more));
}

GtkWidget *
osc_stepper_new (const char *name)
{
  OscStepper *self = g_object_new (OSC_TYPE_STEPPER, NULL);

  osc_stepper_set_name (self, name);
  return GTK_WIDGET (self);
}

void
osc_stepper_set_name (OscStepper *self, const char *name)
{
  g_return_if_fail (OSC_IS_STEPPER (self) && name != NULL);
  /* Translators: the spoken name of a key: what is counted */
  g_autofree char *less = g_strdup_printf (_ ("%s: one less"), name);
  /* Translators: the spoken name of a key: what is counted */
  g_autofree char *more = g_strdup_printf (_ ("%s: one more"), name);

  osc_widget_set_name (self->less, less);
  osc_widget_set_name (self->more, more);
}

void
osc_stepper_set_range (OscStepper *self, int min, int max)
{
  g_return_if_fail (OSC_IS_STEPPER (self));
  self->min = min;
  self->max = max;
}

void
osc_stepper_set_value (OscStepper *self, int value)
{
  g_return_if_fail (OSC_IS_STEPPER (self));
  g_autofree char *text = g_strdup_printf ("%d", value);

  self->value = value;
  gtk_label_set_label (GTK_LABEL (self->label), text);
}

int
osc_stepper_get_value (OscStepper *self)
{
  g_return_val_if_fail (OSC_IS_STEPPER (self), 0);
  return self->value;
}
