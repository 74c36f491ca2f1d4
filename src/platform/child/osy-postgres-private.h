/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

/* What the files of this folder share; nobody outside includes it. */

#include <sys/types.h>

#include "osy-postgres.h"

G_BEGIN_DECLS

/** osy_postgres_set_errno: @error for a failed system call; a full disk has a code of its own. */
void osy_postgres_set_errno (GError **error, int number, const char *what, const char *path);

/** Where a cluster lies and who runs it. */
typedef struct {
  char *pg;         /* data directory of PostgreSQL */
  char *run;        /* of the socket */
  char *log;        /* file */
  gint64 log_start; /* its size when the last server was started */
  char *bin;        /* folder of initdb and postgres */
  uid_t uid;        /* as whom the programs run; our own unless we are root */
  gid_t gid;
  pid_t our_pid; /* for the child to see whether we are still there */
} OsyCluster;

/** osy_cluster_new: makes the folders and, the first time, the cluster. */
OsyCluster *osy_cluster_new (const char *data_dir, GError **error);
void osy_cluster_free (OsyCluster *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyCluster, osy_cluster_free)

/** osy_cluster_configure: writes postgresql.conf and pg_hba.conf anew. */
gboolean osy_cluster_configure (OsyCluster *self, GError **error);

/** osy_cluster_make_roles: roles and database; the server runs. */
gboolean osy_cluster_make_roles (const char *data_dir, GError **error);

/** osy_cluster_spawn: Returns: pid of a new postgres, or -1. */
pid_t osy_cluster_spawn (OsyCluster *self, GError **error);

/** osy_cluster_child_setup: a GSpawnChildSetupFunc for both programs; @data: the OsyCluster. */
void osy_cluster_child_setup (gpointer data);

/** osy_cluster_environment: Returns: (transfer full): what both programs see. */
char **osy_cluster_environment (OsyCluster *self);

/** osy_cluster_is_ready: whether @pid has written that it takes connections. */
gboolean osy_cluster_is_ready (OsyCluster *self, pid_t pid);

/** osy_cluster_signal_leftovers: sends @signal_number to what a former run left in the cluster:
 *  SIGINT to its postmaster alone, anything else to every process. Returns: how many there are. */
guint osy_cluster_signal_leftovers (OsyCluster *self, int signal_number);

/** osy_cluster_clear_locks: removes lock files that name a living process of somebody else. Only
 *  when there are no leftovers, and under the lock of the data directory. */
void osy_cluster_clear_locks (OsyCluster *self);

/** osy_cluster_says_full: Returns: whether PostgreSQL's @text complains of a full disk. */
gboolean osy_cluster_says_full (const char *text);

/** osy_cluster_explain: Returns: (transfer full): an error from what the last server has logged. */
GError *osy_cluster_explain (OsyCluster *self);

G_END_DECLS
