/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

/** What a key press is part of, as far as can be told (console-ux §4). */
typedef enum {
  OSC_SCAN_NOTHING,  /* nothing that a scanner types: what ran is over */
  OSC_SCAN_PASSING,  /* a modifier, which says nothing */
  OSC_SCAN_FIRST,    /* the first of what may be a scan: what ran before is over */
  OSC_SCAN_NEXT,     /* followed so fast that it belongs to those before */
  OSC_SCAN_COMPLETE, /* Enter at the end of a scan: osc_scanner_code() */
} OscScanStep;

/** Characters at most: what a longer code begins with is forgotten. */
#define OSC_SCANNER_MAX 300
/** Less than so many ms lie between two keys of a scanner. */
#define OSC_SCANNER_BURST_MS 35

/** OscScanner: tells a barcode scanner, which types, from a person: at least 6 characters, less
 * than 35 ms apart, ending in Enter. Plain data, zero to begin with. */
typedef struct {
  char text[OSC_SCANNER_MAX + 1];
  guint length;
  guint32 last_ms;
} OscScanner;

/** osc_scanner_char: the ASCII character of a key, whatever the layout: where the layout has none
 * (Hangul, Cyrillic), what stands there on the layout that scanners type on. 0: none; Space is
 * none. */
char osc_scanner_char (guint keyval, guint keycode, GdkModifierType state);
/** osc_scanner_key: the next key press. @ms: when, of any clock. */
OscScanStep
osc_scanner_key (OscScanner *self, guint keyval, guint keycode, GdkModifierType state, guint32 ms);
/** osc_scanner_stop: what ran was no scan. */
void osc_scanner_stop (OscScanner *self);
/** osc_scanner_code: (transfer none): what was scanned, until the next key. */
const char *osc_scanner_code (OscScanner *self);

G_END_DECLS
