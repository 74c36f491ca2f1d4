/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPressWatch: a press that is shorter than a frame still counts.
 *
 * The frame after a layout begins with a motion that GTK makes up (gdk_surface_ensure_motion, 4.8):
 * the pointer as the server has it now, without a time. When the button is up again by then but its
 * release still waits to be read, each gesture takes its press for broken off, and the release
 * finds nothing to click. A touch panel that sends press and release at once loses touches that way
 * on a busy computer. Such a motion is kept from the widgets. */

/** osc_press_watch_start: for every window, and what pops up, from when it is first seen on. */
void osc_press_watch_start (void);

G_END_DECLS
