/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-stock-store.h"

G_BEGIN_DECLS

/** OscStockImport: a file of ingredients before it is taken over: what each line would change, and
 * the button that does it. Signals: "done" (guint count): all of it is taken over; "back". */
#define OSC_TYPE_STOCK_IMPORT (osc_stock_import_get_type ())
G_DECLARE_FINAL_TYPE (OscStockImport, osc_stock_import, OSC, STOCK_IMPORT, GtkWidget)

/** osc_stock_import_follow: before anything else. */
void osc_stock_import_follow (OscStockImport *self, OscStockStore *store);
/** osc_stock_import_read: shows what is in @data, the file @name. */
void osc_stock_import_read (OscStockImport *self, const char *name, const char *data, gsize len);
/** osc_stock_import_choose: asks for a file, then as _read; "back" when none is chosen. */
void osc_stock_import_choose (OscStockImport *self);
/** osc_stock_import_save_as: asks for a name and writes what the store holds there. */
void osc_stock_import_save_as (OscStockImport *self);
/** osc_stock_import_is_writing: whether what the store tells comes from here. */
gboolean osc_stock_import_is_writing (OscStockImport *self);

G_END_DECLS
