/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The question of the day. It stays until somebody answers: a speaker that was switched off at
 * night is noticed before the first order. */

#include "osc-sound-ask.h"

#include <glib/gi18n.h>

#include "osc-settings.h"
#include "osc-sheet.h"
#include "osc-sound-check.h"
#include "osc-widget.h"

#define HEARD "sound-heard-on"

struct _OscSoundAsk {
  GtkWidget parent_instance;
  OscAlarm *alarm;
};

enum { ANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSoundAsk, osc_sound_ask, GTK_TYPE_WIDGET)

static void
answer (OscSoundAsk *self, gboolean heard)
{
  if (heard)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_emit (self, signals[ANSWERED], 0, heard);
}

static void
on_heard (OscSoundAsk *self)
{
  answer (self, TRUE);
}

static void
on_again (OscSoundAsk *self)
{
  osc_alarm_unmute (self->alarm);
  osc_alarm_play (self->alarm, OSC_SOUND_NEW);
}

static void
on_sheet_primary (OscSoundAsk *self, OscSheet *sheet)
{
  gtk_window_close (GTK_WINDOW (sheet));
  answer (self, TRUE);
}

GtkWidget *
osc_sound_ask_help (OscSoundAsk *self)
{
  g_return_val_if_fail (OSC_IS_SOUND_ASK (self), NULL);
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  GtkWidget *check = osc_sound_check_new (self->alarm);

  osc_sheet_ask (sheet, _ ("Let's find the sound"),
                 _ ("Until it is heard, new orders flash around the whole window"),
                 _ ("I hear it now"));
  osc_sheet_add (sheet, check);
  osc_sound_check_show_trouble (OSC_SOUND_CHECK (check));
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_sheet_primary), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (sheet);
}

static void
on_not_heard (OscSoundAsk *self)
{
  answer (self, FALSE);
  osc_sound_ask_help (self);
}

void
osc_sound_ask_begin (OscSoundAsk *self)
{
  g_return_if_fail (OSC_IS_SOUND_ASK (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  osc_alarm_play (self->alarm, OSC_SOUND_NEW);
}

/* ---- once a day ---- */

gboolean
osc_sound_ask_is_due (const char *heard_on, const char *today)
{
  return heard_on != NULL && today != NULL && !g_str_equal (heard_on, today);
}

char *
osc_sound_ask_heard_on (void)
{
  GSettings *settings = osc_settings_get ();

  return settings != NULL ? g_settings_get_string (settings, HEARD) : NULL;
}

void
osc_sound_ask_keep (const char *today)
{
  if (osc_settings_get () != NULL && today != NULL)
    g_settings_set_string (osc_settings_get (), HEARD, today);
}

/* ---- life ---- */

static void
osc_sound_ask_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SOUND_ASK);
  g_clear_object (&OSC_SOUND_ASK (object)->alarm);
  G_OBJECT_CLASS (osc_sound_ask_parent_class)->dispose (object);
}

static void
osc_sound_ask_class_init (OscSoundAskClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sound_ask_dispose;
  signals[ANSWERED] = g_signal_new ("answered", OSC_TYPE_SOUND_ASK, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/device/osc-sound-ask.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_heard);
  gtk_widget_class_bind_template_callback (widget_class, on_not_heard);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "soundask");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
osc_sound_ask_init (OscSoundAsk *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
osc_sound_ask_new (OscAlarm *alarm)
{
  g_return_val_if_fail (OSC_IS_ALARM (alarm), NULL);
  OscSoundAsk *self = g_object_new (OSC_TYPE_SOUND_ASK, NULL);

  self->alarm = g_object_ref (alarm);
  return GTK_WIDGET (self);
}
