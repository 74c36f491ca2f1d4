/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-alarm.h"
#include "osc-alert-store.h"
#include "osc-notify.h"

G_BEGIN_DECLS

/** OscAlertCall: lets alerts be heard: a desktop notification that stays until the alert ends, and
 * one sound. Which were heard is kept in this machine's settings, so that a restart says nothing
 * twice. */
#define OSC_TYPE_ALERT_CALL (osc_alert_call_get_type ())
G_DECLARE_FINAL_TYPE (OscAlertCall, osc_alert_call, OSC, ALERT_CALL, GObject)

/** osc_alert_call_new: @notify, @alarm: (nullable): none. */
OscAlertCall *osc_alert_call_new (OscAlertStore *store, OscNotify *notify, OscAlarm *alarm);

G_END_DECLS
