/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscAboutPage: which program this is, and which server it speaks with. */
#define OSC_TYPE_ABOUT_PAGE (osc_about_page_get_type ())
G_DECLARE_FINAL_TYPE (OscAboutPage, osc_about_page, OSC, ABOUT_PAGE, GtkWidget)

/** osc_about_page_new: @context: its client may be NULL. */
GtkWidget *osc_about_page_new (const OscContext *context);

G_END_DECLS
