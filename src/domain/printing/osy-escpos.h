/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-slip.h"

G_BEGIN_DECLS

/** How a printer wants to be spoken to. */
typedef struct {
  int columns;   /* cells of a line: 32 (384 dots), 42 (512) or 48 (576) */
  gboolean text; /* letters of the printer's own (KS X 1001) instead of pictures */
} OsyEscposForm;

/** osy_escpos_dots: Returns: dots of a line of @columns cells. */
int osy_escpos_dots (int columns);

/**
 * osy_escpos_encode:
 *
 * The bytes that make an ESC/POS printer print @slip and cut it (integrations 4.1). Lines that hold
 * what the printer's letters lack go as pictures. Any thread; takes milliseconds. Returns:
 * (transfer full): never fails.
 */
GBytes *osy_escpos_encode (const OsySlip *slip, const OsyEscposForm *form);

/**
 * osy_escpos_wrap:
 * @columns: cells a line has; a Hangul syllable takes two
 *
 * Breaks @text between words, inside of a word only when it is longer than a line, never inside a
 * syllable. Returns: (transfer full): its lines, at least one.
 */
char **osy_escpos_wrap (const char *text, int columns);

/** osy_escpos_cells: Returns: cells that @text takes. */
int osy_escpos_cells (const char *text);

G_END_DECLS
