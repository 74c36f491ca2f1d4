/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Output devices, as GStreamer's monitor finds them. */

#include "osc-sound-devices.h"

static void
list_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (gst_object_unref);
  g_autoptr (GstDeviceMonitor) monitor = NULL;
  GList *devices;

  if (gst_init_check (NULL, NULL, NULL)) {
    monitor = gst_device_monitor_new ();
    gst_device_monitor_add_filter (monitor, "Audio/Sink", NULL);
    if (gst_device_monitor_start (monitor)) {
      devices = gst_device_monitor_get_devices (monitor);
      for (GList *link = devices; link != NULL; link = link->next)
        if (osc_sound_devices_is_real (link->data))
          g_ptr_array_add (found, gst_object_ref (link->data));
      g_list_free_full (devices, gst_object_unref);
      gst_device_monitor_stop (monitor);
    }
  }
  g_task_return_pointer (task, g_steal_pointer (&found), (GDestroyNotify)g_ptr_array_unref);
}

void
osc_sound_devices_list_async (GAsyncReadyCallback cb, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, cb, data);

  g_task_set_source_tag (task, osc_sound_devices_list_async);
  g_task_run_in_thread (task, list_thread);
}

GPtrArray *
osc_sound_devices_list_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

char *
osc_sound_devices_name (GstDevice *device)
{
  g_return_val_if_fail (GST_IS_DEVICE (device), NULL);
  return gst_device_get_display_name (device);
}

/* The sound server puts it up when the last device has gone. */
#define NOWHERE "auto_null"

gboolean
osc_sound_devices_is_real (GstDevice *device)
{
  g_return_val_if_fail (GST_IS_DEVICE (device), FALSE);
  g_autofree char *internal = NULL;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (device), "internal-name") == NULL)
    return TRUE;
  g_object_get (device, "internal-name", &internal, NULL);
  return g_strcmp0 (internal, NOWHERE) != 0;
}

GstElement *
osc_sound_devices_make_sink (GPtrArray *devices, const char *name)
{
  g_return_val_if_fail (devices != NULL && name != NULL, NULL);
  for (guint i = 0; i < devices->len; i++) {
    g_autofree char *own = osc_sound_devices_name (g_ptr_array_index (devices, i));

    if (g_strcmp0 (own, name) == 0)
      return gst_device_create_element (g_ptr_array_index (devices, i), "alarm-sink");
  }
  return NULL;
}
