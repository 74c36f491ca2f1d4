/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-cart.h"

G_BEGIN_DECLS

/** What the sheet is opened for. */
typedef struct {
  const char *item_id;
  OscCartLine *line; /* nullable: the line to change; NULL: a new one */
  int quantity;      /* of a new line */
  gboolean note;     /* begin in the note */
} OscOptionSheetStart;

/** OscOptionSheet: options, note and quantity of one dish, over the tiles (console-ux 7.6). What
 * was chosen and left with Esc is there again when the same dish is opened. Signal "closed"
 * (nullable OscCartLine*): the line it made or changed. */
#define OSC_TYPE_OPTION_SHEET (osc_option_sheet_get_type ())
G_DECLARE_FINAL_TYPE (OscOptionSheet, osc_option_sheet, OSC, OPTION_SHEET, GtkWidget)

/** osc_option_sheet_open: Returns: FALSE when @menu does not have the item. */
gboolean osc_option_sheet_open (OscOptionSheet *self,
                                OscCart *cart,
                                OsyMenu *menu,
                                const OscOptionSheetStart *start);
/** osc_option_sheet_set_menu: the menu has changed: what was chosen stays, as far as it exists. */
void osc_option_sheet_set_menu (OscOptionSheet *self, OsyMenu *menu);
/** osc_option_sheet_confirm: as its button: adds or changes the line and closes, or says which
 * group lacks what. */
void osc_option_sheet_confirm (OscOptionSheet *self);
/** osc_option_sheet_close: closes, keeping what was chosen for the next time. */
void osc_option_sheet_close (OscOptionSheet *self);
/** osc_option_sheet_tap: as a touch of the @nth chip, from 0. */
void osc_option_sheet_tap (OscOptionSheet *self, guint nth);
/** osc_option_sheet_step: as its quantity keys. */
void osc_option_sheet_step (OscOptionSheet *self, int change);
/** osc_option_sheet_wants: whether @item cannot be sold without asking. */
gboolean osc_option_sheet_wants (const OsyMenuItem *item);

G_END_DECLS
