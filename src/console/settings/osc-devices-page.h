/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscDevicesPage: the screens of the shop: when each was last seen, a new one by a code, one that
 * is lost taken away. */
#define OSC_TYPE_DEVICES_PAGE (osc_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (OscDevicesPage, osc_devices_page, OSC, DEVICES_PAGE, GtkWidget)

/** osc_devices_page_new: follows the people of @context. */
GtkWidget *osc_devices_page_new (const OscContext *context);

G_END_DECLS
