/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** OscEscalation: how far the call for a person has come. Rules only: whoever uses them brings the
 * time, and rings, flashes and buzzes. */
typedef enum {
  OSC_ESCALATION_NONE,    /* nobody is waited for */
  OSC_ESCALATION_RINGS,   /* an order came */
  OSC_ESCALATION_LOUDER,  /* from 30 s on: louder, and told once more */
  OSC_ESCALATION_FLASHES, /* from 60 s on: louder again, and the whole window */
  OSC_ESCALATION_LATE,    /* from 120 s on: as loud as can be; the order is late */
} OscEscalation;

/** osc_escalation_at: @waited: µs that the order has waited which waits longest of those that
 * nobody has put off; negative: there is none. */
OscEscalation osc_escalation_at (gint64 waited);

/** What the window shows around everything. */
typedef enum { OSC_FLASH_NONE, OSC_FLASH_NEW, OSC_FLASH_SOON, OSC_FLASH_LATE } OscFlash;

/** osc_escalation_flash: @heard: whether sounds come out: not muted, and a device plays. Where
 * nothing is heard the window flashes from the first second on. */
OscFlash osc_escalation_flash (OscEscalation level, gboolean heard);

/** Longest time for which the sound can be off. */
#define OSC_MUTE_SECONDS 300

/** OscMute: a time without sound, which ends by itself. Starts as {0}; times are monotonic µs. */
typedef struct {
  gint64 until;
} OscMute;

/** osc_mute_begin: for OSC_MUTE_SECONDS from @now; one that runs already is not made longer. */
void osc_mute_begin (OscMute *self, gint64 now);
void osc_mute_end (OscMute *self);
/** osc_mute_left: Returns: seconds, begun ones counted whole; 0: sounds are heard. */
guint osc_mute_left (const OscMute *self, gint64 now);

G_END_DECLS
