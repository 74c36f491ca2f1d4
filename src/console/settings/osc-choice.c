/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A few buttons of which one is down. */

#include "osc-choice.h"

#include "osc-settings.h"
#include "osc-widget.h"

#define VALUE "osc-value"

struct _OscChoice {
  GtkWidget parent_instance;
  GtkWidget *label;
  GtkWidget *hint;
  GtkWidget *buttons;
  char *key; /* nullable */
  gboolean showing;
  gboolean writes; /* the key itself */
};

enum { PROP_LABEL = 1, PROP_HINT, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscChoice, osc_choice, GTK_TYPE_WIDGET)

static void
store_value (OscChoice *self, const char *value)
{
  GSettings *settings = osc_settings_get ();
  g_autoptr (GVariant) old = settings != NULL && self->key != NULL && self->writes
                                 ? g_settings_get_value (settings, self->key)
                                 : NULL;

  if (old == NULL)
    return;
  if (g_variant_is_of_type (old, G_VARIANT_TYPE_INT32))
    g_settings_set_int (settings, self->key, (int)g_ascii_strtoll (value, NULL, 10));
  else
    g_settings_set_string (settings, self->key, value);
}

static void
on_toggled (GtkToggleButton *button, OscChoice *self)
{
  const char *value = g_object_get_data (G_OBJECT (button), VALUE);

  if (self->showing || !gtk_toggle_button_get_active (button))
    return;
  store_value (self, value);
  g_signal_emit (self, signals[CHOSEN], 0, value);
}

void
osc_choice_add (OscChoice *self, const char *value, const char *words)
{
  g_return_if_fail (OSC_IS_CHOICE (self) && value != NULL);
  GtkWidget *button = gtk_toggle_button_new_with_label (words);
  GtkWidget *first = gtk_widget_get_first_child (self->buttons);

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_object_set_data_full (G_OBJECT (button), VALUE, g_strdup (value), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

void
osc_choice_set (OscChoice *self, const char *value)
{
  g_return_if_fail (OSC_IS_CHOICE (self));

  self->showing = TRUE;
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button),
                                  g_strcmp0 (g_object_get_data (G_OBJECT (button), VALUE), value) ==
                                      0);
  self->showing = FALSE;
}

static void
show_key (OscChoice *self)
{
  g_autoptr (GVariant) value = g_settings_get_value (osc_settings_get (), self->key);
  g_autofree char *text = g_variant_is_of_type (value, G_VARIANT_TYPE_INT32)
                              ? g_strdup_printf ("%d", g_variant_get_int32 (value))
                              : g_variant_dup_string (value, NULL);

  osc_choice_set (self, text);
}

void
osc_choice_bind (OscChoice *self, const char *key)
{
  g_return_if_fail (OSC_IS_CHOICE (self) && key != NULL);

  self->writes = TRUE;
  osc_choice_follow (self, key);
}

void
osc_choice_follow (OscChoice *self, const char *key)
{
  g_return_if_fail (OSC_IS_CHOICE (self) && key != NULL);
  g_autofree char *changed = g_strconcat ("changed::", key, NULL);
  GtkWidget *first = gtk_widget_get_first_child (self->buttons);

  self->key = g_strdup (key);
  if (osc_settings_get () == NULL) {
    osc_choice_set (self, first != NULL ? g_object_get_data (G_OBJECT (first), VALUE) : NULL);
    return;
  }
  g_signal_connect_object (osc_settings_get (), changed, G_CALLBACK (show_key), self,
                           G_CONNECT_SWAPPED);
  show_key (self);
}

static void
osc_choice_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscChoice *self = OSC_CHOICE (object);

  if (id == PROP_LABEL) {
    gtk_label_set_label (GTK_LABEL (self->label), g_value_get_string (value));
    osc_widget_set_name (self->buttons, g_value_get_string (value));
  } else {
    gtk_label_set_label (GTK_LABEL (self->hint), g_value_get_string (value));
    gtk_widget_set_visible (self->hint, TRUE);
  }
}

static void
osc_choice_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CHOICE);
  G_OBJECT_CLASS (osc_choice_parent_class)->dispose (object);
}

static void
osc_choice_finalize (GObject *object)
{
  g_free (OSC_CHOICE (object)->key);
  G_OBJECT_CLASS (osc_choice_parent_class)->finalize (object);
}

static void
osc_choice_class_init (OscChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = osc_choice_set_property;
  object_class->dispose = osc_choice_dispose;
  object_class->finalize = osc_choice_finalize;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHOSEN] = g_signal_new ("chosen", OSC_TYPE_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/settings/osc-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, OscChoice, label);
  gtk_widget_class_bind_template_child (widget_class, OscChoice, hint);
  gtk_widget_class_bind_template_child (widget_class, OscChoice, buttons);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "choice");
}

static void
osc_choice_init (OscChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
