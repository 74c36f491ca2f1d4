/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When a call gets louder, and for how long it may be silent. */

#include "osc-escalation.h"

OscEscalation
osc_escalation_at (gint64 waited)
{
  if (waited < 0)
    return OSC_ESCALATION_NONE;
  if (waited < 30 * G_TIME_SPAN_SECOND)
    return OSC_ESCALATION_RINGS;
  if (waited < 60 * G_TIME_SPAN_SECOND)
    return OSC_ESCALATION_LOUDER;
  return waited < 120 * G_TIME_SPAN_SECOND ? OSC_ESCALATION_FLASHES : OSC_ESCALATION_LATE;
}

OscFlash
osc_escalation_flash (OscEscalation level, gboolean heard)
{
  switch (level) {
  case OSC_ESCALATION_NONE: return OSC_FLASH_NONE;
  case OSC_ESCALATION_RINGS:
  case OSC_ESCALATION_LOUDER: return heard ? OSC_FLASH_NONE : OSC_FLASH_NEW;
  case OSC_ESCALATION_FLASHES: return OSC_FLASH_SOON;
  case OSC_ESCALATION_LATE: return OSC_FLASH_LATE;
  }
  return OSC_FLASH_NONE;
}

void
osc_mute_begin (OscMute *self, gint64 now)
{
  if (osc_mute_left (self, now) == 0)
    self->until = now + OSC_MUTE_SECONDS * G_TIME_SPAN_SECOND;
}

void
osc_mute_end (OscMute *self)
{
  self->until = 0;
}

guint
osc_mute_left (const OscMute *self, gint64 now)
{
  if (self->until <= now)
    return 0;
  return (guint)((self->until - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}
