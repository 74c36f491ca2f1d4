/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-alarm.h"
#include "osc-shell.h"

G_BEGIN_DECLS

/** OscOutages: keeps a shell's strip of what does not work up to date: printers and sound as they
 * are told, the server's own parts by asking it. */
#define OSC_TYPE_OUTAGES (osc_outages_get_type ())
G_DECLARE_FINAL_TYPE (OscOutages, osc_outages, OSC, OUTAGES, GObject)

/** osc_outages_new: @shell: borrowed: not used once it is gone. */
OscOutages *osc_outages_new (OscShell *shell, OscAlarm *alarm);
/** osc_outages_tick: a second has passed; now and then the server is asked how it is. */
void osc_outages_tick (OscOutages *self);
/** osc_outages_take: @report: of getHealthReport. */
void osc_outages_take (OscOutages *self, JsonNode *report);

G_END_DECLS
