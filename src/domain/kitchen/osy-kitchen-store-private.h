/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-kitchen-store.h"

G_BEGIN_DECLS

/** osy_kitchen_store_run: a statement whose rows name, in ticket_id, what it changed and, in
 * change_id if there is such a column, changes that came. */
gboolean osy_kitchen_store_run (const OsyKitchenEdit *edit,
                                const char *sql,
                                const OsyDbParam *params,
                                gsize n_params,
                                GError **error);

G_END_DECLS
