/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-keys.h"

G_BEGIN_DECLS

/** OscKeypad: the keys of a bump bar or number pad in the kitchen, by their place (hardware code),
 * as this machine's settings keep them. */

/** What a key of it can do. */
typedef struct {
  const char *name; /* as it is kept; NULL ends the table */
  OscKey key;
  const char *text; /* msgid */
} OscKeypadAct;

/** osc_keypad_acts: in the order of the settings. */
const OscKeypadAct *osc_keypad_acts (void);
/** osc_keypad_find: what the key @code says; OSC_KEY_NONE: nothing of its own. */
OscKey osc_keypad_find (guint code);
/** osc_keypad_get: the key of the act so called; 0: none. */
guint osc_keypad_get (const char *name);
/** osc_keypad_set: gives the act a key, which no other has from then on; 0: none. */
void osc_keypad_set (const char *name, guint code);
/** osc_keypad_is_direct: whether number keys send a ticket out rather than select it. */
gboolean osc_keypad_is_direct (void);

G_END_DECLS
