/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscStaffPage: who works here and as what: invite, change a role, remove, reset a PIN; and who
 * may do what. */
#define OSC_TYPE_STAFF_PAGE (osc_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (OscStaffPage, osc_staff_page, OSC, STAFF_PAGE, GtkWidget)

/** osc_staff_page_new: follows the people of @context. */
GtkWidget *osc_staff_page_new (const OscContext *context);

G_END_DECLS
