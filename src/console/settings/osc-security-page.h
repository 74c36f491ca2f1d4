/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscSecurityPage: attacks in plain words, each until somebody has seen it; sign-ins and keys. */
#define OSC_TYPE_SECURITY_PAGE (osc_security_page_get_type ())
G_DECLARE_FINAL_TYPE (OscSecurityPage, osc_security_page, OSC, SECURITY_PAGE, GtkWidget)

/** osc_security_page_new: follows @context->security. */
GtkWidget *osc_security_page_new (const OscContext *context);

G_END_DECLS
