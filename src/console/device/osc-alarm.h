/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** One sound per meaning (console-ux §5). */
typedef enum {
  OSC_SOUND_NEW,      /* two notes */
  OSC_SOUND_CHANGED,  /* one short */
  OSC_SOUND_CANCELED, /* three falling */
  OSC_SOUND_LATE,
  OSC_SOUND_FAULT,     /* low buzz */
  OSC_SOUND_WARNING,   /* high and low in turn: somebody attacks */
  OSC_SOUND_ATTENTION, /* one note, then two higher ones: an order needs a person */
} OscSound;

typedef enum {
  OSC_SOUND_DEVICE_UNKNOWN, /* nothing was played yet */
  OSC_SOUND_DEVICE_OK,
  OSC_SOUND_DEVICE_FAULT, /* the last sound did not come out: flash the screen instead */
} OscSoundDevice;

/**
 * OscAlarm: the sounds of the counter. New orders ring until someone acts.
 * Properties (notify): "ringing" (gboolean), "later" (gboolean), "device" (int: OscSoundDevice),
 * "device-ok" (gboolean: not FAULT), "muted" (gboolean), "output" (text, writable: the name of the
 * device sounds go to,
 * "" for the one the system chooses; one that is not there falls back to that), "volume" (double,
 * writable: as osc_alarm_set_volume()). Signal: "requested" (int: OscSound, double volume 0–1): a
 * sound should be heard now, emitted whether or not a device plays it, but not while muted;
 * "moved": devices came or went, and sounds come out somewhere else, which nobody has heard yet.
 */
#define OSC_TYPE_ALARM (osc_alarm_get_type ())
G_DECLARE_FINAL_TYPE (OscAlarm, osc_alarm, OSC, ALARM, GObject)

/** osc_alarm_new: silent; a machine without a player is a state, not an error. */
OscAlarm *osc_alarm_new (void);

/** osc_alarm_ring: "new" now and every 3 s, louder from 30, 60 and 120 s on, until
 * osc_alarm_stop(). While it rings already nothing changes; after osc_alarm_later() it rings fully
 * again. */
void osc_alarm_ring (OscAlarm *self);
/** osc_alarm_later: a ringing alarm falls to one chime every 20 s. */
void osc_alarm_later (OscAlarm *self);
/** osc_alarm_stop: someone acted on the last waiting order. */
void osc_alarm_stop (OscAlarm *self);
/** osc_alarm_rang_for: Returns: whole seconds since the ringing began; 0 when silent. */
guint osc_alarm_rang_for (OscAlarm *self);
/** osc_alarm_set_waited: the ringing is as old as the order that it is for: @seconds. */
void osc_alarm_set_waited (OscAlarm *self, guint seconds);
/** osc_alarm_mute: no sound for OSC_MUTE_SECONDS, then again by itself; not made longer. */
void osc_alarm_mute (OscAlarm *self);
void osc_alarm_unmute (OscAlarm *self);
/** osc_alarm_muted_for: Returns: seconds that are left of it; 0: sounds are heard. */
guint osc_alarm_muted_for (OscAlarm *self);

/** osc_alarm_play: once. Also the sound check of the settings. */
void osc_alarm_play (OscAlarm *self, OscSound sound);
/** osc_alarm_late: OSC_SOUND_LATE, at most once in 2 minutes for each order. */
void osc_alarm_late (OscAlarm *self, const char *order_id);
/** osc_alarm_set_volume: 0.4 (the floor while the shop is open) to 1. */
void osc_alarm_set_volume (OscAlarm *self, double volume);
double osc_alarm_get_volume (OscAlarm *self);
/** osc_alarm_set_output: as the property "output", which notifies once the device is in use. */
void osc_alarm_set_output (OscAlarm *self, const char *name);
/** osc_alarm_get_output: (transfer none): "" for the one the system chooses. */
const char *osc_alarm_get_output (OscAlarm *self);
/** osc_alarm_take_devices: @names: NULL-terminated: the devices there are now. Without any nothing
 * is heard; when one has gone, or the chosen one has come, sounds go where they can ("output"), and
 * the device is UNKNOWN until one was played. */
void osc_alarm_take_devices (OscAlarm *self, const char *const *names);
/** osc_alarm_loudness: Returns: how loud @volume has become after @seconds of ringing. */
double osc_alarm_loudness (double volume, guint seconds);
OscSoundDevice osc_alarm_get_device (OscAlarm *self);
gboolean osc_alarm_get_ringing (OscAlarm *self);

G_END_DECLS
