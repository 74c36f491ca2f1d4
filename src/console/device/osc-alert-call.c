/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From alerts to the desktop. */

#include "osc-alert-call.h"

#include <glib/gi18n.h>

#include "osc-settings.h"

#define TOLD "alerts-told"

struct _OscAlertCall {
  GObject parent_instance;
  OscAlertStore *store;
  OscNotify *notify; /* nullable */
  OscAlarm *alarm;   /* nullable */
};

G_DEFINE_FINAL_TYPE (OscAlertCall, osc_alert_call, G_TYPE_OBJECT)

/* Written before it is shown: rather once too few than again and again. */
static void
keep (OscAlertCall *self)
{
  g_auto (GStrv) told = osc_alert_store_told (self->store);

  if (osc_settings_get () != NULL)
    g_settings_set_strv (osc_settings_get (), TOLD, (const char *const *)told);
}

static void
on_raised (OscAlertCall *self, const OscAlert *alert)
{
  keep (self);
  if (self->notify != NULL)
    osc_notify_warn (self->notify, alert->id, _ ("Needs attention"), alert->text);
  if (self->alarm != NULL)
    osc_alarm_play (self->alarm, OSC_SOUND_ATTENTION);
}

static void
on_ended (OscAlertCall *self, const char *id)
{
  if (self->notify != NULL)
    osc_notify_withdraw (self->notify, id);
}

static void
osc_alert_call_finalize (GObject *object)
{
  OscAlertCall *self = OSC_ALERT_CALL (object);
  GPtrArray *list = osc_alert_store_list (self->store);

  /* Who signs out leaves nothing on the desktop. */
  for (guint i = 0; self->notify != NULL && i < list->len; i++)
    osc_notify_withdraw (self->notify, ((const OscAlert *)list->pdata[i])->id);
  g_clear_object (&self->store);
  g_clear_object (&self->notify);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (osc_alert_call_parent_class)->finalize (object);
}

static void
osc_alert_call_class_init (OscAlertCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_alert_call_finalize;
}

static void
osc_alert_call_init (OscAlertCall *self)
{
}

OscAlertCall *
osc_alert_call_new (OscAlertStore *store, OscNotify *notify, OscAlarm *alarm)
{
  g_return_val_if_fail (OSC_IS_ALERT_STORE (store), NULL);
  OscAlertCall *self = g_object_new (OSC_TYPE_ALERT_CALL, NULL);
  g_auto (GStrv) told =
      osc_settings_get () != NULL ? g_settings_get_strv (osc_settings_get (), TOLD) : NULL;

  g_set_object (&self->store, store);
  g_set_object (&self->notify, notify);
  g_set_object (&self->alarm, alarm);
  if (told != NULL)
    osc_alert_store_set_told (store, (const char *const *)told);
  g_signal_connect_object (store, "raised", G_CALLBACK (on_raised), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "ended", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (keep), self, G_CONNECT_SWAPPED);
  return self;
}
