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
    {38, OSC_KEY_ACCEPT},   /* A */
    {27, OSC_KEY_RECALL},   /* R */
    {21, OSC_KEY_MORE},     /* = + */
    {86, OSC_KEY_MORE},     /* keypad + */
    {53, OSC_KEY_SOLD_OUT}, /* X */
    {58, OSC_KEY_MOVE},     /* M */
    {39, OSC_KEY_SPLIT},    /* S */
    {56, OSC_KEY_BOOK},     /* B */
    {54, OSC_KEY_COUNT},    /* C */
    {40, OSC_KEY_DAY},      /* D */
    {25, OSC_KEY_WEEK},     /* W */
    {33, OSC_KEY_PRINT},    /* P */
    {65, OSC_KEY_SPACE},    /* Space */
    {20, OSC_KEY_LESS},     /* - */
    {82, OSC_KEY_LESS},     /* keypad - */
    {19, OSC_KEY_ZERO},     /* 0 */
};

typedef struct {
  guint keyval;
  OscKey key;
} Name;

static const Name names[] = {
    {GDK_KEY_Return, OSC_KEY_NEXT},     {GDK_KEY_KP_Enter, OSC_KEY_NEXT},
    {GDK_KEY_Delete, OSC_KEY_DROP},     {GDK_KEY_KP_Delete, OSC_KEY_DROP},
    {GDK_KEY_BackSpace, OSC_KEY_ERASE}, {GDK_KEY_Up, OSC_KEY_UP},
    {GDK_KEY_Down, OSC_KEY_DOWN},       {GDK_KEY_Left, OSC_KEY_LEFT},
    {GDK_KEY_Right, OSC_KEY_RIGHT},     {GDK_KEY_question, OSC_KEY_HELP},
    {GDK_KEY_Home, OSC_KEY_HOME},       {GDK_KEY_End, OSC_KEY_END},
    {GDK_KEY_Page_Up, OSC_KEY_PAGE_UP}, {GDK_KEY_Page_Down, OSC_KEY_PAGE_DOWN},
    {GDK_KEY_KP_0, OSC_KEY_ZERO},       {GDK_KEY_KP_1, OSC_KEY_CARD_1},
    {GDK_KEY_KP_2, OSC_KEY_CARD_1 + 1}, {GDK_KEY_KP_3, OSC_KEY_CARD_1 + 2},
    {GDK_KEY_KP_4, OSC_KEY_CARD_1 + 3}, {GDK_KEY_KP_5, OSC_KEY_CARD_1 + 4},
    {GDK_KEY_KP_6, OSC_KEY_CARD_1 + 5}, {GDK_KEY_KP_7, OSC_KEY_CARD_1 + 6},
    {GDK_KEY_KP_8, OSC_KEY_CARD_1 + 7}, {GDK_KEY_KP_9, OSC_KEY_CARD_9},
};

static const Name function_keys[] = {
    {GDK_KEY_Escape, OSC_KEY_BACK}, {GDK_KEY_F1, OSC_KEY_HELP},   {GDK_KEY_F2, OSC_KEY_NEW},
    {GDK_KEY_F3, OSC_KEY_FIND},     {GDK_KEY_F4, OSC_KEY_CASH},   {GDK_KEY_F5, OSC_KEY_ORDERS},
    {GDK_KEY_F6, OSC_KEY_TABLES},   {GDK_KEY_F7, OSC_KEY_PAST},   {GDK_KEY_F8, OSC_KEY_KITCHEN},
    {GDK_KEY_F9, OSC_KEY_PAY},      {GDK_KEY_F10, OSC_KEY_PHONE}, {GDK_KEY_F11, OSC_KEY_FULLSCREEN},
    {GDK_KEY_F12, OSC_KEY_TILL},
};

#define FIRST_DIGIT_CODE 10 /* the key of 1 */

/* With Ctrl, by place: {code, meaning, whether a text field keeps the key for itself}. */
static const struct {
  guint code;
  OscKey key;
  gboolean text_keeps;
} controls[] = {
    {52, OSC_KEY_UNDO, TRUE},    {39, OSC_KEY_SAVE, FALSE},    {57, OSC_KEY_ADD, FALSE},
    {40, OSC_KEY_COPY, FALSE},   {43, OSC_KEY_HOLD, FALSE},    {26, OSC_KEY_EXPORT, FALSE},
    {28, OSC_KEY_TABLE, FALSE},  {33, OSC_KEY_REPRINT, FALSE}, {10, OSC_KEY_TYPE_1, FALSE},
    {11, OSC_KEY_TYPE_2, FALSE}, {12, OSC_KEY_TYPE_3, FALSE},  {21, OSC_KEY_BIGGER, FALSE},
    {86, OSC_KEY_BIGGER, FALSE}, {20, OSC_KEY_SMALLER, FALSE}, {82, OSC_KEY_SMALLER, FALSE},
    {36, OSC_KEY_COMMIT, FALSE}, {104, OSC_KEY_COMMIT, FALSE}, {61, OSC_KEY_HELP, FALSE},
};

/* With Alt. The digits by place. */
static const Code alts[] = {
    {12, OSC_KEY_TABLES},   {10, OSC_KEY_ORDERS},   {11, OSC_KEY_KITCHEN},
    {13, OSC_KEY_MENU},     {14, OSC_KEY_STOCK},    {17, OSC_KEY_SALES},
    {19, OSC_KEY_SETTINGS}, {111, OSC_KEY_MOVE_UP}, {116, OSC_KEY_MOVE_DOWN},
};

/* What stands on the keys that are meant by their place; the keypad's say nothing. */
static const struct {
  guint code;
  const char *print;
} prints[] = {
    {10, "1"}, {11, "2"}, {12, "3"}, {13, "4"}, {14, "5"}, {15, "6"}, {16, "7"},
    {17, "8"}, {18, "9"}, {19, "0"}, {20, "−"}, {21, "+"}, {52, "Z"}, {61, "?"},
};

/* What the sheet tells of; which keys do it the tables above say. */
static const struct {
  OscKey keys[2];
  const char *text; /* msgid */
} told[] = {
    {{OSC_KEY_NEW}, N_ ("Take a new order")},
    {{OSC_KEY_PHONE}, N_ ("Take an order by phone")},
    {{OSC_KEY_FIND}, N_ ("Find an order")},
    {{OSC_KEY_CASH}, N_ ("Open the drawer")},
    {{OSC_KEY_ORDERS}, N_ ("Orders")},
    {{OSC_KEY_TABLES}, N_ ("Tables")},
    {{OSC_KEY_PAST}, N_ ("Past orders")},
    {{OSC_KEY_KITCHEN}, N_ ("Kitchen")},
    {{OSC_KEY_PAY}, N_ ("Take the payment")},
    {{OSC_KEY_MENU}, N_ ("Menu")},
    {{OSC_KEY_STOCK}, N_ ("Stock")},
    {{OSC_KEY_SALES}, N_ ("Sales")},
    {{OSC_KEY_TILL}, N_ ("Close day")},
    {{OSC_KEY_SETTINGS}, N_ ("Settings")},
    {{OSC_KEY_UNDO}, N_ ("Undo")},
    {{OSC_KEY_BACK}, N_ ("Back")},
    {{OSC_KEY_FULLSCREEN}, N_ ("Full screen")},
    {{OSC_KEY_BIGGER, OSC_KEY_SMALLER}, N_ ("Everything bigger or smaller")},
    {{OSC_KEY_HELP}, N_ ("This list of keys")},
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
find_control (guint keycode, gboolean shift, gboolean typing)
{
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (controls[i].code == keycode && !(typing && controls[i].text_keeps))
      return shift && controls[i].key == OSC_KEY_UNDO ? OSC_KEY_REDO : controls[i].key;
  return OSC_KEY_NONE;
}

static OscKey
find_alt (guint keycode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (alts); i++)
    if (alts[i].code == keycode)
      return alts[i].key;
  return OSC_KEY_NONE;
}

OscKey
osc_keys_find (guint keyval, guint keycode, GdkModifierType state, gboolean typing)
{
  OscKey key = find_name (function_keys, G_N_ELEMENTS (function_keys), keyval);

  if (key != OSC_KEY_NONE)
    return key;
  if ((state & GDK_SUPER_MASK) != 0)
    return OSC_KEY_NONE;
  if ((state & GDK_CONTROL_MASK) != 0)
    return find_control (keycode, (state & GDK_SHIFT_MASK) != 0, typing);
  if ((state & GDK_ALT_MASK) != 0)
    return find_alt (keycode);
  if (typing)
    return OSC_KEY_NONE;
  key = find_name (names, G_N_ELEMENTS (names), keyval);
  if ((state & GDK_SHIFT_MASK) != 0 && key >= OSC_KEY_UP && key <= OSC_KEY_RIGHT)
    return OSC_KEY_FINE_UP + (key - OSC_KEY_UP);
  return key != OSC_KEY_NONE ? key : find_code (keycode);
}

/* ---- the sheet ---- */

static void
add_key (GString *keys, const char *with, const char *print)
{
  g_string_append_printf (keys, "%s%s%s", keys->len > 0 ? "  " : "", with, print);
}

static void
add_code (GString *keys, const char *with, guint code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (prints); i++)
    if (prints[i].code == code)
      add_key (keys, with, prints[i].print);
}

static void
add_keys_of (GString *keys, OscKey key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (function_keys); i++)
    if (function_keys[i].key == key)
      add_key (keys, "", key == OSC_KEY_BACK ? "Esc" : gdk_keyval_name (function_keys[i].keyval));
  if (key == OSC_KEY_HELP)
    add_key (keys, "", "?");
  for (gsize i = 0; i < G_N_ELEMENTS (alts); i++)
    if (alts[i].key == key)
      add_code (keys, "Alt ", alts[i].code);
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (controls[i].key == key)
      add_code (keys, "Ctrl ", controls[i].code);
}

const OscKeyLine *
osc_keys_sheet (void)
{
  static OscKeyLine sheet[G_N_ELEMENTS (told) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (told) && sheet[i].keys == NULL; i++) {
    g_autoptr (GString) keys = g_string_new (NULL);

    for (gsize k = 0; k < G_N_ELEMENTS (told[i].keys); k++)
      if (told[i].keys[k] != OSC_KEY_NONE)
        add_keys_of (keys, told[i].keys[k]);
    sheet[i] = (OscKeyLine){g_intern_string (keys->str), told[i].text};
  }
  return sheet;
}
