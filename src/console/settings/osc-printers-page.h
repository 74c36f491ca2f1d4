/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscPrintersPage: the printers and how they are, a test of each, and the slips that are not on
 * paper. */
#define OSC_TYPE_PRINTERS_PAGE (osc_printers_page_get_type ())
G_DECLARE_FINAL_TYPE (OscPrintersPage, osc_printers_page, OSC, PRINTERS_PAGE, GtkWidget)

/** osc_printers_page_new: follows the printers of @context. */
GtkWidget *osc_printers_page_new (const OscContext *context);

G_END_DECLS
