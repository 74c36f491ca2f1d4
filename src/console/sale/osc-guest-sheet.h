/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-cart.h"

G_BEGIN_DECLS

/** What of an order is not dishes: where the sheet begins. */
typedef enum {
  OSC_GUEST_TABLE,
  OSC_GUEST_PEOPLE,
  OSC_GUEST_PHONE,
  OSC_GUEST_NAME,
  OSC_GUEST_ADDRESS,
  OSC_GUEST_N_FIELDS,
} OscGuestField;

/** OscGuestSheet: table, people, name, phone and address, over the tiles, with a number pad. What
 * is typed is in the cart at once, so that nothing is lost however it is left. Signal "closed". */
#define OSC_TYPE_GUEST_SHEET (osc_guest_sheet_get_type ())
G_DECLARE_FINAL_TYPE (OscGuestSheet, osc_guest_sheet, OSC, GUEST_SHEET, GtkWidget)

/** osc_guest_sheet_open: @begin: where the cursor is to be. The fields are those that @cart's type
 * and channel have a use for. */
void osc_guest_sheet_open (OscGuestSheet *self, OscCart *cart, OscGuestField begin);
/** osc_guest_sheet_close: as its button. */
void osc_guest_sheet_close (OscGuestSheet *self);

G_END_DECLS
