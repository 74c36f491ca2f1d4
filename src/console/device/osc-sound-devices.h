/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/** OscSoundDevices: where sound can come out of this machine. */

/** osc_sound_devices_list_async: looked up in a thread, since a sound server may be slow. Finish:
 * (transfer full): of GstDevice; empty when there is none. */
void osc_sound_devices_list_async (GAsyncReadyCallback cb, gpointer data);
GPtrArray *osc_sound_devices_list_finish (GAsyncResult *result);
/** osc_sound_devices_name: (transfer full): what people and the settings call @device. */
char *osc_sound_devices_name (GstDevice *device);
/** osc_sound_devices_is_real: Returns: FALSE for the one that only swallows sounds, which a sound
 * server offers where there is none. */
gboolean osc_sound_devices_is_real (GstDevice *device);
/** osc_sound_devices_make_sink: Returns: (transfer floating) (nullable): a sink of the device of
 * that name; NULL when it is not among @devices. */
GstElement *osc_sound_devices_make_sink (GPtrArray *devices, const char *name);

G_END_DECLS
