/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The PIN pad. Digits of the keyboard count wherever the focus is, unless that is a text. */

#include "osc-pin.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-numpad.h"
#include "osc-widget.h"

#define SHAKE_MS 200

struct _OscPin {
  GtkWidget parent_instance;
  GtkWidget *dots;
  GtkEventController *keys; /* (nullable): on the window */
  guint shake_source;
  char digits[OSC_PIN_MOST + 1];
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPin, osc_pin, GTK_TYPE_WIDGET)

static void
show (OscPin *self)
{
  gsize n = strlen (self->digits);
  GtkWidget *dot = gtk_widget_get_first_child (self->dots);
  g_autofree char *name = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d digit typed", "%d digits typed", n), (int)n);

  for (gsize i = 0; dot != NULL; i++, dot = gtk_widget_get_next_sibling (dot)) {
    osc_widget_set_class (dot, "filled", i < n);
    osc_widget_set_class (dot, "optional", i >= OSC_PIN_LEAST);
  }
  osc_widget_set_name (self->dots, name);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What does not fit is refused. */
static void
type (OscPin *self, const char *digits)
{
  if (strlen (self->digits) + strlen (digits) > OSC_PIN_MOST)
    return;
  g_strlcat (self->digits, digits, sizeof self->digits);
  show (self);
}

static void
erase (OscPin *self)
{
  gsize n = strlen (self->digits);

  if (n > 0)
    self->digits[n - 1] = '\0';
  show (self);
}

static void
on_typed (OscPin *self, const char *digits)
{
  type (self, digits);
}

static gboolean
on_key (OscPin *self, guint keyval)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  char digit[2] = {0};

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_BackSpace) {
    erase (self);
    return GDK_EVENT_STOP;
  }
  if (keyval >= GDK_KEY_KP_0 && keyval <= GDK_KEY_KP_9)
    digit[0] = (char)('0' + (keyval - GDK_KEY_KP_0));
  else if (keyval >= GDK_KEY_0 && keyval <= GDK_KEY_9)
    digit[0] = (char)('0' + (keyval - GDK_KEY_0));
  else
    return GDK_EVENT_PROPAGATE;
  type (self, digit);
  return GDK_EVENT_STOP;
}

static void
osc_pin_root (GtkWidget *widget)
{
  OscPin *self = OSC_PIN (widget);

  GTK_WIDGET_CLASS (osc_pin_parent_class)->root (widget);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
}

static void
osc_pin_unroot (GtkWidget *widget)
{
  OscPin *self = OSC_PIN (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  self->keys = NULL;
  GTK_WIDGET_CLASS (osc_pin_parent_class)->unroot (widget);
}

/* ---- what others ask ---- */

const char *
osc_pin_text (OscPin *self)
{
  g_return_val_if_fail (OSC_IS_PIN (self), NULL);
  return self->digits;
}

gboolean
osc_pin_is_long_enough (OscPin *self)
{
  g_return_val_if_fail (OSC_IS_PIN (self), FALSE);
  return strlen (self->digits) >= OSC_PIN_LEAST;
}

static gboolean
still_cb (gpointer user_data)
{
  OscPin *self = user_data;

  self->shake_source = 0;
  gtk_widget_remove_css_class (self->dots, "shake");
  return G_SOURCE_REMOVE;
}

void
osc_pin_clear (OscPin *self, gboolean wrong)
{
  g_return_if_fail (OSC_IS_PIN (self));

  explicit_bzero (self->digits, sizeof self->digits);
  g_clear_handle_id (&self->shake_source, g_source_remove);
  osc_widget_set_class (self->dots, "shake", wrong);
  if (wrong)
    self->shake_source = g_timeout_add (SHAKE_MS, still_cb, self);
  show (self);
}

/* ---- life ---- */

static void
osc_pin_dispose (GObject *object)
{
  OscPin *self = OSC_PIN (object);

  g_clear_handle_id (&self->shake_source, g_source_remove);
  explicit_bzero (self->digits, sizeof self->digits);
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_pin_parent_class)->dispose (object);
}

static void
osc_pin_class_init (OscPinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_pin_dispose;
  widget_class->root = osc_pin_root;
  widget_class->unroot = osc_pin_unroot;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_PIN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pin");
}

static void
osc_pin_init (OscPin *self)
{
  GtkWidget *pad = g_object_new (OSC_TYPE_NUMPAD, "halign", GTK_ALIGN_CENTER, NULL);

  osc_widget_make_vertical (GTK_WIDGET (self));
  self->dots = g_object_new (GTK_TYPE_BOX, "halign", GTK_ALIGN_CENTER, "accessible-role",
                             GTK_ACCESSIBLE_ROLE_STATUS, "css-classes",
                             (const char *[]){"dots", NULL}, NULL);
  for (int i = 0; i < OSC_PIN_MOST; i++) {
    GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

    gtk_widget_add_css_class (dot, "dot");
    gtk_box_append (GTK_BOX (self->dots), dot);
  }
  gtk_widget_set_parent (self->dots, GTK_WIDGET (self));
  gtk_widget_set_parent (pad, GTK_WIDGET (self));
  g_signal_connect_object (pad, "typed", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pad, "erased", G_CALLBACK (erase), self, G_CONNECT_SWAPPED);
  show (self);
}

GtkWidget *
osc_pin_new (void)
{
  return g_object_new (OSC_TYPE_PIN, NULL);
}
