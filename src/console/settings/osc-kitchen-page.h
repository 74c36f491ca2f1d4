/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscKitchenPage: the kitchen on this machine: whether it sounds here, and what the keys of its
 * keypad do. */
#define OSC_TYPE_KITCHEN_PAGE (osc_kitchen_page_get_type ())
G_DECLARE_FINAL_TYPE (OscKitchenPage, osc_kitchen_page, OSC, KITCHEN_PAGE, GtkWidget)

/** osc_kitchen_page_new: shows the settings of this machine. */
GtkWidget *osc_kitchen_page_new (void);

G_END_DECLS
