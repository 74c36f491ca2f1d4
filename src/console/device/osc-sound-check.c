/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sound check of the assistant and of the settings. Whatever is changed is heard at once. */

#include "osc-sound-check.h"

#include <glib/gi18n.h>

#include "osc-sound-devices.h"
#include "osc-widget.h"

struct _OscSoundCheck {
  GtkWidget parent_instance;
  GtkWidget *bell;
  GtkWidget *play;
  GtkWidget *play_label;
  GtkWidget *question;
  GtkWidget *fault;
  GtkWidget *trouble;
  GtkWidget *volume;
  GtkWidget *outputs;
  GtkWidget *none;
  OscAlarm *alarm;
  gboolean filling;
  gboolean listed;
};

enum { PLAYED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSoundCheck, osc_sound_check, GTK_TYPE_WIDGET)

static void
show_device (OscSoundCheck *self)
{
  gtk_widget_set_visible (self->fault,
                          osc_alarm_get_device (self->alarm) == OSC_SOUND_DEVICE_FAULT);
}

void
osc_sound_check_hide_play (OscSoundCheck *self)
{
  g_return_if_fail (OSC_IS_SOUND_CHECK (self));
  gtk_widget_set_visible (self->play, FALSE);
}

void
osc_sound_check_play (OscSoundCheck *self)
{
  g_return_if_fail (OSC_IS_SOUND_CHECK (self));
  osc_alarm_unmute (self->alarm);
  osc_alarm_play (self->alarm, OSC_SOUND_NEW);
  gtk_label_set_label (GTK_LABEL (self->play_label), _ ("Play it again"));
  gtk_widget_set_visible (self->play, TRUE);
  gtk_widget_set_visible (self->question, !gtk_widget_get_visible (self->trouble));
  g_signal_emit (self, signals[PLAYED], 0);
}

static void
on_play (OscSoundCheck *self)
{
  osc_sound_check_play (self);
}

static void
on_volume (OscSoundCheck *self)
{
  if (self->filling)
    return;
  osc_alarm_set_volume (self->alarm, gtk_range_get_value (GTK_RANGE (self->volume)) / 100);
  osc_sound_check_play (self);
}

/* ---- devices ---- */

static void
on_output (OscSoundCheck *self, GtkCheckButton *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "name");

  if (self->filling || !gtk_check_button_get_active (button))
    return;
  if (g_str_equal (name, osc_alarm_get_output (self->alarm)))
    osc_sound_check_play (self);
  else
    osc_alarm_set_output (self->alarm, name);
}

/* The chosen device is in use now: whether it is the right one is heard. */
static void
on_output_used (OscSoundCheck *self)
{
  if (gtk_widget_get_mapped (self->trouble))
    osc_sound_check_play (self);
}

static GtkWidget *
add_output (OscSoundCheck *self, const char *name, const char *words, GtkWidget *group)
{
  GtkWidget *button = gtk_check_button_new_with_label (words);

  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (group));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button),
                               g_str_equal (name, osc_alarm_get_output (self->alarm)));
  gtk_widget_add_css_class (button, "output");
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_output), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->outputs), button);
  return button;
}

void
osc_sound_check_take_devices (OscSoundCheck *self, const char *const *names)
{
  g_return_if_fail (OSC_IS_SOUND_CHECK (self) && names != NULL);
  GtkWidget *group;

  self->listed = TRUE;
  self->filling = TRUE;
  osc_widget_drop_children (self->outputs);
  group = add_output (self, "", _ ("As the computer chooses"), NULL);
  for (guint i = 0; names[i] != NULL; i++)
    add_output (self, names[i], names[i], group);
  gtk_widget_set_visible (self->none, names[0] == NULL);
  self->filling = FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSoundCheck) self = user_data;
  g_autoptr (GPtrArray) devices = osc_sound_devices_list_finish (result);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; i < devices->len; i++) {
    g_autofree char *name = osc_sound_devices_name (g_ptr_array_index (devices, i));

    g_strv_builder_add (names, name);
  }
  all = g_strv_builder_end (names);
  if (!self->listed && self->alarm != NULL)
    osc_sound_check_take_devices (self, (const char *const *)all);
}

void
osc_sound_check_show_trouble (OscSoundCheck *self)
{
  g_return_if_fail (OSC_IS_SOUND_CHECK (self));

  gtk_widget_set_visible (self->trouble, TRUE);
  gtk_widget_set_visible (self->question, FALSE);
  self->filling = TRUE;
  gtk_range_set_value (GTK_RANGE (self->volume), osc_alarm_get_volume (self->alarm) * 100);
  self->filling = FALSE;
  gtk_widget_grab_focus (self->volume);
  if (!self->listed)
    osc_sound_devices_list_async (listed_cb, g_object_ref (self));
}

static void
on_not_heard (OscSoundCheck *self)
{
  osc_sound_check_show_trouble (self);
}

/* ---- life ---- */

static void
osc_sound_check_dispose (GObject *object)
{
  OscSoundCheck *self = OSC_SOUND_CHECK (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SOUND_CHECK);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (osc_sound_check_parent_class)->dispose (object);
}

static void
osc_sound_check_class_init (OscSoundCheckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sound_check_dispose;
  signals[PLAYED] = g_signal_new ("played", OSC_TYPE_SOUND_CHECK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/device/osc-sound-check.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, bell);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, play_label);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, play);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, question);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, fault);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, trouble);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, volume);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, outputs);
  gtk_widget_class_bind_template_child (widget_class, OscSoundCheck, none);
  gtk_widget_class_bind_template_callback (widget_class, on_play);
  gtk_widget_class_bind_template_callback (widget_class, on_not_heard);
  gtk_widget_class_bind_template_callback (widget_class, on_volume);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "soundcheck");
}

static void
osc_sound_check_init (OscSoundCheck *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_range_set_range (GTK_RANGE (self->volume), 40, 100);
  gtk_range_set_increments (GTK_RANGE (self->volume), 5, 10);
  osc_widget_set_name (self->volume, _ ("Volume"));
  self->filling = FALSE;
}

GtkWidget *
osc_sound_check_new (OscAlarm *alarm)
{
  g_return_val_if_fail (OSC_IS_ALARM (alarm), NULL);
  OscSoundCheck *self = g_object_new (OSC_TYPE_SOUND_CHECK, NULL);

  self->alarm = g_object_ref (alarm);
  g_signal_connect_object (alarm, "notify::device", G_CALLBACK (show_device), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (alarm, "notify::output", G_CALLBACK (on_output_used), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
