/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The entry holds what is seen; digits are read out of it. */

#include "osc-payment-field.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-numpad.h"
#include "osc-widget.h"
#include "osy-money.h"

struct _OscPaymentField {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *entry;
  GtkWidget *unit;
  gboolean money;
  gboolean turns;
  gboolean filling;
  int max;
};

enum { CHANGED, SUBMITTED, ENTERED, TURNED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPaymentField, osc_payment_field, GTK_TYPE_WIDGET)

/* An approval number may begin with noughts, money does not. */
static char *
digits_of (const char *text, gboolean money)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text) && (!money || digits->len > 0 || *text != '0'))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

char *
osc_payment_field_digits (OscPaymentField *self)
{
  g_return_val_if_fail (OSC_IS_PAYMENT_FIELD (self), NULL);
  return digits_of (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->money);
}

gint64
osc_payment_field_won (OscPaymentField *self)
{
  g_autofree char *digits = osc_payment_field_digits (self);

  return digits[0] != '\0' ? g_ascii_strtoll (digits, NULL, 10) : 0;
}

/* (transfer full): as it is shown. */
static char *
shown (OscPaymentField *self, const char *digits)
{
  return self->money && digits[0] != '\0' ? osy_money_format (g_ascii_strtoll (digits, NULL, 10))
                                          : g_strdup (digits);
}

static void
rewrite (OscPaymentField *self, const char *digits)
{
  g_autofree char *cut = g_strndup (digits, MIN (strlen (digits), (gsize)self->max));
  g_autofree char *text = shown (self, cut);

  if (g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    return;
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->filling = FALSE;
}

/* A field may not be rewritten inside its own signal. */
static gboolean
regroup_cb (gpointer data)
{
  OscPaymentField *self = data;
  g_autofree char *digits = osc_payment_field_digits (self);

  rewrite (self, digits);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
on_changed (OscPaymentField *self)
{
  gboolean typed = gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] != '\0';

  gtk_widget_set_visible (self->unit, self->money && typed);
  if (!self->filling)
    g_idle_add_full (G_PRIORITY_HIGH, regroup_cb, g_object_ref (self), g_object_unref);
}

void
osc_payment_field_set (OscPaymentField *self, const char *digits)
{
  g_return_if_fail (OSC_IS_PAYMENT_FIELD (self) && digits != NULL);
  rewrite (self, digits);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_payment_field_write (OscPaymentField *self, const char *digits)
{
  g_return_if_fail (OSC_IS_PAYMENT_FIELD (self));
  g_autofree char *now = osc_payment_field_digits (self);
  g_autofree char *next = digits != NULL ? g_strconcat (now, digits, NULL)
                                         : g_strndup (now, strlen (now) - MIN (strlen (now), 1));

  if (strlen (next) <= (gsize)self->max)
    osc_payment_field_set (self, next);
}

void
osc_payment_field_set_hint (OscPaymentField *self, const char *hint)
{
  g_return_if_fail (OSC_IS_PAYMENT_FIELD (self));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), hint);
}

void
osc_payment_field_set_turns (OscPaymentField *self, gboolean turns)
{
  g_return_if_fail (OSC_IS_PAYMENT_FIELD (self));
  self->turns = turns;
}

void
osc_payment_field_setup (OscPaymentField *self, const char *name, gboolean money, int max)
{
  g_return_if_fail (OSC_IS_PAYMENT_FIELD (self));
  self->money = money;
  self->max = max;
  gtk_label_set_label (GTK_LABEL (self->name), name);
  osc_widget_set_name (self->entry, name);
}

static void
on_activate (OscPaymentField *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

static void
on_enter (OscPaymentField *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        OscPaymentField *self)
{
  gboolean back = keyval == GDK_KEY_ISO_Left_Tab;

  if (!self->turns || (keyval != GDK_KEY_Tab && !back))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[TURNED], 0, back);
  return GDK_EVENT_STOP;
}

static gboolean
osc_payment_field_grab_focus (GtkWidget *widget)
{
  OscPaymentField *self = OSC_PAYMENT_FIELD (widget);

  return gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->entry));
}

static void
osc_payment_field_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_payment_field_parent_class)->dispose (object);
}

static void
osc_payment_field_class_init (OscPaymentFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payment_field_dispose;
  widget_class->grab_focus = osc_payment_field_grab_focus;
  widget_class->focus = osc_widget_focus_children;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SUBMITTED] =
      g_signal_new ("submitted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] =
      g_signal_new ("entered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TURNED] = g_signal_new ("turned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "payfield");
}

static GtkEventController *
watch_keys (OscPaymentField *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_DEFAULT);
  return keys;
}

static void
osc_payment_field_init (OscPaymentField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->name = gtk_label_new (NULL);
  self->entry = gtk_entry_new ();
  self->unit = gtk_label_new (C_ ("unit", " won"));
  gtk_widget_add_css_class (self->entry, "numeric");
  gtk_widget_add_css_class (self->unit, "unit");
  gtk_widget_set_visible (self->unit, FALSE);
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  gtk_widget_set_parent (self->unit, GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), watch_keys (self));
}
