/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* GStreamer's monitor of devices, which is begun in a thread, since a sound server may be slow. */

#include "osc-sound-watch.h"

#include <gst/gst.h>

#include "osc-sound-devices.h"

struct _OscSoundWatch {
  GObject parent_instance;
  OscAlarm *alarm;
  GstDeviceMonitor *monitor; /* nullable */
  guint bus_id;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (OscSoundWatch, osc_sound_watch, G_TYPE_OBJECT)

static void
monitor_free (gpointer monitor)
{
  gst_device_monitor_stop (monitor);
  gst_object_unref (monitor);
}

static void
start_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GstDeviceMonitor) monitor = NULL;

  if (gst_init_check (NULL, NULL, NULL)) {
    monitor = gst_device_monitor_new ();
    gst_device_monitor_add_filter (monitor, "Audio/Sink", NULL);
    if (!gst_device_monitor_start (monitor))
      g_clear_object (&monitor);
  }
  g_task_return_pointer (task, g_steal_pointer (&monitor), monitor_free);
}

static void
tell (OscSoundWatch *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  GList *devices = gst_device_monitor_get_devices (self->monitor);

  for (GList *link = devices; link != NULL; link = link->next) {
    g_autofree char *name = osc_sound_devices_name (link->data);

    if (osc_sound_devices_is_real (link->data))
      g_strv_builder_add (names, name);
  }
  g_list_free_full (devices, gst_object_unref);
  all = g_strv_builder_end (names);
  osc_alarm_take_devices (self->alarm, (const char *const *)all);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  GstMessageType type = GST_MESSAGE_TYPE (message);

  if (type == GST_MESSAGE_DEVICE_ADDED || type == GST_MESSAGE_DEVICE_REMOVED)
    tell (user_data);
  return G_SOURCE_CONTINUE;
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OscSoundWatch *self = OSC_SOUND_WATCH (source);
  g_autoptr (GstBus) bus = NULL;

  self->monitor = g_task_propagate_pointer (G_TASK (result), NULL);
  if (self->monitor == NULL)
    return;
  bus = gst_device_monitor_get_bus (self->monitor);
  self->bus_id = gst_bus_add_watch (bus, bus_cb, self);
  tell (self);
}

static void
osc_sound_watch_dispose (GObject *object)
{
  OscSoundWatch *self = OSC_SOUND_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->bus_id, g_source_remove);
  g_clear_pointer (&self->monitor, monitor_free);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (osc_sound_watch_parent_class)->dispose (object);
}

static void
osc_sound_watch_class_init (OscSoundWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_sound_watch_dispose;
}

static void
osc_sound_watch_init (OscSoundWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

OscSoundWatch *
osc_sound_watch_new (OscAlarm *alarm)
{
  g_return_val_if_fail (OSC_IS_ALARM (alarm), NULL);
  OscSoundWatch *self = g_object_new (OSC_TYPE_SOUND_WATCH, NULL);
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, started_cb, NULL);

  self->alarm = g_object_ref (alarm);
  g_task_set_source_tag (task, osc_sound_watch_new);
  g_task_run_in_thread (task, start_thread);
  return self;
}
