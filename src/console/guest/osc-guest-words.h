/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

/** What the guest's window says. */
typedef enum {
  OSC_GUEST_WELCOME,
  OSC_GUEST_ORDER,
  OSC_GUEST_BILL,
  OSC_GUEST_SCAN,
  OSC_GUEST_THANKS,
  OSC_GUEST_CODE, /* the QR code's name */
  OSC_GUEST_TOTAL,
  OSC_GUEST_TO_PAY,
  OSC_GUEST_RECEIVED,
  OSC_GUEST_CHANGE,
  OSC_GUEST_N_WORDS
} OscGuestWord;

/** OscGuestWords: words for guests, whose language need not be that of the console. @language:
 * "ko", "en", "both"; "": that of the console, with dishes as they are sold. All (transfer full).
 */
char *osc_guest_words_say (const char *language, OscGuestWord word);
char *osc_guest_words_money (const char *language, gint64 won);
/** osc_guest_words_item: what the dish sold as @name is called. @id: (nullable): a bill names its
 * dishes only as they were sold, so that it is looked for by that. */
char *osc_guest_words_item (const char *language, OsyMenu *menu, const char *id, const char *name);
/** osc_guest_words_options: (nullable): of a cart's @choices (OsyMenuChoice); @text: as they are
 * sold. */
char *
osc_guest_words_options (const char *language, OsyMenu *menu, GPtrArray *choices, const char *text);

G_END_DECLS
