/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-menu-draft.h"

G_BEGIN_DECLS

typedef enum {
  OSC_CHIPS_ALLERGENS, /* the 19 of 식품 등의 표시기준 */
  OSC_CHIPS_CHANNELS,  /* where it is offered */
} OscChipsKind;

/** OscMenuChips: a page of chips to tick for a list of the draft. */
#define OSC_TYPE_MENU_CHIPS (osc_menu_chips_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuChips, osc_menu_chips, OSC, MENU_CHIPS, GtkWidget)

/** osc_menu_chips_new: blank until osc_menu_chips_show(). */
GtkWidget *osc_menu_chips_new (void);
/** osc_menu_chips_show: ticks what @draft has. */
void osc_menu_chips_show (OscMenuChips *self, OscMenuDraft *draft, OscChipsKind kind);
/** osc_menu_chips_words: Returns: (transfer full): what is ticked, translated. */
GStrv osc_menu_chips_words (JsonObject *entry, OscChipsKind kind);
/** osc_menu_chips_allergens: Returns: (transfer full): @values (NULL-terminated), as the law writes
 * them, translated. */
GStrv osc_menu_chips_allergens (GStrv values);

G_END_DECLS
