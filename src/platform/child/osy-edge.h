/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#include "osy-error.h"

G_BEGIN_DECLS

/** nginx before the daemon: TLS, slow clients and connection caps, for whoever is not this machine.
 * Its files lie in the folder edge/ of the data directory. */
#define OSY_TYPE_EDGE (osy_edge_get_type ())
G_DECLARE_FINAL_TYPE (OsyEdge, osy_edge, OSY, EDGE, GObject)

typedef struct {
  const char *data_dir;           /* absolute; its lock is held */
  guint port;                     /* of TLS */
  const char *certificate;        /* (nullable): path of a given certificate (PEM, whole chain) */
  const char *key;                /* with it */
  const char *const *large_paths; /* (nullable): where a body may have 8 MiB instead of 64 KiB */
  const char *const *hook_paths;  /* (nullable): where it may have 256 KiB */
} OsyEdgeConfig;

/** osy_edge_is_set_up: Returns: whether `ordersyncctl edge setup` was run on @data_dir. */
gboolean osy_edge_is_set_up (const char *data_dir);

/** osy_edge_socket: Returns: (transfer full): "unix:/path" at which the daemon serves the edge. */
char *osy_edge_socket (const char *data_dir);

/**
 * osy_edge_set_up:
 * @names: (nullable): names and addresses besides those of this machine
 *
 * Makes the authority when there is none, and a server certificate of it. INVALID_REQUEST when an
 * authority that is there may not vouch for @names.
 */
gboolean osy_edge_set_up (const char *data_dir,
                          const char *const *names,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What people are told of the edge. */
typedef struct {
  char *fingerprint;       /* of the authority, or of a certificate that was given */
  char **names;            /* of this machine, the best to reach it by first */
  gint64 certificate_ends; /* UTC µs */
} OsyEdgeStatus;

/** osy_edge_status: Returns: FALSE with NOT_FOUND when nothing was set up. */
gboolean osy_edge_read_status (const char *data_dir,
                               OsyEdgeStatus *ret,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void osy_edge_status_clear (OsyEdgeStatus *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyEdgeStatus, osy_edge_status_clear)

/**
 * osy_edge_new:
 *
 * Writes the configuration; own certificates are renewed a month before they end, and when this
 * machine gets another address. INVALID_REQUEST for a given certificate that cannot be used.
 * Returns: (transfer full): the edge, not yet started.
 */
OsyEdge *osy_edge_new (const OsyEdgeConfig *config, GError **error);

/** osy_edge_start: starts nginx, from the main thread, and whenever it ends starts it again. Does
 * not wait: the counter works without. */
void osy_edge_start (OsyEdge *self);

/** osy_edge_is_running: whether it takes connections; a change is logged. */
gboolean osy_edge_is_running (OsyEdge *self);

/** osy_edge_list_addresses: Returns: (transfer full): "https://192.0.2.7:8443" and further ones at
 * which this machine is reached, the best first. Reads files. */
char **osy_edge_list_addresses (OsyEdge *self);

/** osy_edge_stop: ends nginx and waits for it, at most three seconds. */
void osy_edge_stop (OsyEdge *self);

G_END_DECLS
