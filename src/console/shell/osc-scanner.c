/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Bursts of keys. Codes are ASCII, so anything else ends a burst. */

#include "osc-scanner.h"

#define MIN_LENGTH 6
#define HELD_DOWN (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)

/* What stands on the keys of the layout that scanners come set to, by hardware code; the second
 * string with Shift. */
static const struct {
  guint first;
  const char *plain;
  const char *shifted;
} rows[] = {
    {10, "1234567890-=", "!@#$%^&*()_+"},
    {24, "qwertyuiop[]", "QWERTYUIOP{}"},
    {38, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    {51, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
};

static char
char_at (guint keycode, gboolean shift)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *row = shift ? rows[i].shifted : rows[i].plain;

    for (guint at = 0; row[at] != '\0'; at++)
      if (rows[i].first + at == keycode)
        return row[at];
  }
  return '\0';
}

char
osc_scanner_char (guint keyval, guint keycode, GdkModifierType state)
{
  gunichar c = gdk_keyval_to_unicode (keyval);
  gboolean ascii = c > 0x20 && c <= 0x7e;
  char text = char_at (keycode, (state & GDK_SHIFT_MASK) != 0);

  if (ascii)
    text = (char)c;

  /* A scanner knows nothing of the lock that somebody left on. */
  if (ascii && (state & GDK_LOCK_MASK) != 0 && g_ascii_isalpha (text))
    text = g_ascii_islower (text) ? g_ascii_toupper (text) : g_ascii_tolower (text);
  return text;
}

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
}

/* Scanners press Shift for capitals. */
static gboolean
is_shift (guint keyval)
{
  return keyval == GDK_KEY_Shift_L || keyval == GDK_KEY_Shift_R;
}

void
osc_scanner_stop (OscScanner *self)
{
  self->length = 0;
}

OscScanStep
osc_scanner_key (OscScanner *self, guint keyval, guint keycode, GdkModifierType state, guint32 ms)
{
  char c = '\0';
  gboolean fast = self->length > 0 && ms - self->last_ms < OSC_SCANNER_BURST_MS;
  gboolean complete;

  if ((state & HELD_DOWN) == 0)
    c = osc_scanner_char (keyval, keycode, state);
  if (is_shift (keyval))
    return OSC_SCAN_PASSING;
  if (is_enter (keyval) && (state & HELD_DOWN) == 0) {
    complete = fast && self->length >= MIN_LENGTH;
    self->text[self->length] = '\0';
    self->length = 0;
    return complete ? OSC_SCAN_COMPLETE : OSC_SCAN_NOTHING;
  }
  if (!fast || self->length == OSC_SCANNER_MAX)
    self->length = 0;
  if (c == '\0') {
    self->length = 0;
    return OSC_SCAN_NOTHING;
  }
  self->text[self->length++] = c;
  self->last_ms = ms;
  return self->length == 1 ? OSC_SCAN_FIRST : OSC_SCAN_NEXT;
}

const char *
osc_scanner_code (OscScanner *self)
{
  return self->text;
}
