/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-printer-store.h"
#include "osy-kitchen-setup.h"

G_BEGIN_DECLS

/** What a dialog changes; @changed is called with @page after it did. */
typedef struct {
  GtkWidget *page;
  OsyKitchenSetup **setup; /* where @page keeps it */
  const char *id;          /* (nullable): of a station; NULL: a new one */
  OscPrinterStore *printers;
  void (*changed) (GtkWidget *page);
} OscStationEdit;

/** osc_station_sheet_show: a dialog over @edit->page that adds a station to the set-up, changes it
 * or takes it away. Nothing is saved yet. */
void osc_station_sheet_show (const OscStationEdit *edit);

G_END_DECLS
