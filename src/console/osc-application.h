/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OSC_APPLICATION_ID "com.ordersync.Console"

/** OscApplication: the console as a program: one window, one session. Option --server URL: the
 * daemon to talk to, default $ORDERSYNC_SERVER, else the one on this machine. */
#define OSC_TYPE_APPLICATION (osc_application_get_type ())
G_DECLARE_FINAL_TYPE (OscApplication, osc_application, OSC, APPLICATION, AdwApplication)

/** osc_application_new: (transfer full): the application, to be run. */
OscApplication *osc_application_new (void);

G_END_DECLS
