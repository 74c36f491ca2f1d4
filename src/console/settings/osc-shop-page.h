/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscShopPage: the shop's name, business number, phone and owner. */
#define OSC_TYPE_SHOP_PAGE (osc_shop_page_get_type ())
G_DECLARE_FINAL_TYPE (OscShopPage, osc_shop_page, OSC, SHOP_PAGE, GtkWidget)

/** osc_shop_page_new: follows the shop of @context. */
GtkWidget *osc_shop_page_new (const OscContext *context);

G_END_DECLS
