/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A device chip: tick when fine, triangle and words when not. */

#include "osc-chip.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscChip {
  GtkButton parent_instance;
  GtkWidget *icon;
  GtkWidget *text;
  GtkWidget *mark;
  char *name;
};

enum { PROP_0, PROP_CHIP_ICON, PROP_CHIP_NAME, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscChip, osc_chip, GTK_TYPE_BUTTON)

static void
osc_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscChip *self = OSC_CHIP (object);

  if (id == PROP_CHIP_ICON) {
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), g_value_get_string (value));
    return;
  }
  g_free (self->name);
  self->name = g_value_dup_string (value);
  osc_chip_set (self, OSC_CHIP_UNKNOWN, NULL);
}

static void
osc_chip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CHIP);
  G_OBJECT_CLASS (osc_chip_parent_class)->dispose (object);
}

static void
osc_chip_finalize (GObject *object)
{
  g_free (OSC_CHIP (object)->name);
  G_OBJECT_CLASS (osc_chip_parent_class)->finalize (object);
}

static void
osc_chip_class_init (OscChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = osc_chip_set_property;
  object_class->dispose = osc_chip_dispose;
  object_class->finalize = osc_chip_finalize;
  properties[PROP_CHIP_ICON] = g_param_spec_string ("chip-icon", NULL, NULL, NULL, flags);
  properties[PROP_CHIP_NAME] = g_param_spec_string ("chip-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, OscChip, icon);
  gtk_widget_class_bind_template_child (widget_class, OscChip, text);
  gtk_widget_class_bind_template_child (widget_class, OscChip, mark);
}

static void
osc_chip_init (OscChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
osc_chip_set (OscChip *self, OscChipState state, const char *words)
{
  static const char *const classes[] = {"unknown", "fine", "warning", "fault"};
  static const char *const marks[] = {NULL, "osy-check-symbolic", "osy-soon-symbolic",
                                      "osy-warning-symbolic"};
  g_autofree char *unknown = g_strdup_printf (_ ("%s: not checked yet"), self->name);
  const char *spoken = words != NULL ? words : state == OSC_CHIP_UNKNOWN ? unknown : self->name;

  g_return_if_fail (OSC_IS_CHIP (self));

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[state]);
  gtk_widget_set_visible (self->mark, marks[state] != NULL);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), marks[state]);
  gtk_label_set_label (GTK_LABEL (self->text), words != NULL ? words : self->name);
  osc_widget_set_name (GTK_WIDGET (self), spoken);
}
