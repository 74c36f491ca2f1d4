/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-edge.h"

G_BEGIN_DECLS

/* What the files of the edge share; nobody outside includes it. */

#define OSY_EDGE_FOLDER "edge"
#define OSY_EDGE_SOCKET "daemon.sock"
#define OSY_EDGE_PID_FILE "nginx.pid"
#define OSY_EDGE_CONFIG_FILE "nginx.conf"

/** osy_edge_path: Returns: (transfer full): of a file in the edge's folder. */
char *osy_edge_path (const char *data_dir, const char *name);

/** osy_edge_write: a file of the edge's folder, whole or not at all, 0600. */
gboolean osy_edge_write (const char *data_dir, const char *name, const char *text, GError **error);

/** osy_edge_renew: a new server certificate when the present one ends within a month or lacks an
 * address of this machine. @renewed: whether there is a new one. */
gboolean osy_edge_renew (const char *data_dir, gboolean *renewed, GError **error);

/** osy_edge_list_names: Returns: (transfer full): of this machine, the best to reach it by first.
 */
char **osy_edge_list_names (const char *data_dir);

/** osy_edge_configuration: Returns: (transfer full): nginx.conf. */
char *osy_edge_configuration (const OsyEdgeConfig *config);

G_END_DECLS
