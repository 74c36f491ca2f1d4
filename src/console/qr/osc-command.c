/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The codes of the command sheet. They hang printed in shops, so that none may ever change. */

#include "osc-command.h"

#include <glib/gi18n.h>

static const OscCommand commands[] = {
    {"OSY-NEW", OSC_KEY_NEW, "F2", N_ ("Take a new order")},
    {"OSY-PHONE", OSC_KEY_PHONE, "F10", N_ ("Order by phone")},
    {"OSY-ACCEPT", OSC_KEY_ACCEPT, "A", N_ ("Accept")},
    {"OSY-NEXT", OSC_KEY_NEXT, "Enter", N_ ("Next step")},
    {"OSY-PAY", OSC_KEY_PAY, "F9", N_ ("Pay")},
    {"OSY-SPLIT", OSC_KEY_SPLIT, "S", N_ ("Split")},
    {"OSY-MOVE", OSC_KEY_MOVE, "M", N_ ("Move or merge")},
    {"OSY-86", OSC_KEY_SOLD_OUT, "X", N_ ("Sold out")},
    {"OSY-PRINT", OSC_KEY_REPRINT, "Ctrl P", N_ ("Print again")},
    {"OSY-DRAWER", OSC_KEY_CASH, "F4", N_ ("Cash drawer")},
    {"OSY-UNDO", OSC_KEY_UNDO, "Ctrl Z", N_ ("Undo")},
    {"OSY-BACK", OSC_KEY_BACK, "Esc", N_ ("Back")},
    {NULL, OSC_KEY_NONE, NULL, NULL},
};

const OscCommand *
osc_command_all (void)
{
  return commands;
}

OscKey
osc_command_key (const char *code)
{
  g_return_val_if_fail (code != NULL, OSC_KEY_NONE);
  const OscCommand *command = commands;

  while (command->code != NULL && g_ascii_strcasecmp (command->code, code) != 0)
    command++;
  return command->key;
}
