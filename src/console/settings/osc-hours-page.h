/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscHoursPage: opening times, when the business day begins, and what orders must be like. */
#define OSC_TYPE_HOURS_PAGE (osc_hours_page_get_type ())
G_DECLARE_FINAL_TYPE (OscHoursPage, osc_hours_page, OSC, HOURS_PAGE, GtkWidget)

/** osc_hours_page_new: follows the shop of @context. */
GtkWidget *osc_hours_page_new (const OscContext *context);

G_END_DECLS
