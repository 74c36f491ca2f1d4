/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-postgres.h"

G_BEGIN_DECLS

/**
 * osy_test_pg_pool:
 *
 * One cluster per test program, with every migration applied, made at the first call of any
 * function here and removed when the program ends, however it ends. It is copied from a template in
 * the build folder and runs with fsync off. Started as root it runs as "nobody".
 *
 * Returns: (transfer none): a pool of four workers as ordersync_app.
 */
OsyDbPool *osy_test_pg_pool (void);

/** osy_test_pg_conninfo: Returns: (transfer full): libpq string for "ordersync_app", … or
 *  "ordersync_admin". */
char *osy_test_pg_conninfo (const char *role);

/** osy_test_pg_exec: runs @sql (several statements) as ordersync_admin, past row level security;
 *  fails the test when the server refuses. */
void osy_test_pg_exec (const char *sql);

/** osy_test_pg_value: Returns: (transfer full) (nullable): first field of @sql as ordersync_admin.
 */
char *osy_test_pg_value (const char *sql);

/** osy_test_pg_server: Returns: (transfer none): the supervisor, on the main context. */
OsyPostgres *osy_test_pg_server (void);

/** osy_test_pg_data_dir: Returns: (transfer none): its data directory. */
const char *osy_test_pg_data_dir (void);

/** osy_test_temp_dir: Returns: (transfer full): an empty 0700 directory that PostgreSQL may own,
 *  removed when the program ends. */
char *osy_test_temp_dir (void);

/** osy_test_wait: turns the main loop until @done answers TRUE. Returns: FALSE after @seconds. */
gboolean osy_test_wait (gboolean (*done) (gpointer data), gpointer data, guint seconds);

G_END_DECLS
