/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-alarm.h"

G_BEGIN_DECLS

/** OscSoundAsk: "Did you hear it?", once a day under the strip. Who says no is walked through
 * speaker, volume and devices. Signal "answered" (gboolean heard). */
#define OSC_TYPE_SOUND_ASK (osc_sound_ask_get_type ())
G_DECLARE_FINAL_TYPE (OscSoundAsk, osc_sound_ask, OSC, SOUND_ASK, GtkWidget)

/** osc_sound_ask_new: hidden until asked. */
GtkWidget *osc_sound_ask_new (OscAlarm *alarm);
/** osc_sound_ask_begin: plays the sound of a new order, and asks. */
void osc_sound_ask_begin (OscSoundAsk *self);
/** osc_sound_ask_help: shows what can be done, over the window. Returns: (transfer none): the sheet
 * with it. */
GtkWidget *osc_sound_ask_help (OscSoundAsk *self);

/** osc_sound_ask_is_due: whether somebody is to be asked on @today; @heard_on: (nullable): the
 * business day on which the sound was heard last. */
gboolean osc_sound_ask_is_due (const char *heard_on, const char *today);
/** osc_sound_ask_heard_on: (transfer full) (nullable): that day, as this machine remembers it; NULL
 * when it remembers nothing at all. osc_sound_ask_keep: remembers @today. */
char *osc_sound_ask_heard_on (void);
void osc_sound_ask_keep (const char *today);

G_END_DECLS
