/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "osc-chip.h"
#include "osc-people.h"
#include "osc-load-store.h"
#include "osc-shop-store.h"

G_BEGIN_DECLS

/** OscStrip: the head bar of the window: shop and day, whether it is open, device chips, person,
 * clock. Signals: "sign-out"; "account": to the person's own page; "switch-shop" (const char
 * *restaurant_id). */
#define OSC_TYPE_STRIP (osc_strip_get_type ())
G_DECLARE_FINAL_TYPE (OscStrip, osc_strip, OSC, STRIP, AdwBin)

/** osc_strip_set_shop: @shop: (nullable): NULL before somebody has signed in: then only the name of
 * the program is shown. @person: (nullable): whoever has no name is called by the role.
 * @business_day: (nullable) "YYYY-MM-DD". */
void
osc_strip_set_shop (OscStrip *self, const char *shop, const char *business_day, const char *person);
/** osc_strip_set_buttons: whether the window buttons are shown (not in full screen). */
void osc_strip_set_buttons (OscStrip *self, gboolean shown);
/** osc_strip_follow: @store: (nullable): whose open state is shown and changed; @load: (nullable):
 * what there is to do meanwhile. */
void osc_strip_follow (OscStrip *self, OscShopStore *store, OscLoadStore *load);
/** osc_strip_show_person: @me: (nullable): role and other shops in the menu of the person. */
void osc_strip_show_person (OscStrip *self, const OscPerson *me);
OscChip *osc_strip_connection (OscStrip *self);
OscChip *osc_strip_printer (OscStrip *self);
OscChip *osc_strip_sound (OscStrip *self);
/** osc_strip_attention: of orders that need a person; there only while there are some. */
OscChip *osc_strip_attention (OscStrip *self);

G_END_DECLS
