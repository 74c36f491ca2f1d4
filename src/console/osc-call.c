/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the queue of waiting orders to what people hear and see. When to do what is
 * osc-escalation's; here it is done. */

#include "osc-call.h"

#include <glib/gi18n.h>

#include "osc-escalation.h"
#include "osc-setup.h"
#include "osc-sound-ask.h"
#include "osc-sound-watch.h"
#include "osc-toasts.h"
#include "osy-clock.h"

struct _OscCall {
  GObject parent_instance;
  OscWindow *window; /* borrowed */
  OscAlarm *alarm;
  OscNotify *notify;
  OscSoundWatch *watch;
  OscSoundAsk *ask; /* (nullable): borrowed from the shell */
  OscEscalation level;
  gboolean unheard; /* somebody said that nothing is heard */
};

G_DEFINE_FINAL_TYPE (OscCall, osc_call, G_TYPE_OBJECT)

static OscArrivalQueue *
queue_of (OscCall *self)
{
  OscShell *shell = osc_window_shell (self->window);

  return shell != NULL ? osc_shell_queue (shell) : NULL;
}

/* ---- the chip ---- */

static void
show_device (OscCall *self, OscChip *chip)
{
  switch (osc_alarm_get_device (self->alarm)) {
  case OSC_SOUND_DEVICE_OK:
    osc_chip_set (chip, OSC_CHIP_FINE, NULL);
    osc_chip_explain (chip, _ ("New orders ring"), _ ("Play the sound"));
    break;
  case OSC_SOUND_DEVICE_FAULT:
    osc_chip_set (chip, OSC_CHIP_FAULT, _ ("No sound device"));
    osc_chip_explain (chip, _ ("Nothing can be heard. New orders show on the whole screen"),
                      _ ("Find the sound"));
    break;
  case OSC_SOUND_DEVICE_UNKNOWN:
    osc_chip_set (chip, OSC_CHIP_UNKNOWN, NULL);
    osc_chip_explain (chip, _ ("No sound was played yet"), _ ("Play the sound"));
    break;
  }
}

/* While it is silent one touch of the chip ends that. */
static void
show_sound (OscCall *self)
{
  OscChip *chip = osc_strip_sound (osc_window_strip (self->window));
  guint left = osc_alarm_muted_for (self->alarm);

  osc_chip_set_direct (chip, left > 0);
  if (left == 0 && self->unheard) {
    osc_chip_set (chip, OSC_CHIP_FAULT, _ ("Not heard"));
    osc_chip_explain (chip, _ ("Nothing can be heard. New orders show on the whole screen"),
                      _ ("Find the sound"));
  } else if (left > 0) {
    g_autofree char *words = g_strdup_printf (_ ("Sound off %u:%02u"), left / 60, left % 60);

    osc_chip_set (chip, OSC_CHIP_WARNING, words);
  } else {
    show_device (self, chip);
  }
}

static void
on_mute (OscCall *self)
{
  OscShell *shell = osc_window_shell (self->window);

  osc_chip_close (osc_strip_sound (osc_window_strip (self->window)));
  osc_alarm_mute (self->alarm);
  if (shell != NULL)
    osc_toasts_say (GTK_WIDGET (shell),
                    _ ("The sound is off for 5 minutes. New orders flash instead"));
}

static void
on_helped (OscCall *self)
{
  if (osc_alarm_muted_for (self->alarm) > 0)
    osc_alarm_unmute (self->alarm);
  else if (self->ask != NULL &&
           (self->unheard || osc_alarm_get_device (self->alarm) == OSC_SOUND_DEVICE_FAULT))
    osc_sound_ask_help (self->ask);
  else
    osc_alarm_play (self->alarm, OSC_SOUND_NEW);
}

static GtkWidget *
new_mute (OscCall *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Sound off for 5 minutes"));

  gtk_widget_add_css_class (button, "outlined");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_mute), self, G_CONNECT_SWAPPED);
  return button;
}

/* ---- the call ---- */

/* It is told once more, over whatever covers the window. */
static void
tell_again (OscCall *self, OscArrivalQueue *queue)
{
  OscOrderItem *item = osc_arrival_queue_current (queue);
  OscShell *shell = osc_window_shell (self->window);

  if (item == NULL)
    return;
  osc_notify_arrived (self->notify, item,
                      osc_minutes_get (osc_shell_context (shell)->minutes, item));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
show_call (OscCall *self)
{
  OscArrivalQueue *queue = queue_of (self);
  gint64 waited = queue != NULL ? osc_arrival_queue_longest (queue) : -1;
  OscEscalation level = osc_escalation_at (waited);
  gboolean heard = !self->unheard && osc_alarm_muted_for (self->alarm) == 0 &&
                   osc_alarm_get_device (self->alarm) != OSC_SOUND_DEVICE_FAULT;

  if (waited >= 0)
    osc_alarm_set_waited (self->alarm, (guint)(waited / G_TIME_SPAN_SECOND));
  if (level > self->level && level >= OSC_ESCALATION_LOUDER)
    tell_again (self, queue);
  self->level = level;
  osc_window_set_flash (self->window, osc_escalation_flash (level, heard));
}

static void
on_ring (OscCall *self)
{
  OscArrivalQueue *queue = queue_of (self);

  switch (queue != NULL ? osc_arrival_queue_ring (queue) : OSC_RING_NONE) {
  case OSC_RING_FULL: osc_alarm_ring (self->alarm); break;
  case OSC_RING_SOFT: osc_alarm_later (self->alarm); break;
  case OSC_RING_NONE: osc_alarm_stop (self->alarm); break;
  }
  show_call (self);
}

static void
on_sound (OscCall *self)
{
  show_sound (self);
  show_call (self);
}

/* ---- once a day ---- */

static char *
today_of (OscCall *self)
{
  OscShell *shell = osc_window_shell (self->window);
  OscShopStore *shop = osc_shell_context (shell)->shop;

  return osc_shop_store_business_day (shop, osy_clock_now ());
}

static void
on_answered (OscCall *self, gboolean heard)
{
  g_autofree char *today = today_of (self);

  self->unheard = !heard;
  if (heard)
    osc_sound_ask_keep (today);
  on_sound (self);
}

/* When the shop opens, not in the middle of a ringing order, and not on the first day, which has a
 * step for it. */
static void
ask_once_a_day (OscCall *self)
{
  OscShell *shell = osc_window_shell (self->window);
  OsyShop *shop = shell != NULL ? osc_shop_store_get (osc_shell_context (shell)->shop) : NULL;
  g_autofree char *heard_on = NULL;
  g_autofree char *today = NULL;

  if (shop == NULL || self->level != OSC_ESCALATION_NONE || self->unheard ||
      gtk_widget_get_visible (GTK_WIDGET (self->ask)))
    return;
  today = today_of (self);
  heard_on = osc_sound_ask_heard_on ();
  if (osc_sound_ask_is_due (heard_on, today) && !osc_setup_is_wanted (shop) &&
      osy_shop_is_open_at (shop, osy_clock_now ()))
    osc_sound_ask_begin (self->ask);
}

static void
on_moved (OscCall *self)
{
  if (self->ask != NULL && self->level == OSC_ESCALATION_NONE)
    osc_sound_ask_begin (self->ask);
}

/* Where no device plays, the bell of the system may. */
static void
on_requested (OscCall *self)
{
  if (osc_alarm_get_device (self->alarm) == OSC_SOUND_DEVICE_FAULT)
    gdk_display_beep (gtk_widget_get_display (GTK_WIDGET (self->window)));
}

void
osc_call_follow (OscCall *self)
{
  g_return_if_fail (OSC_IS_CALL (self) && queue_of (self) != NULL);

  self->ask = OSC_SOUND_ASK (osc_sound_ask_new (self->alarm));
  osc_shell_set_ask (osc_window_shell (self->window), GTK_WIDGET (self->ask));
  g_signal_connect_object (self->ask, "answered", G_CALLBACK (on_answered), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (queue_of (self), "notify::ring", G_CALLBACK (on_ring), self,
                           G_CONNECT_SWAPPED);
  show_sound (self);
  on_ring (self);
}

void
osc_call_stop (OscCall *self)
{
  g_return_if_fail (OSC_IS_CALL (self));

  osc_alarm_stop (self->alarm);
  self->ask = NULL;
  self->level = OSC_ESCALATION_NONE;
  osc_window_set_flash (self->window, OSC_FLASH_NONE);
}

void
osc_call_tick (OscCall *self)
{
  g_return_if_fail (OSC_IS_CALL (self));

  show_call (self);
  if (osc_alarm_muted_for (self->alarm) > 0)
    show_sound (self);
  if (self->ask != NULL)
    ask_once_a_day (self);
}

/* ---- life ---- */

static void
osc_call_dispose (GObject *object)
{
  OscCall *self = OSC_CALL (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->alarm);
  g_clear_object (&self->notify);
  G_OBJECT_CLASS (osc_call_parent_class)->dispose (object);
}

static void
osc_call_class_init (OscCallClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_call_dispose;
}

static void
osc_call_init (OscCall *self)
{
}

OscCall *
osc_call_new (OscWindow *window, OscAlarm *alarm, OscNotify *notify)
{
  g_return_val_if_fail (OSC_IS_WINDOW (window) && OSC_IS_ALARM (alarm), NULL);
  OscCall *self = g_object_new (OSC_TYPE_CALL, NULL);
  OscChip *chip = osc_strip_sound (osc_window_strip (window));

  self->window = window;
  self->alarm = g_object_ref (alarm);
  self->notify = g_object_ref (notify);
  self->watch = osc_sound_watch_new (alarm);
  osc_chip_set_more (chip, new_mute (self));
  g_signal_connect_object (chip, "helped", G_CALLBACK (on_helped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alarm, "notify::device", G_CALLBACK (on_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alarm, "notify::muted", G_CALLBACK (on_sound), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alarm, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (alarm, "requested", G_CALLBACK (on_requested), self, G_CONNECT_SWAPPED);
  return self;
}
