/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** A data directory opened for one command, whether or not a daemon runs on it. */
typedef struct _OsyCtlSession OsyCtlSession;

typedef enum {
  OSY_CTL_CREATE = 1 << 0,  /* make what is missing; else an empty directory is refused */
  OSY_CTL_NO_KEYS = 1 << 1, /* do without the encryption key */
} OsyCtlFlags;

/**
 * osy_ctl_session_open:
 * @key_provider: (nullable): where a new key-encryption key goes: "auto", "file" or
 *   "secret-service"; NULL is "auto". A directory that has one keeps it
 *
 * As root, first becomes the owner of the directory, so that the daemon can read what is written.
 * When no daemon holds the directory, starts its PostgreSQL and brings the schema up to date; when
 * one does, connects to its socket. Returns: (transfer full): the session, or NULL with one
 * sentence.
 */
OsyCtlSession *osy_ctl_session_open (const char *data_dir,
                                     const char *key_provider,
                                     OsyCtlFlags flags,
                                     GError **error);

/** osy_ctl_session_free: closes the pool and stops the PostgreSQL it started. */
void osy_ctl_session_free (OsyCtlSession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyCtlSession, osy_ctl_session_free)

/** osy_ctl_session_pool: (transfer none): connections of the daemon's own role. */
OsyDbPool *osy_ctl_session_pool (OsyCtlSession *self);
/** osy_ctl_session_ring: (transfer none): NULL with OSY_CTL_NO_KEYS. */
OsyKeyring *osy_ctl_session_ring (OsyCtlSession *self);
/** osy_ctl_session_data_dir: (transfer none): absolute. */
const char *osy_ctl_session_data_dir (OsyCtlSession *self);
/** osy_ctl_session_conninfo: (transfer full): for a connection as @role, "ordersync_admin". */
char *osy_ctl_session_conninfo (OsyCtlSession *self, const char *role);
/** osy_ctl_session_shop: @wanted: (nullable): as --restaurant says. Returns: (transfer full): the
 * id of the restaurant meant, the only one when none is said; NULL with one sentence. */
char *osy_ctl_session_shop (OsyCtlSession *self, const char *wanted, GError **error);
/** osy_ctl_session_is_shared: Returns: whether a daemon runs on the directory. */
gboolean osy_ctl_session_is_shared (OsyCtlSession *self);

G_END_DECLS
