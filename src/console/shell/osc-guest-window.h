/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-shell.h"

G_BEGIN_DECLS

/** osc_guest_window_follow: keeps a window for the guest at the counter (OscGuestDisplay) while the
 * settings of this machine ask for one: on all of a second monitor where there is one. It shows
 * what @shell sells or takes money for, and goes with it. Once for a shell. */
void osc_guest_window_follow (OscShell *shell);
/** osc_guest_window_open, _close: now, whatever the settings say. */
GtkWindow *osc_guest_window_open (OscShell *shell);
void osc_guest_window_close (OscShell *shell);

G_END_DECLS
