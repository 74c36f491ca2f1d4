/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/**
 * OscKeep: keeps a person signed in between two starts of the console: the client's refresh token
 * in a 0600 file of the user's state directory, one for each server. Each is good for one use, so
 * it is written anew at every renewal and removed at sign-out. The token of a paired screen is kept
 * likewise, in a file of its own, until it is revoked.
 */
#define OSC_TYPE_KEEP (osc_keep_get_type ())
G_DECLARE_FINAL_TYPE (OscKeep, osc_keep, OSC, KEEP, GObject)

/** osc_keep_new: follows @client from now on. @dir: (nullable): NULL takes the user's state
 *  directory. */
OscKeep *osc_keep_new (OsyClient *client, const char *dir);

/** osc_keep_read: Returns: (transfer full) (nullable): the token kept for the client's server; NULL
 *  when there is none, or when others may read the file. */
char *osc_keep_read (OscKeep *self);
/** osc_keep_read_device: the same for the token of a paired screen. */
char *osc_keep_read_device (OscKeep *self);

G_END_DECLS
