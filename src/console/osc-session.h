/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-window.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** OscSession: what the window shows from the first moment on: the daemon is seen to, a shop is
 * made or somebody signs in, then orders come in and the alarm, the notifications and the chips
 * follow them. The one place where views, model, devices and client meet. */
#define OSC_TYPE_SESSION (osc_session_get_type ())
G_DECLARE_FINAL_TYPE (OscSession, osc_session, OSC, SESSION, GObject)

/** osc_session_new: @window: borrowed; @client: the daemon to talk to. */
OscSession *osc_session_new (OscWindow *window, OsyClient *client);
/** osc_session_start: begins; returns at once. */
void osc_session_start (OscSession *self);

G_END_DECLS
