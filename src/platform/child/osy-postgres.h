/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/** A private PostgreSQL cluster in a data directory, supervised from the main loop. */
#define OSY_TYPE_POSTGRES (osy_postgres_get_type ())
G_DECLARE_FINAL_TYPE (OsyPostgres, osy_postgres, OSY, POSTGRES, GObject)

/**
 * osy_postgres_start:
 * @data_dir: absolute; the caller holds its lock. The cluster lies in @data_dir/pg, the socket in
 *   @data_dir/run
 *
 * initdb on the first start (data checksums, UTF-8, no TCP), then starts the server and waits until
 * it answers. Makes database "ordersync" and the roles ordersync_admin (superuser),
 * ordersync_owner, ordersync_app, ordersync_relay, ordersync_sealer, ordersync_keys. Call from a
 * thread that lives as long as the process. Returns: (transfer full): the running server; it
 * restarts by itself when it dies.
 */
OsyPostgres *osy_postgres_start (const char *data_dir, GError **error);

/** osy_postgres_conninfo: Returns: (transfer full): libpq string for @role on @data_dir's socket.
 */
char *osy_postgres_conninfo (const char *data_dir, const char *role);

/** osy_postgres_is_running: whether it takes connections; property "running" notifies. */
gboolean osy_postgres_is_running (OsyPostgres *self);

/** osy_postgres_stop: fast shutdown, waits; at most ten seconds. Emits nothing. */
void osy_postgres_stop (OsyPostgres *self);

/**
 * osy_data_dir_open:
 * @path: data directory; made when absent (0700)
 * @lock_fd: (out): holds the flock for the process's life; close it to let go
 *
 * Refuses a path under a regular file, one that others may read, and one locked by another process
 * (OSY_ERROR_CONFLICT).
 */
gboolean osy_data_dir_open (const char *path, int *lock_fd, GError **error);

/** osy_drop_root: started as root, become the owner of the data directory (an unprivileged user,
 *  made owner when root owns it). No-op otherwise. Returns: FALSE when no such user can be had. */
gboolean osy_drop_root (const char *data_dir, GError **error);

G_END_DECLS
