/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-field.h"
#include "osc-shop-store.h"

G_BEGIN_DECLS

/** OscShopChange: one change of the shop's settings that takes effect at once and can be undone. */
#define OSC_TYPE_SHOP_CHANGE (osc_shop_change_get_type ())
G_DECLARE_FINAL_TYPE (OscShopChange, osc_shop_change, OSC, SHOP_CHANGE, GObject)

/** Where a change comes from and what is said of it. */
typedef struct {
  OscShopStore *store;
  GtkWidget *from;      /* whose window's toasts are used */
  OscField *field;      /* (nullable): where a failure is said; else a toast */
  const char *sentence; /* past tense: "Changed the name" */
} OscShopChangeWords;

/** osc_shop_change_make: PATCHes the shop with @patch and offers the way back. Before the settings
 * are loaded nothing is changed. @patch: (transfer full). */
void osc_shop_change_make (const OscShopChangeWords *words, JsonObject *patch);

G_END_DECLS
