/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-sales-store.h"

G_BEGIN_DECLS

/** OscSalesDrawer: what is behind a figure or a mark: how it is reckoned, and its orders, page by
 * page. Signal: "closed". */
#define OSC_TYPE_SALES_DRAWER (osc_sales_drawer_get_type ())
G_DECLARE_FINAL_TYPE (OscSalesDrawer, osc_sales_drawer, OSC, SALES_DRAWER, GtkWidget)

/** What it is to show. */
typedef struct {
  const char *title;
  const char *value;   /* what the mark says */
  const char *formula; /* nullable */
  GtkWidget *more;     /* (transfer floating) (nullable): what else there is to say and to do */
  OscSalesQuery query; /* copied, with its texts */
} OscSalesBehind;

/** osc_sales_drawer_follow: @store answers. */
void osc_sales_drawer_follow (OscSalesDrawer *self, OscSalesStore *store);
/** osc_sales_drawer_set_live: whether what was added to it can be done. */
void osc_sales_drawer_set_live (OscSalesDrawer *self, gboolean live);
/** osc_sales_drawer_show: asks for the orders. */
void osc_sales_drawer_show (OscSalesDrawer *self, const OscSalesBehind *behind);

G_END_DECLS
