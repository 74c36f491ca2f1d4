/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-caller.h"
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
 * is typed is in the cart at once, so that nothing is lost however it is left. Of an order by phone
 * it shows what the number had before. Signals: "closed"; "repeat" (OsyOrder *): that one again. */
#define OSC_TYPE_GUEST_SHEET (osc_guest_sheet_get_type ())
G_DECLARE_FINAL_TYPE (OscGuestSheet, osc_guest_sheet, OSC, GUEST_SHEET, GtkWidget)

/** osc_guest_sheet_follow: who calls; once. */
void osc_guest_sheet_follow (OscGuestSheet *self, OscCaller *caller);
/** osc_guest_sheet_open: @begin: where the cursor is to be. The fields are those that @cart's type
 * and channel have a use for. */
void osc_guest_sheet_open (OscGuestSheet *self, OscCart *cart, OscGuestField begin);
/** osc_guest_sheet_enter: as its big button and Enter: the last order again, where there is one and
 * nothing is in the cart yet, else on to the dishes. While the number is looked for it waits. */
void osc_guest_sheet_enter (OscGuestSheet *self);
/** osc_guest_sheet_close: on to the dishes. */
void osc_guest_sheet_close (OscGuestSheet *self);

G_END_DECLS
