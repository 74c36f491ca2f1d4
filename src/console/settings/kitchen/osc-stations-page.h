/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscStationsPage: the stations of the kitchen and what goes to which. What is changed is kept
 * here until it is saved: a half of it could leave dishes without a place to be made. */
#define OSC_TYPE_STATIONS_PAGE (osc_stations_page_get_type ())
G_DECLARE_FINAL_TYPE (OscStationsPage, osc_stations_page, OSC, STATIONS_PAGE, GtkWidget)

/** osc_stations_page_new: of the shop of @context. */
GtkWidget *osc_stations_page_new (const OscContext *context);
/** osc_stations_page_open: shows what belongs to @id: a category, or "options". */
void osc_stations_page_open (OscStationsPage *self, const char *id);

G_END_DECLS
