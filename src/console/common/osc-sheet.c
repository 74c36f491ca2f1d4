/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The dialog of several steps. AdwMessageDialog closes at every answer, also at a wrong one. */

#include "osc-sheet.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscSheet {
  AdwWindow parent_instance;
  GtkWidget *title;
  GtkWidget *lead;
  GtkWidget *content;
  GtkWidget *failure;
  GtkWidget *cancel;
  GtkWidget *primary;
  gboolean open;
  gboolean has_field;
};

enum { PRIMARY, CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSheet, osc_sheet, ADW_TYPE_WINDOW)

static void
on_primary (OscSheet *self)
{
  if (!gtk_widget_get_sensitive (self->primary))
    return;
  osc_sheet_fail (self, NULL);
  g_signal_emit (self, signals[PRIMARY], 0);
}

static void
set_warning (OscSheet *self, gboolean warning)
{
  osc_widget_set_class (self->primary, "suggested-action", !warning);
  osc_widget_set_class (self->primary, "outlined", warning);
  osc_widget_set_class (self->primary, "destructive", warning);
  gtk_window_set_default_widget (GTK_WINDOW (self), warning ? self->cancel : self->primary);
}

void
osc_sheet_ask (OscSheet *self, const char *title, const char *lead, const char *verb)
{
  g_return_if_fail (OSC_IS_SHEET (self) && title != NULL);
  GtkWidget *child;

  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  while ((child = gtk_widget_get_first_child (self->content)) != NULL)
    gtk_box_remove (GTK_BOX (self->content), child);
  self->has_field = FALSE;
  osc_sheet_fail (self, NULL);
  set_warning (self, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->lead), lead != NULL ? lead : "");
  gtk_widget_set_visible (self->lead, lead != NULL);
  gtk_button_set_label (GTK_BUTTON (self->primary), verb != NULL ? verb : "");
  gtk_widget_set_visible (self->primary, verb != NULL);
  gtk_widget_set_hexpand (self->cancel, verb == NULL);
  gtk_button_set_label (GTK_BUTTON (self->cancel), verb != NULL ? _ ("Cancel") : _ ("Close"));
  gtk_window_present (GTK_WINDOW (self));
}

void
osc_sheet_warn (OscSheet *self)
{
  g_return_if_fail (OSC_IS_SHEET (self));
  set_warning (self, TRUE);
}

void
osc_sheet_add (OscSheet *self, GtkWidget *content)
{
  g_return_if_fail (OSC_IS_SHEET (self) && GTK_IS_WIDGET (content));
  gtk_box_append (GTK_BOX (self->content), content);
}

void
osc_sheet_add_above (OscSheet *self, GtkWidget *content)
{
  g_return_if_fail (OSC_IS_SHEET (self) && GTK_IS_WIDGET (content));
  gtk_box_prepend (GTK_BOX (self->content), content);
}

OscField *
osc_sheet_add_field (OscSheet *self, const char *label, const char *hint, gboolean secret)
{
  g_return_val_if_fail (OSC_IS_SHEET (self) && label != NULL, NULL);
  OscField *field =
      g_object_new (OSC_TYPE_FIELD, "label", label, "hint", hint, "secret", secret, NULL);

  g_signal_connect_object (field, "submitted", G_CALLBACK (on_primary), self, G_CONNECT_SWAPPED);
  osc_sheet_add (self, GTK_WIDGET (field));
  if (!self->has_field)
    osc_field_focus (field);
  self->has_field = TRUE;
  return field;
}

void
osc_sheet_fail (OscSheet *self, const char *sentence)
{
  g_return_if_fail (OSC_IS_SHEET (self));
  gtk_label_set_label (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
  gtk_widget_set_sensitive (self->primary, TRUE);
}

void
osc_sheet_wait (OscSheet *self)
{
  g_return_if_fail (OSC_IS_SHEET (self));
  gtk_widget_set_sensitive (self->primary, FALSE);
}

gboolean
osc_sheet_is_open (OscSheet *self)
{
  g_return_val_if_fail (OSC_IS_SHEET (self), FALSE);
  return self->open;
}

GtkWidget *
osc_sheet_primary (OscSheet *self)
{
  g_return_val_if_fail (OSC_IS_SHEET (self), NULL);
  return self->primary;
}

/* A window that is closed lives on while somebody holds it. */
static void
osc_sheet_unrealize (GtkWidget *widget)
{
  GtkWindow *under = gtk_window_get_transient_for (GTK_WINDOW (widget));

  OSC_SHEET (widget)->open = FALSE;
  if (under != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (under), "covered");
  GTK_WIDGET_CLASS (osc_sheet_parent_class)->unrealize (widget);
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
osc_sheet_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SHEET);
  G_OBJECT_CLASS (osc_sheet_parent_class)->dispose (object);
}

static void
osc_sheet_class_init (OscSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sheet_dispose;
  signals[PRIMARY] = g_signal_new ("primary", OSC_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new ("closed", OSC_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  widget_class->unrealize = osc_sheet_unrealize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSheet, title);
  gtk_widget_class_bind_template_child (widget_class, OscSheet, lead);
  gtk_widget_class_bind_template_child (widget_class, OscSheet, content);
  gtk_widget_class_bind_template_child (widget_class, OscSheet, failure);
  gtk_widget_class_bind_template_child (widget_class, OscSheet, cancel);
  gtk_widget_class_bind_template_child (widget_class, OscSheet, primary);
  gtk_widget_class_bind_template_callback (widget_class, on_primary);
  gtk_widget_class_bind_template_callback_full (widget_class, "gtk_window_close",
                                                G_CALLBACK (gtk_window_close));
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
osc_sheet_init (OscSheet *self)
{
  self->open = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

OscSheet *
osc_sheet_new (GtkWidget *from)
{
  g_return_val_if_fail (GTK_IS_WIDGET (from), NULL);
  GtkRoot *root = gtk_widget_get_root (from);

  if (GTK_IS_WINDOW (root))
    gtk_widget_add_css_class (GTK_WIDGET (root), "covered");
  return g_object_new (OSC_TYPE_SHEET, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);
}
