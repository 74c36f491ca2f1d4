/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** osy_ctl_menu_read: reads the menu file at @path and checks every row of it, before anything else
 *  is touched. Returns: (transfer full): its bytes, or NULL with one sentence. */
GBytes *osy_ctl_menu_read (const char *path, GError **error);

/** osy_ctl_menu_put: imports @file into the restaurant of @tx, in the transaction that makes it. */
gboolean osy_ctl_menu_put (OsyDbTx *tx, OsyKeyring *ring, GBytes *file, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
