/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From key to meaning. Hardware codes are those of evdev plus 8, the same on X11 and Wayland. */

#include "osc-keys.h"

#include <glib/gi18n.h>

typedef struct {
  guint code;
  OscKey key;
} Code;

static const Code codes[] = {
    {38, OSC_KEY_ACCEPT}, /* A */
    {27, OSC_KEY_RECALL}, /* R */
    {21, OSC_KEY_MORE},   /* = + */
    {86, OSC_KEY_MORE},   /* keypad + */
    {20, OSC_KEY_LESS},   /* - */
    {82, OSC_KEY_LESS},   /* keypad - */
};

typedef struct {
  guint keyval;
  OscKey key;
} Name;

static const Name names[] = {
    {GDK_KEY_Return, OSC_KEY_NEXT},   {GDK_KEY_KP_Enter, OSC_KEY_NEXT},
    {GDK_KEY_Delete, OSC_KEY_DROP},   {GDK_KEY_KP_Delete, OSC_KEY_DROP},
    {GDK_KEY_Up, OSC_KEY_UP},         {GDK_KEY_Down, OSC_KEY_DOWN},
    {GDK_KEY_Left, OSC_KEY_LEFT},     {GDK_KEY_Right, OSC_KEY_RIGHT},
    {GDK_KEY_question, OSC_KEY_HELP},
};

static const Name function_keys[] = {
    {GDK_KEY_Escape, OSC_KEY_BACK},
    {GDK_KEY_F1, OSC_KEY_HELP},
    {GDK_KEY_F5, OSC_KEY_ORDERS},
    {GDK_KEY_F11, OSC_KEY_FULLSCREEN},
};

#define FIRST_DIGIT_CODE 10 /* the key of 1 */

static const OscKeyLine sheet[] = {
    {"1 – 9", N_ ("Pick the nth order")},
    {"← ↑ ↓ →", N_ ("Pick the order beside it")},
    {"Enter", N_ ("Next step of the order")},
    {"A", N_ ("Accept")},
    {"+  −", N_ ("Five minutes more or less")},
    {"R", N_ ("Take the order back one step")},
    {"Del", N_ ("Reject or cancel the order")},
    {"Ctrl Z", N_ ("Undo")},
    {"Esc", N_ ("Back")},
    {"F5", N_ ("Orders")},
    {"F11", N_ ("Full screen")},
    {"Ctrl +  −", N_ ("Everything bigger or smaller")},
    {"F1  ?", N_ ("This list of keys")},
    {NULL, NULL},
};

static OscKey
find_name (const Name *table, gsize n, guint keyval)
{
  for (gsize i = 0; i < n; i++)
    if (table[i].keyval == keyval)
      return table[i].key;
  return OSC_KEY_NONE;
}

static OscKey
find_code (guint keycode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == keycode)
      return codes[i].key;
  if (keycode >= FIRST_DIGIT_CODE && keycode < FIRST_DIGIT_CODE + 9)
    return OSC_KEY_CARD_1 + (keycode - FIRST_DIGIT_CODE);
  return OSC_KEY_NONE;
}

static OscKey
find_control (guint keyval, guint keycode)
{
  OscKey key = find_code (keycode);

  if (key == OSC_KEY_MORE)
    return OSC_KEY_BIGGER;
  if (key == OSC_KEY_LESS)
    return OSC_KEY_SMALLER;
  return keycode == 52 /* Z */ ? OSC_KEY_UNDO : OSC_KEY_NONE;
}

OscKey
osc_keys_find (guint keyval, guint keycode, GdkModifierType state, gboolean typing)
{
  OscKey key = find_name (function_keys, G_N_ELEMENTS (function_keys), keyval);

  if (key != OSC_KEY_NONE)
    return key;
  if ((state & (GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || typing)
    return OSC_KEY_NONE;
  if ((state & GDK_CONTROL_MASK) != 0)
    return find_control (keyval, keycode);
  key = find_name (names, G_N_ELEMENTS (names), keyval);
  return key != OSC_KEY_NONE ? key : find_code (keycode);
}

const OscKeyLine *
osc_keys_sheet (void)
{
  return sheet;
}
