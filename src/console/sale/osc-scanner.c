/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bursts of keys. Codes are ASCII, so anything else ends a burst. */

#include "osc-scanner.h"

#include <gdk/gdk.h>

#define BURST_MS 35
#define MIN_LENGTH 6

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
}

static gboolean
is_shift (guint keyval)
{
  return keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R;
}

OscScanStep
osc_scanner_key (OscScanner *self, guint keyval, guint32 ms)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  gboolean fast = self->length > 0 && ms - self->last_ms < BURST_MS;
  gboolean complete;

  /* Scanners press Shift for capitals. */
  if (is_shift (keyval))
    return OSC_SCAN_NOTHING;
  if (is_enter (keyval)) {
    complete = fast && self->length >= MIN_LENGTH;
    self->text[self->length] = '\0';
    self->length = 0;
    return complete ? OSC_SCAN_COMPLETE : OSC_SCAN_NOTHING;
  }
  if (!fast || self->length == OSC_SCANNER_MAX)
    self->length = 0;
  if (c <= 0x20 || c > 0x7e) {
    self->length = 0;
    return OSC_SCAN_NOTHING;
  }
  self->text[self->length++] = (char)c;
  self->last_ms = ms;
  return self->length == 1 ? OSC_SCAN_MAYBE : OSC_SCAN_RUNNING;
}

const char *
osc_scanner_code (OscScanner *self)
{
  return self->text;
}
