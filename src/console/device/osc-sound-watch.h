/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-alarm.h"

G_BEGIN_DECLS

/** OscSoundWatch: tells an alarm which devices there are, from the start on and whenever one comes
 * or goes: what is unplugged is noticed before an order is missed. */
#define OSC_TYPE_SOUND_WATCH (osc_sound_watch_get_type ())
G_DECLARE_FINAL_TYPE (OscSoundWatch, osc_sound_watch, OSC, SOUND_WATCH, GObject)

/** osc_sound_watch_new: never blocks; where nothing can be watched @alarm is told nothing. */
OscSoundWatch *osc_sound_watch_new (OscAlarm *alarm);

G_END_DECLS
