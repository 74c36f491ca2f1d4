/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One field of a form. An error goes away as soon as the text changes; the text never does. */

#include "osc-field.h"

struct _OscField {
  GtkWidget parent_instance;
  GtkWidget *label;
  GtkWidget *hint;
  GtkWidget *error;
  GtkWidget *entry; /* GtkEntry or GtkPasswordEntry */
  gboolean secret;
};

enum { PROP_LABEL = 1, PROP_HINT, PROP_SECRET, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, SUBMITTED, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscField, osc_field, GTK_TYPE_WIDGET)

const char *
osc_field_text (OscField *self)
{
  g_return_val_if_fail (OSC_IS_FIELD (self), NULL);
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
osc_field_set_text (OscField *self, const char *text)
{
  g_return_if_fail (OSC_IS_FIELD (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

void
osc_field_set_error (OscField *self, const char *sentence)
{
  g_return_if_fail (OSC_IS_FIELD (self));
  gboolean wrong = sentence != NULL;

  gtk_label_set_label (GTK_LABEL (self->error), wrong ? sentence : "");
  gtk_widget_set_visible (self->error, wrong);
  gtk_widget_set_visible (self->hint,
                          !wrong && *gtk_label_get_label (GTK_LABEL (self->hint)) != '\0');
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}

const char *
osc_field_error (OscField *self)
{
  g_return_val_if_fail (OSC_IS_FIELD (self), NULL);
  return gtk_widget_get_visible (self->error) ? gtk_label_get_label (GTK_LABEL (self->error))
                                              : NULL;
}

gboolean
osc_field_at_end (OscField *self)
{
  g_return_val_if_fail (OSC_IS_FIELD (self), FALSE);
  return gtk_editable_get_position (GTK_EDITABLE (self->entry)) ==
         g_utf8_strlen (osc_field_text (self), -1);
}

void
osc_field_focus (OscField *self)
{
  g_return_if_fail (OSC_IS_FIELD (self));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
changed_cb (OscField *self)
{
  osc_field_set_error (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
activate_cb (OscField *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

static void
finished_cb (OscField *self)
{
  g_signal_emit (self, signals[FINISHED], 0);
}

static void
osc_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscField *self = OSC_FIELD (object);

  switch (id) {
  case PROP_LABEL: gtk_label_set_label (GTK_LABEL (self->label), g_value_get_string (value)); break;
  case PROP_HINT:
    gtk_label_set_label (GTK_LABEL (self->hint),
                         g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
    gtk_widget_set_visible (self->hint, g_value_get_string (value) != NULL);
    break;
  case PROP_SECRET: self->secret = g_value_get_boolean (value); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_field_constructed (GObject *object)
{
  OscField *self = OSC_FIELD (object);

  G_OBJECT_CLASS (osc_field_parent_class)->constructed (object);
  self->entry = self->secret ? gtk_password_entry_new () : gtk_entry_new ();
  if (self->secret)
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (self->entry), TRUE);
  gtk_widget_insert_after (self->entry, GTK_WIDGET (self), self->label);
  gtk_label_set_mnemonic_widget (GTK_LABEL (self->label), self->entry);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (self->label)), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->error, NULL, -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (activate_cb), self);
}

static void
osc_field_dispose (GObject *object)
{
  OscField *self = OSC_FIELD (object);

  g_clear_pointer (&self->entry, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_FIELD);
  G_OBJECT_CLASS (osc_field_parent_class)->dispose (object);
}

static void
osc_field_class_init (OscFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = osc_field_set_property;
  object_class->constructed = osc_field_constructed;
  object_class->dispose = osc_field_dispose;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_SECRET] = g_param_spec_boolean ("secret", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] =
      g_signal_new_class_handler ("submitted", OSC_TYPE_FIELD, G_SIGNAL_RUN_LAST,
                                  G_CALLBACK (finished_cb), NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FINISHED] = g_signal_new ("finished", OSC_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-field.ui");
  gtk_widget_class_bind_template_child (widget_class, OscField, label);
  gtk_widget_class_bind_template_child (widget_class, OscField, hint);
  gtk_widget_class_bind_template_child (widget_class, OscField, error);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "field");
}

static void
osc_field_init (OscField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (focus, "leave", G_CALLBACK (finished_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}
