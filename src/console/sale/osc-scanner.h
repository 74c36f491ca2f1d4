/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What a key press is part of, as far as can be told (console-ux §4). */
typedef enum {
  OSC_SCAN_NOTHING, /* a person's key */
  OSC_SCAN_MAYBE,   /* the first of what may be a scan: let it through, but remember how things were
                     */
  OSC_SCAN_RUNNING, /* followed so fast that hands could not: keep it from the focus */
  OSC_SCAN_COMPLETE, /* Enter at the end of a scan: osc_scanner_code() */
} OscScanStep;

/** OscScanner: tells a barcode scanner, which types, from a person: at least 6 characters, less
 * than 35 ms apart, ending in Enter. Plain data, zero to begin with. */
#define OSC_SCANNER_MAX 64
typedef struct {
  char text[OSC_SCANNER_MAX + 1];
  guint length;
  guint32 last_ms;
} OscScanner;

/** osc_scanner_key: @keyval: of GDK. @ms: when it was pressed, of any clock. */
OscScanStep osc_scanner_key (OscScanner *self, guint keyval, guint32 ms);
/** osc_scanner_code: (transfer none): what was scanned, until the next key. */
const char *osc_scanner_code (OscScanner *self);

G_END_DECLS
