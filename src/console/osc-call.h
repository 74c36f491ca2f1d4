/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-alarm.h"
#include "osc-notify.h"
#include "osc-window.h"

G_BEGIN_DECLS

/** OscCall: what is done until somebody answers a new order: the alarm, the window that flashes,
 * the notification once more, and the chip of the sound with its silence of five minutes. */
#define OSC_TYPE_CALL (osc_call_get_type ())
G_DECLARE_FINAL_TYPE (OscCall, osc_call, OSC, CALL, GObject)

/** osc_call_new: @window: borrowed: it outlives the call. */
OscCall *osc_call_new (OscWindow *window, OscAlarm *alarm, OscNotify *notify);
/** osc_call_follow: the shop that @window shows is open: its waiting orders are called for. */
void osc_call_follow (OscCall *self);
/** osc_call_stop: nobody is signed in any more. */
void osc_call_stop (OscCall *self);
/** osc_call_tick: a second has passed. */
void osc_call_tick (OscCall *self);

G_END_DECLS
