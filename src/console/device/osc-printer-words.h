/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-printer-store.h"

G_BEGIN_DECLS

/** osc_printer_words_problem: (transfer none): what is wrong, in a word or two. */
const char *osc_printer_words_problem (const char *problem);
/** osc_printer_words_purpose: (transfer none): "Kitchen slip", … */
const char *osc_printer_words_purpose (const char *purpose);
/** osc_printer_words_state: (transfer full): "Kitchen printer: out of paper · 2 slips wait". */
char *osc_printer_words_state (const OsyPrinter *printer);

G_END_DECLS
