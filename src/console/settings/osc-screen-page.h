/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscScreenPage: size, colours and language of this console. */
#define OSC_TYPE_SCREEN_PAGE (osc_screen_page_get_type ())
G_DECLARE_FINAL_TYPE (OscScreenPage, osc_screen_page, OSC, SCREEN_PAGE, GtkWidget)

/** osc_screen_page_new: bound to this machine's settings. */
GtkWidget *osc_screen_page_new (void);

G_END_DECLS
