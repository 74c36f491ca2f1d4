/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What a key means (console-ux §4). Letters go by their place on the keyboard, so that the Korean
 * input method does not eat them. OSC_KEY_CARD_1 … OSC_KEY_CARD_9 follow one another, the keys of
 * digits. */
typedef enum {
  OSC_KEY_NONE,
  OSC_KEY_ACCEPT,
  OSC_KEY_MORE,
  OSC_KEY_LESS,
  OSC_KEY_NEXT,
  OSC_KEY_RECALL,
  OSC_KEY_DROP,
  OSC_KEY_BACK,
  OSC_KEY_UNDO,
  OSC_KEY_REDO,
  OSC_KEY_SOLD_OUT, /* X */
  OSC_KEY_MOVE,     /* M */
  OSC_KEY_SPLIT,    /* S */
  OSC_KEY_BOOK,     /* B */
  OSC_KEY_COUNT,    /* C */
  OSC_KEY_DAY,      /* D */
  OSC_KEY_WEEK,     /* W */
  OSC_KEY_PRINT,    /* P; in the kitchen: goes first */
  OSC_KEY_SPACE,
  OSC_KEY_ERASE, /* Backspace */
  OSC_KEY_HOME,
  OSC_KEY_END,
  OSC_KEY_SAVE,    /* Ctrl S */
  OSC_KEY_COMMIT,  /* Ctrl Enter */
  OSC_KEY_ADD,     /* Ctrl N */
  OSC_KEY_COPY,    /* Ctrl D */
  OSC_KEY_EXPORT,  /* Ctrl E */
  OSC_KEY_HOLD,    /* Ctrl H */
  OSC_KEY_TABLE,   /* Ctrl T */
  OSC_KEY_REPRINT, /* Ctrl P */
  OSC_KEY_TYPE_1,  /* Ctrl 1, 2, 3 */
  OSC_KEY_TYPE_2,
  OSC_KEY_TYPE_3,
  OSC_KEY_MOVE_UP, /* Alt and an arrow */
  OSC_KEY_MOVE_DOWN,
  OSC_KEY_PAGE_UP,
  OSC_KEY_PAGE_DOWN,
  OSC_KEY_NEW,      /* F2 */
  OSC_KEY_FIND,     /* F3 */
  OSC_KEY_CASH,     /* F4 */
  OSC_KEY_ORDERS,   /* F5, Alt 1 */
  OSC_KEY_TABLES,   /* F6, Alt 3 */
  OSC_KEY_PAST,     /* F7 */
  OSC_KEY_KITCHEN,  /* F8, Alt 2 */
  OSC_KEY_MENU,     /* Alt 4 */
  OSC_KEY_STOCK,    /* Alt 5 */
  OSC_KEY_SALES,    /* Alt 8 */
  OSC_KEY_SETTINGS, /* Alt 0 */
  OSC_KEY_TILL,     /* F12 */
  OSC_KEY_PAY,      /* F9 */
  OSC_KEY_PHONE,    /* F10 */
  OSC_KEY_FULLSCREEN,
  OSC_KEY_HELP,
  OSC_KEY_UP,
  OSC_KEY_DOWN,
  OSC_KEY_LEFT,
  OSC_KEY_RIGHT,
  OSC_KEY_FINE_UP, /* Shift and an arrow */
  OSC_KEY_FINE_DOWN,
  OSC_KEY_FINE_LEFT,
  OSC_KEY_FINE_RIGHT,
  OSC_KEY_BIGGER,
  OSC_KEY_SMALLER,
  OSC_KEY_CARD_1,
  OSC_KEY_CARD_9 = OSC_KEY_CARD_1 + 8,
  OSC_KEY_ZERO,
} OscKey;

/** osc_keys_find: @typing: whether a text field has the focus, when only Esc, function keys and
 * those with Ctrl or Alt that a field does not use itself mean anything. */
OscKey osc_keys_find (guint keyval, guint keycode, GdkModifierType state, gboolean typing);

/** One line of the key sheet; ends with keys == NULL. */
typedef struct {
  const char *keys;
  const char *text; /* msgid */
} OscKeyLine;

/** osc_keys_sheet: what the keys do everywhere, in the order of the sheet. */
const OscKeyLine *osc_keys_sheet (void);

G_END_DECLS
