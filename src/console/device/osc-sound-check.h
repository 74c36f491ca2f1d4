/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-alarm.h"

G_BEGIN_DECLS

/** OscSoundCheck: plays the sound of a new order and, where it was not heard, walks through volume
 * and output devices. Signal "played": each time it was asked for. */
#define OSC_TYPE_SOUND_CHECK (osc_sound_check_get_type ())
G_DECLARE_FINAL_TYPE (OscSoundCheck, osc_sound_check, OSC, SOUND_CHECK, GtkWidget)

/** osc_sound_check_new: nothing is played yet. */
GtkWidget *osc_sound_check_new (OscAlarm *alarm);
/** osc_sound_check_play: plays it, and asks whether it was heard. */
void osc_sound_check_play (OscSoundCheck *self);
/** osc_sound_check_hide_play: the first time it is played by a button elsewhere. */
void osc_sound_check_hide_play (OscSoundCheck *self);
/** osc_sound_check_show_trouble: the sound was not heard: shows what can be done. */
void osc_sound_check_show_trouble (OscSoundCheck *self);
/** osc_sound_check_take_devices: @names: NULL-terminated; what the list shows. */
void osc_sound_check_take_devices (OscSoundCheck *self, const char *const *names);

G_END_DECLS
