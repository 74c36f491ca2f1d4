/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** OscLanguagePage: which language is spoken where: this console, the guest's window, the kitchen's
 * stations, the papers of each printer. Changes at once, with a way back. */
#define OSC_TYPE_LANGUAGE_PAGE (osc_language_page_get_type ())
G_DECLARE_FINAL_TYPE (OscLanguagePage, osc_language_page, OSC, LANGUAGE_PAGE, GtkWidget)

/** osc_language_page_new: (transfer full). */
GtkWidget *osc_language_page_new (const OscContext *context);

G_END_DECLS
