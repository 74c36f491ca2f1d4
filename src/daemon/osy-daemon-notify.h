/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_daemon_notify: tells a service manager @state, such as "READY=1" (sd_notify(3)); does
 * nothing when none asked for it. */
void osy_daemon_notify (const char *state);

G_END_DECLS
