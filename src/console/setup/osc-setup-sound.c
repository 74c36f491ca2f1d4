/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The fourth step: the real alarm, and somebody who says that it is heard. */

#include "osc-setup-sound.h"

#include <glib/gi18n.h>

#include "osc-sound-ask.h"
#include "osc-sound-check.h"
#include "osc-widget.h"
#include "osy-clock.h"

struct _OscSetupSound {
  OscSetupStep parent_instance;
  GtkWidget *check;
  gboolean played;
};

G_DEFINE_FINAL_TYPE (OscSetupSound, osc_setup_sound, OSC_TYPE_SETUP_STEP)

static void
say (OscSetupSound *self)
{
  osc_setup_step_say (
      OSC_SETUP_STEP (self),
      &(OscSetupWords){.title = _ ("Can you hear new orders?"),
                       .lead = _ ("Stand where you will be when it is busy, then press the button"),
                       .primary = self->played ? _ ("I heard it") : _ ("Play the sound")});
}

static void
on_played (OscSetupSound *self)
{
  self->played = TRUE;
  say (self);
}

static void
osc_setup_sound_enter (OscSetupStep *step)
{
  OSC_SETUP_SOUND (step)->played = FALSE;
  osc_sound_check_hide_play (OSC_SOUND_CHECK (OSC_SETUP_SOUND (step)->check));
  say (OSC_SETUP_SOUND (step));
  osc_setup_step_drop_focus (step);
}

static void
osc_setup_sound_act (OscSetupStep *step)
{
  OscSetupSound *self = OSC_SETUP_SOUND (step);

  if (self->played) {
    g_autofree char *today =
        osc_shop_store_business_day (osc_setup_step_context (step)->shop, osy_clock_now ());

    osc_sound_ask_keep (today);
    osc_setup_step_finish (step, NULL);
  } else {
    osc_sound_check_play (OSC_SOUND_CHECK (self->check));
  }
}

static void
osc_setup_sound_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_setup_sound_parent_class)->dispose (object);
}

static void
osc_setup_sound_class_init (OscSetupSoundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_setup_sound_dispose;
  OSC_SETUP_STEP_CLASS (klass)->enter = osc_setup_sound_enter;
  OSC_SETUP_STEP_CLASS (klass)->act = osc_setup_sound_act;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "formpage");
}

static void
osc_setup_sound_init (OscSetupSound *self)
{
}

GtkWidget *
osc_setup_sound_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupSound *self = g_object_new (OSC_TYPE_SETUP_SOUND, NULL);
  g_autoptr (OscAlarm) alarm =
      context->alarm != NULL ? g_object_ref (context->alarm) : osc_alarm_new ();

  osc_setup_step_begin (OSC_SETUP_STEP (self), context, draft);
  self->check = osc_sound_check_new (alarm);
  gtk_widget_set_valign (self->check, GTK_ALIGN_START);
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
  g_signal_connect_object (self->check, "played", G_CALLBACK (on_played), self, G_CONNECT_SWAPPED);
  say (self);
  return GTK_WIDGET (self);
}

GtkWidget *
osc_setup_sound_check (OscSetupSound *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_SOUND (self), NULL);
  return self->check;
}
