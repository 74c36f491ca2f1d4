/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscPrinterList: the printers and how they are; whoever may adds, changes and tests them. Signal
 * "readable": somebody said of a test slip that all of it can be read. */
#define OSC_TYPE_PRINTER_LIST (osc_printer_list_get_type ())
G_DECLARE_FINAL_TYPE (OscPrinterList, osc_printer_list, OSC, PRINTER_LIST, GtkWidget)

/** osc_printer_list_follow: once: shows the printers of @context. */
void osc_printer_list_follow (OscPrinterList *self, const OscContext *context);
/** osc_printer_list_stand_back: the view it is in has a first button of its own. */
void osc_printer_list_stand_back (OscPrinterList *self);
/** osc_printer_list_test: prints a test slip at @printer_id, then asks whether it can be read. */
void osc_printer_list_test (OscPrinterList *self, const char *printer_id);

G_END_DECLS
