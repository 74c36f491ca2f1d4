/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscPreferences: the view of the settings: a list of pages with a search, and one page. Opening
 * it with a page's name shows that: "shop", "hours", "sound", "screen",
 * "about". */
#define OSC_TYPE_PREFERENCES (osc_preferences_get_type ())
G_DECLARE_FINAL_TYPE (OscPreferences, osc_preferences, OSC, PREFERENCES, GtkWidget)

/** osc_preferences_new: shows the first page. */
GtkWidget *osc_preferences_new (const OscContext *context);

G_END_DECLS
