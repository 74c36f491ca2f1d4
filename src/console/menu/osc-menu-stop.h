/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-menu.h"

G_BEGIN_DECLS

/** OscMenuStop: the button that says sold out in two taps (first today is offered, then until
 * further notice), and sells again in one. Signal "chosen" (int: OsyMenuStopMode). */
#define OSC_TYPE_MENU_STOP (osc_menu_stop_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuStop, osc_menu_stop, OSC, MENU_STOP, GtkWidget)

/** osc_menu_stop_new: for sale until osc_menu_stop_show(). */
GtkWidget *osc_menu_stop_new (void);
/** osc_menu_stop_show: @name: what is sold out, for assistive technology. */
void osc_menu_stop_show (OscMenuStop *self, const char *name, const OsyMenuStop *stop);
/** osc_menu_stop_ask: as a tap on the button. */
void osc_menu_stop_ask (OscMenuStop *self);
/** osc_menu_stop_words: (nullable): "Sold out today", …; NULL when it is for sale. Static. */
const char *osc_menu_stop_words (const OsyMenuStop *stop);

G_END_DECLS
