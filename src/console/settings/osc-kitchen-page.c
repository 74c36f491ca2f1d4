/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen's keypad: press "Set", then the key. */

#include "osc-kitchen-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-keypad.h"
#include "osc-settings.h"
#include "osc-widget.h"

#define ACT "osc-act"

struct _OscKitchenPage {
  GtkWidget parent_instance;
  GtkWidget *switches;
  GtkWidget *keys;
  GtkWidget *waiting; /* (nullable): the button whose key is pressed next */
};

G_DEFINE_FINAL_TYPE (OscKitchenPage, osc_kitchen_page, GTK_TYPE_WIDGET)

/* (transfer full): what stands on the key. */
static char *
key_text (GtkWidget *widget, guint code)
{
  g_autofree guint *keyvals = NULL;
  int n = 0;

  if (code == 0)
    /* Translators: an act for which the kitchen's keypad has no key. */
    return g_strdup (_ ("As usual"));
  if (gdk_display_map_keycode (gtk_widget_get_display (widget), code, NULL, &keyvals, &n) && n > 0)
    return gtk_accelerator_get_label (keyvals[0], 0);
  return g_strdup_printf ("#%u", code);
}

static void
show_button (OscKitchenPage *self, GtkWidget *button)
{
  const char *act = g_object_get_data (G_OBJECT (button), ACT);
  g_autofree char *text = button == self->waiting ? g_strdup (_ ("Press the key"))
                                                  : key_text (button, osc_keypad_get (act));

  gtk_button_set_label (GTK_BUTTON (button), text);
}

static void
show_keys (OscKitchenPage *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->keys); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_button (self, g_object_get_data (G_OBJECT (row), "button"));
}

static void
on_set (GtkWidget *button, OscKitchenPage *self)
{
  self->waiting = self->waiting == button ? NULL : button;
  show_keys (self);
}

/* Esc gives the act back its usual key. */
static gboolean
on_key (GtkEventControllerKey *keys,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        OscKitchenPage *self)
{
  GtkWidget *button = g_steal_pointer (&self->waiting);

  if (button == NULL)
    return GDK_EVENT_PROPAGATE;
  osc_keypad_set (g_object_get_data (G_OBJECT (button), ACT),
                  keyval == GDK_KEY_Escape ? 0 : keycode);
  show_keys (self);
  return GDK_EVENT_STOP;
}

static GtkWidget *
new_row (const char *title, GtkWidget *suffix)
{
  GtkWidget *row =
      g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "activatable-widget", suffix, NULL);

  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  osc_widget_set_name (suffix, title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  return row;
}

static void
add_switch (OscKitchenPage *self, const char *title, const char *key)
{
  GtkWidget *button = gtk_switch_new ();

  if (osc_settings_get () != NULL)
    g_settings_bind (osc_settings_get (), key, button, "active", G_SETTINGS_BIND_DEFAULT);
  gtk_list_box_append (GTK_LIST_BOX (self->switches), new_row (title, button));
}

static void
add_act (OscKitchenPage *self, const OscKeypadAct *act)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = new_row (_ (act->text), button);

  gtk_list_box_append (GTK_LIST_BOX (self->keys), row);
  g_object_set_data (G_OBJECT (button), ACT, (gpointer)act->name);
  g_object_set_data (G_OBJECT (row), "button", button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_set), self, 0);
  show_button (self, button);
}

static void
osc_kitchen_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_KITCHEN_PAGE);
  G_OBJECT_CLASS (osc_kitchen_page_parent_class)->dispose (object);
}

static void
osc_kitchen_page_class_init (OscKitchenPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-kitchen-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscKitchenPage, switches);
  gtk_widget_class_bind_template_child (widget_class, OscKitchenPage, keys);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_kitchen_page_init (OscKitchenPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  add_switch (self, _ ("New tickets sound on this screen"), "kitchen-sound");
  add_switch (self, _ ("Number keys send out at once"), "kitchen-direct");
  for (const OscKeypadAct *act = osc_keypad_acts (); act->name != NULL; act++)
    add_act (self, act);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
osc_kitchen_page_new (void)
{
  return g_object_new (OSC_TYPE_KITCHEN_PAGE, NULL);
}
