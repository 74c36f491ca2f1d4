/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The alarm: a timer asks for sounds, a playbin plays them. Asking is told by "requested" so that
 * the screen can follow even where no device plays; a failing device is a state, never a crash. */

#include "osc-alarm.h"

#include <gst/gst.h>

#include "osc-escalation.h"
#include "osc-sound-devices.h"
#include "osc-sounds-resource.h"

#define PREFIX "resource:///com/ordersync/Console/sounds/"
#define RING_SECONDS 3
#define LATER_SECONDS 20
#define LATE_PAUSE (120 * G_TIME_SPAN_SECOND)
#define FLOOR 0.4
#define DEFAULT_VOLUME 0.7

struct _OscAlarm {
  GObject parent;
  GstElement *playbin; /* NULL when GStreamer is not there */
  guint bus_id;
  double volume;
  char *output; /* "": the one the system chooses */
  guint output_serial;
  OscSoundDevice device;
  GStrv devices; /* (nullable): not told yet */
  gboolean ringing;
  gboolean later;
  gint64 ringing_since;
  guint ring_id;
  OscMute mute;
  guint mute_id;
  GHashTable *late_at; /* order id → gint64* monotonic */
};

enum {
  PROP_RINGING = 1,
  PROP_LATER,
  PROP_DEVICE,
  PROP_DEVICE_OK,
  PROP_MUTED,
  PROP_OUTPUT,
  PROP_VOLUME,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

enum { REQUESTED, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const sound_names[] = {
    [OSC_SOUND_NEW] = "new",
    [OSC_SOUND_CHANGED] = "changed",
    [OSC_SOUND_CANCELED] = "canceled",
    [OSC_SOUND_LATE] = "late",
    [OSC_SOUND_FAULT] = "fault",
    [OSC_SOUND_WARNING] = "warning",
    [OSC_SOUND_ATTENTION] = "attention",
};

G_DEFINE_FINAL_TYPE (OscAlarm, osc_alarm, G_TYPE_OBJECT)

/* ---- the device ---- */

static void
set_device (OscAlarm *self, OscSoundDevice device)
{
  gboolean was_ok = self->device != OSC_SOUND_DEVICE_FAULT;

  if (self->device == device)
    return;
  self->device = device;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE]);
  if (was_ok != (device != OSC_SOUND_DEVICE_FAULT))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEVICE_OK]);
}

static void
device_failed (OscAlarm *self, GstMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else
    gst_message_parse_warning (message, &error, NULL);
  g_info ("The sound could not be played: %s", error->message);
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  set_device (self, OSC_SOUND_DEVICE_FAULT);
}

static gboolean
bus_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  OscAlarm *self = user_data;

  switch (GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR: device_failed (self, message); break;
  case GST_MESSAGE_WARNING:
    /* Where no sink works the automatic one only warns, and plays into nothing. */
    if (g_str_has_prefix (GST_MESSAGE_SRC_NAME (message), "autoaudiosink") ||
        g_str_has_prefix (GST_MESSAGE_SRC_NAME (message), "alarm-sink"))
      device_failed (self, message);
    break;
  case GST_MESSAGE_EOS:
    gst_element_set_state (self->playbin, GST_STATE_READY);
    set_device (self, OSC_SOUND_DEVICE_OK);
    break;
  default: break;
  }
  return G_SOURCE_CONTINUE;
}

static void
build_player (OscAlarm *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstBus) bus = NULL;

  if (gst_init_check (NULL, NULL, &error))
    self->playbin = gst_element_factory_make ("playbin", NULL);
  if (self->playbin == NULL) {
    g_info ("There is no player for sounds: %s", error != NULL ? error->message : "no playbin");
    return;
  }
  gst_object_ref_sink (self->playbin);
  g_object_set (self->playbin, "audio-sink",
                gst_element_factory_make ("autoaudiosink", "alarm-sink"), "video-sink",
                gst_element_factory_make ("fakesink", NULL), NULL);
  bus = gst_element_get_bus (self->playbin);
  self->bus_id = gst_bus_add_watch (bus, bus_cb, self);
}

/* Only a player at rest takes another sink. */
static void
use_sink (OscAlarm *self, GstElement *sink)
{
  gst_element_set_state (self->playbin, GST_STATE_NULL);
  g_object_set (self->playbin, "audio-sink",
                sink != NULL ? sink : gst_element_factory_make ("autoaudiosink", "alarm-sink"),
                NULL);
  set_device (self, OSC_SOUND_DEVICE_UNKNOWN);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTPUT]);
}

typedef struct {
  OscAlarm *self;
  guint serial;
} Looking;

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Looking *looking = user_data;
  g_autoptr (OscAlarm) self = looking->self;
  guint serial = looking->serial;
  g_autoptr (GPtrArray) devices = osc_sound_devices_list_finish (result);

  g_free (looking);
  if (serial == self->output_serial && self->playbin != NULL)
    use_sink (self, osc_sound_devices_make_sink (devices, self->output));
}

static void
use_output (OscAlarm *self)
{
  Looking *looking;

  self->output_serial++;
  if (self->playbin == NULL)
    return;
  if (self->output[0] == '\0') {
    use_sink (self, NULL);
    return;
  }
  looking = g_new0 (Looking, 1);
  looking->self = g_object_ref (self);
  looking->serial = self->output_serial;
  osc_sound_devices_list_async (looked_cb, looking);
}

void
osc_alarm_set_output (OscAlarm *self, const char *name)
{
  g_return_if_fail (OSC_IS_ALARM (self) && name != NULL);

  if (g_str_equal (name, self->output))
    return;
  g_free (self->output);
  self->output = g_strdup (name);
  use_output (self);
}

void
osc_alarm_take_devices (OscAlarm *self, const char *const *names)
{
  g_return_if_fail (OSC_IS_ALARM (self) && names != NULL);
  g_auto (GStrv) before = g_steal_pointer (&self->devices);
  gboolean gone = FALSE;

  self->devices = g_strdupv ((char **)names);
  if (names[0] == NULL) {
    set_device (self, OSC_SOUND_DEVICE_FAULT);
    return;
  }
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    gone = gone || !g_strv_contains (names, before[i]);
  if (before == NULL && self->device != OSC_SOUND_DEVICE_FAULT)
    return;
  /* It comes out somewhere else now, or comes out again: whether it does is not known yet. */
  if (gone || self->device == OSC_SOUND_DEVICE_FAULT ||
      (g_strv_contains (names, self->output) &&
       !g_strv_contains ((const char *const *)before, self->output))) {
    use_output (self);
    g_signal_emit (self, signals[MOVED], 0);
  }
}

const char *
osc_alarm_get_output (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), "");
  return self->output;
}

double
osc_alarm_loudness (double volume, guint seconds)
{
  int steps = (int)osc_escalation_at (seconds * G_TIME_SPAN_SECOND) - OSC_ESCALATION_RINGS;

  return volume + (1.0 - volume) / 3 * steps;
}

static void
play (OscAlarm *self, OscSound sound)
{
  g_autofree char *uri = g_strconcat (PREFIX, sound_names[sound], ".wav", NULL);
  guint seconds = self->later ? 0 : osc_alarm_rang_for (self);
  double volume = osc_alarm_loudness (self->volume, seconds);

  if (osc_alarm_muted_for (self) > 0)
    return;
  g_signal_emit (self, signals[REQUESTED], 0, (int)sound, volume);
  if (self->playbin == NULL) {
    set_device (self, OSC_SOUND_DEVICE_FAULT);
    return;
  }
  gst_element_set_state (self->playbin, GST_STATE_READY);
  g_object_set (self->playbin, "uri", uri, "volume", volume, NULL);
  if (gst_element_set_state (self->playbin, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    gst_element_set_state (self->playbin, GST_STATE_NULL);
    set_device (self, OSC_SOUND_DEVICE_FAULT);
  }
}

/* ---- ringing ---- */

static gboolean
ring_cb (gpointer user_data)
{
  play (user_data, OSC_SOUND_NEW);
  return G_SOURCE_CONTINUE;
}

static void
set_later (OscAlarm *self, gboolean later)
{
  if (self->later == later)
    return;
  self->later = later;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LATER]);
}

static void
set_ringing (OscAlarm *self, gboolean ringing)
{
  if (self->ringing == ringing)
    return;
  self->ringing = ringing;
  self->ringing_since = ringing ? g_get_monotonic_time () : 0;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RINGING]);
}

static void
ring_every (OscAlarm *self, guint seconds)
{
  g_clear_handle_id (&self->ring_id, g_source_remove);
  self->ring_id = g_timeout_add_seconds (seconds, ring_cb, self);
}

void
osc_alarm_ring (OscAlarm *self)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (self->ringing && !self->later)
    return;
  set_ringing (self, TRUE);
  set_later (self, FALSE);
  ring_every (self, RING_SECONDS);
  play (self, OSC_SOUND_NEW);
}

void
osc_alarm_later (OscAlarm *self)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (!self->ringing || self->later)
    return;
  set_later (self, TRUE);
  ring_every (self, LATER_SECONDS);
}

void
osc_alarm_stop (OscAlarm *self)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (!self->ringing)
    return;
  g_clear_handle_id (&self->ring_id, g_source_remove);
  if (self->playbin != NULL)
    gst_element_set_state (self->playbin, GST_STATE_READY);
  set_later (self, FALSE);
  set_ringing (self, FALSE);
}

guint
osc_alarm_rang_for (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), 0);
  if (!self->ringing)
    return 0;
  return (guint)((g_get_monotonic_time () - self->ringing_since) / G_TIME_SPAN_SECOND);
}

void
osc_alarm_set_waited (OscAlarm *self, guint seconds)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (self->ringing)
    self->ringing_since = g_get_monotonic_time () - seconds * G_TIME_SPAN_SECOND;
}

/* ---- silence ---- */

guint
osc_alarm_muted_for (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), 0);
  return osc_mute_left (&self->mute, g_get_monotonic_time ());
}

/* What rings is heard at once, not only with its next turn. */
static gboolean
unmute_cb (gpointer user_data)
{
  OscAlarm *self = user_data;

  self->mute_id = 0;
  osc_mute_end (&self->mute);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
  if (self->ringing && !self->later)
    play (self, OSC_SOUND_NEW);
  return G_SOURCE_REMOVE;
}

void
osc_alarm_mute (OscAlarm *self)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (self->mute_id != 0)
    return;
  osc_mute_begin (&self->mute, g_get_monotonic_time ());
  self->mute_id = g_timeout_add_seconds (OSC_MUTE_SECONDS, unmute_cb, self);
  if (self->playbin != NULL)
    gst_element_set_state (self->playbin, GST_STATE_READY);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MUTED]);
}

void
osc_alarm_unmute (OscAlarm *self)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  if (self->mute_id == 0)
    return;
  g_clear_handle_id (&self->mute_id, g_source_remove);
  unmute_cb (self);
}

void
osc_alarm_play (OscAlarm *self, OscSound sound)
{
  g_return_if_fail (OSC_IS_ALARM (self) && sound < G_N_ELEMENTS (sound_names));
  play (self, sound);
}

static gboolean
is_old (gpointer key, gpointer value, gpointer now)
{
  return *(gint64 *)now - *(gint64 *)value >= LATE_PAUSE;
}

void
osc_alarm_late (OscAlarm *self, const char *order_id)
{
  g_return_if_fail (OSC_IS_ALARM (self) && order_id != NULL);
  gint64 now = g_get_monotonic_time ();

  g_hash_table_foreach_remove (self->late_at, is_old, &now);
  if (g_hash_table_contains (self->late_at, order_id))
    return;
  g_hash_table_insert (self->late_at, g_strdup (order_id), g_memdup2 (&now, sizeof now));
  play (self, OSC_SOUND_LATE);
}

void
osc_alarm_set_volume (OscAlarm *self, double volume)
{
  g_return_if_fail (OSC_IS_ALARM (self));
  volume = CLAMP (volume, FLOOR, 1.0);
  if (self->volume == volume)
    return;
  self->volume = volume;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VOLUME]);
}

double
osc_alarm_get_volume (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), 0);
  return self->volume;
}

OscSoundDevice
osc_alarm_get_device (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), OSC_SOUND_DEVICE_UNKNOWN);
  return self->device;
}

gboolean
osc_alarm_get_ringing (OscAlarm *self)
{
  g_return_val_if_fail (OSC_IS_ALARM (self), FALSE);
  return self->ringing;
}

/* ---- the object ---- */

static void
osc_alarm_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscAlarm *self = OSC_ALARM (object);

  switch (id) {
  case PROP_RINGING: g_value_set_boolean (value, self->ringing); break;
  case PROP_LATER: g_value_set_boolean (value, self->later); break;
  case PROP_DEVICE: g_value_set_int (value, (int)self->device); break;
  case PROP_DEVICE_OK: g_value_set_boolean (value, self->device != OSC_SOUND_DEVICE_FAULT); break;
  case PROP_MUTED: g_value_set_boolean (value, self->mute_id != 0); break;
  case PROP_OUTPUT: g_value_set_string (value, self->output); break;
  case PROP_VOLUME: g_value_set_double (value, self->volume); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_alarm_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscAlarm *self = OSC_ALARM (object);

  if (id == PROP_OUTPUT)
    osc_alarm_set_output (self,
                          g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
  else if (id == PROP_VOLUME)
    osc_alarm_set_volume (self, g_value_get_double (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
osc_alarm_dispose (GObject *object)
{
  OscAlarm *self = OSC_ALARM (object);

  g_clear_handle_id (&self->ring_id, g_source_remove);
  g_clear_handle_id (&self->mute_id, g_source_remove);
  g_clear_handle_id (&self->bus_id, g_source_remove);
  if (self->playbin != NULL)
    gst_element_set_state (self->playbin, GST_STATE_NULL);
  g_clear_pointer (&self->playbin, gst_object_unref);
  g_clear_pointer (&self->late_at, g_hash_table_unref);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->devices, g_strfreev);
  G_OBJECT_CLASS (osc_alarm_parent_class)->dispose (object);
}

static void
osc_alarm_class_init (OscAlarmClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_alarm_get_property;
  object_class->set_property = osc_alarm_set_property;
  object_class->dispose = osc_alarm_dispose;
  properties[PROP_RINGING] = g_param_spec_boolean ("ringing", NULL, NULL, FALSE, flags);
  properties[PROP_LATER] = g_param_spec_boolean ("later", NULL, NULL, FALSE, flags);
  properties[PROP_DEVICE] = g_param_spec_int ("device", NULL, NULL, 0, OSC_SOUND_DEVICE_FAULT,
                                              OSC_SOUND_DEVICE_UNKNOWN, flags);
  properties[PROP_DEVICE_OK] = g_param_spec_boolean ("device-ok", NULL, NULL, TRUE, flags);
  properties[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, flags);
  flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  properties[PROP_OUTPUT] = g_param_spec_string ("output", NULL, NULL, "", flags);
  properties[PROP_VOLUME] =
      g_param_spec_double ("volume", NULL, NULL, FLOOR, 1, DEFAULT_VOLUME, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_DOUBLE);
  signals[MOVED] = g_signal_new ("moved", OSC_TYPE_ALARM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  g_resources_register (osc_sounds_get_resource ());
}

static void
osc_alarm_init (OscAlarm *self)
{
  self->volume = DEFAULT_VOLUME;
  self->output = g_strdup ("");
  self->late_at = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  build_player (self);
}

OscAlarm *
osc_alarm_new (void)
{
  return g_object_new (OSC_TYPE_ALARM, NULL);
}
