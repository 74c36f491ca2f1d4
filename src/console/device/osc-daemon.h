/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

typedef enum {
  OSC_DAEMON_CHECKING, /* does one answer? */
  OSC_DAEMON_STARTING, /* started here; it makes its storage ready */
  OSC_DAEMON_WAITING,  /* it answers, but its storage does not yet */
  OSC_DAEMON_READY,
  OSC_DAEMON_FAILED, /* "detail" says why; osc_daemon_start() tries again */
} OscDaemonState;

/**
 * OscDaemon: sees to it that a daemon answers. Starts one when none does, and leaves it running
 * when the console ends: the kitchen and the web need it.
 * Properties (notify): "state" (int: OscDaemonState), "detail" (nullable text for the screen: what
 * is being waited for, or what failed).
 */
#define OSC_TYPE_DAEMON (osc_daemon_get_type ())
G_DECLARE_FINAL_TYPE (OscDaemon, osc_daemon, OSC, DAEMON, GObject)

/** osc_daemon_new: watches over the daemon at the address of @client. */
OscDaemon *osc_daemon_new (OsyClient *client);
/** osc_daemon_start: returns at once; "state" tells. Also the button "try again". */
void osc_daemon_start (OscDaemon *self);
OscDaemonState osc_daemon_get_state (OscDaemon *self);
const char *osc_daemon_get_detail (OscDaemon *self);

/** osc_daemon_find_program: Returns: (transfer full) (nullable): $ORDERSYNC_DAEMON, else
 * ../daemon/ordersyncd or ordersyncd beside this program, else ordersyncd of the PATH. */
char *osc_daemon_find_program (void);

/** osc_daemon_read_setup_code: Returns: (transfer full) (nullable): the one-time code of the
 * daemon's data directory, if this user may read it. */
char *osc_daemon_read_setup_code (void);

G_END_DECLS
