/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-ingredient.h"

G_BEGIN_DECLS

/** OscStockForm: what is said of an ingredient: name, units, par, supplier, whether it stops sales.
 * What is typed stays until osc_stock_form_show(). Signals: "save" (JsonNode *body: as POST and
 * PATCH take it); "back"; "remove"; "place" (int): one up (-1) or down the shelf. */
#define OSC_TYPE_STOCK_FORM (osc_stock_form_get_type ())
G_DECLARE_FINAL_TYPE (OscStockForm, osc_stock_form, OSC, STOCK_FORM, GtkWidget)

/** osc_stock_form_show: @ingredient: (nullable): a new one. */
void osc_stock_form_show (OscStockForm *self, const OsyIngredient *ingredient);
/** osc_stock_form_id: (transfer none) (nullable): of which it is; NULL: a new one. */
const char *osc_stock_form_id (OscStockForm *self);
/** osc_stock_form_version: of what is shown; 0: a new one. */
gint64 osc_stock_form_version (OscStockForm *self);

G_END_DECLS
