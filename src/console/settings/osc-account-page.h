/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscAccountPage: who is signed in: name and shops, password, two-step sign-in, PIN, sign-ins. */
#define OSC_TYPE_ACCOUNT_PAGE (osc_account_page_get_type ())
G_DECLARE_FINAL_TYPE (OscAccountPage, osc_account_page, OSC, ACCOUNT_PAGE, GtkWidget)

/** osc_account_page_new: follows the people of @context. */
GtkWidget *osc_account_page_new (const OscContext *context);

G_END_DECLS
