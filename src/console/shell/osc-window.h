/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "osc-escalation.h"
#include "osc-shell.h"
#include "osc-strip.h"

G_BEGIN_DECLS

/** OscWindow: the one window: strip on top, under it one page at a time: starting, a page to sign
 * in or make the shop, or the shell. It turns keys into what they mean. */
#define OSC_TYPE_WINDOW (osc_window_get_type ())
G_DECLARE_FINAL_TYPE (OscWindow, osc_window, OSC, WINDOW, AdwApplicationWindow)

/** osc_window_new: @scale: percent, or 0 for what suits the width. */
OscWindow *osc_window_new (GtkApplication *application, int scale);
/** osc_window_set_scale: as @scale of osc_window_new(). */
void osc_window_set_scale (OscWindow *self, int scale);
/** osc_window_show_starting: @text: which part is awaited, or (@trouble) what is wrong. */
void osc_window_show_starting (OscWindow *self, const char *text, gboolean trouble);
/** osc_window_show_page: a page to sign in or to make the shop; the one before is let go. */
void osc_window_show_page (OscWindow *self, GtkWidget *page);
/** osc_window_show_shell: what a signed-in person works with. */
void osc_window_show_shell (OscWindow *self, OscShell *shell);
/** osc_window_shell: (transfer none) (nullable): the shell, when it is shown. */
OscShell *osc_window_shell (OscWindow *self);
OscStrip *osc_window_strip (OscWindow *self);
/** osc_window_set_flash: @flash: what flashes around everything, once a second, or stands still
 * where animations are off. */
void osc_window_set_flash (OscWindow *self, OscFlash flash);

G_END_DECLS
