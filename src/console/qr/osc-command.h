/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-keys.h"

G_BEGIN_DECLS

/** A code that is scanned instead of pressing a key (console-ux §4); the last has code == NULL. */
typedef struct {
  const char *code; /* at least 6 ASCII characters, which the scanner needs */
  OscKey key;
  const char *keys; /* as on the keyboard */
  const char *text; /* msgid */
} OscCommand;

/** osc_command_all: all of them, in the order of the command sheet. */
const OscCommand *osc_command_all (void);
/** osc_command_key: what @code stands for, whatever its case; OSC_KEY_NONE: it is no command. */
OscKey osc_command_key (const char *code);

G_END_DECLS
