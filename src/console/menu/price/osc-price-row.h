/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** One item among those whose prices are changed at once. Signal "changed". */
#define OSC_TYPE_PRICE_ITEM (osc_price_item_get_type ())
G_DECLARE_FINAL_TYPE (OscPriceItem, osc_price_item, OSC, PRICE_ITEM, GObject)

struct _OscPriceItem {
  GObject parent;
  char *id;
  char *name;
  char *category;
  guint others;  /* prices of channels and of later, which stay */
  gint64 before; /* won */
  gint64 after;  /* -1: it cannot be */
  gboolean chosen;
};

/** osc_price_item_new: (transfer full): with nothing in it yet. */
OscPriceItem *osc_price_item_new (void);
/** osc_price_item_set: what it becomes, and whether it is among those to be changed. */
void osc_price_item_set (OscPriceItem *self, gboolean chosen, gint64 after);

/** OscPriceRow: a recycled row: tick, name, category, price before and after. Signal "toggled"
 * (OscPriceItem *): pressed. */
#define OSC_TYPE_PRICE_ROW (osc_price_row_get_type ())
G_DECLARE_FINAL_TYPE (OscPriceRow, osc_price_row, OSC, PRICE_ROW, GtkWidget)

/** osc_price_row_new: empty until osc_price_row_show(). */
GtkWidget *osc_price_row_new (void);
/** osc_price_row_show: @item: (nullable): none, until the row is wanted again. */
void osc_price_row_show (OscPriceRow *self, OscPriceItem *item);

G_END_DECLS
